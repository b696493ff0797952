import type { Scan, Source } from "../monorepo/scan.ts";
import { scan } from "../monorepo/scan.ts";
import type { Output } from "./output.ts";
import { count, DONE, paint, table } from "./output.ts";
import { scanJson } from "./scan-json.ts";

/** `one-venv scan`: what lies in the folder. Listing is exit 0 whatever is found. */
export async function runScan(root: string, json: boolean, output: Output): Promise<number> {
  const found = await scan(root, { git: true });
  if (json) output.json(scanJson(found));
  else printScan(found, output);
  return DONE;
}

function printScan({ root, sources, scripts, unread }: Scan, output: Output): void {
  const declarations = sources.flatMap(({ reading }) => reading.declarations);
  const summary = [
    count(sources.length, "source"),
    count(declarations.length, "declaration"),
    count(scripts.length, "script"),
  ];
  output.print(`${paint("bold", root)}: ${summary.join(", ")}`);
  output.print();
  const rows = sources.map((source) => [
    source.path,
    paint("dim", source.project),
    roleText(source),
    declared(source),
  ]);
  const head = ["source", "project", "role", "declares"].map((title) => paint("underline", title));
  for (const line of table([head, ...rows])) output.print(line);
  printList(
    output,
    "Scripts",
    scripts.map(({ path, blocks }) => [blocks[0] ? `${path}:${blocks[0].line}` : path]),
  );
  const puzzles = sources.flatMap(({ reading: { file, notUnderstood } }) =>
    notUnderstood.map(({ span, raw, reason }) => [
      `${file}:${span.line}`,
      reason,
      paint("dim", raw.split("\n")[0]!),
    ]),
  );
  printList(output, "Not understood", puzzles);
  printList(
    output,
    "Not read",
    unread.map(({ path, reason }) => [path, reason]),
  );
}

function roleText({ role, compiledFrom }: Source): string {
  return compiledFrom === null ? role : `${role} from ${compiledFrom}`;
}

function declared({ reading, reason }: Source): string {
  return reason === null
    ? String(reading.declarations.length)
    : paint("yellow", `not read: ${reason}`);
}

function printList(output: Output, title: string, rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return;
  output.print();
  output.print(paint("bold", title));
  for (const line of table(rows)) output.print(line);
}
