import type { Scan, Source } from "../monorepo/scan.ts";
import type { Output } from "./output.ts";
import { count, paint, printRows, table, titleOf } from "./output.ts";
import type { MeasuredEnvironment } from "./scan-json.ts";

/** The scan for people: a table of the sources, then a list for each other kind of find. */
export function printScan(
  { root, sources, scripts, locks, condaFiles, antiPatterns, unread }: Scan,
  environments: readonly MeasuredEnvironment[],
  output: Output,
): void {
  const declarations = sources.flatMap(({ reading }) => reading.declarations);
  const summary = [
    count(sources.length, "source"),
    count(declarations.length, "declaration"),
    count(scripts.length, "script"),
    ...(environments.length > 0 ? [count(environments.length, "stray environment")] : []),
  ];
  output.print(`${paint("bold", titleOf(root))}: ${summary.join(", ")}`);
  if (sources.length > 0) printSources(sources, output);
  printRows(
    "Scripts",
    scripts.map(({ path, blocks }) => [blocks[0] ? `${path}:${blocks[0].line}` : path]),
    output,
  );
  printRows("Stray environments", environments.map(environmentRow), output);
  printRows(
    "Of other tools, not merged",
    [...locks.map(({ path }) => path), ...condaFiles].map((path) => [path]),
    output,
  );
  printRows(
    "Mind",
    antiPatterns.map(({ kind, message }) => [kind, message]),
    output,
  );
  const puzzles = sources.flatMap(({ reading: { file, notUnderstood } }) =>
    notUnderstood.map(({ span, raw, reason }) => [
      `${file}:${span.line}`,
      reason,
      paint("dim", raw.split("\n")[0]!),
    ]),
  );
  printRows("Not understood", puzzles, output);
  printRows(
    "Not read",
    unread.map(({ path, reason, from }) => [
      from ? `${path}, named in ${from.file}:${from.span.line}` : path,
      reason,
    ]),
    output,
  );
}

/** Columns that would say the same on every line are left out, so that a narrow terminal is enough. */
function printSources(sources: readonly Source[], output: Output): void {
  const columns: [string, (source: Source) => string][] = [
    ["declares", declared],
    ["source", ({ path }) => path],
  ];
  if (sources.some(({ role }) => role !== "input")) columns.push(["role", roleText]);
  if (sources.some(livesElsewhere)) columns.push(["project", ({ project }) => project]);
  const head = columns.map(([title]) => paint("underline", title));
  const rows = sources.map((source) => columns.map(([, cell]) => cell(source)));
  output.print();
  for (const line of table([head, ...rows])) output.print(line);
}

function livesElsewhere({ path, project }: Source): boolean {
  const end = path.lastIndexOf("/");
  return project !== (end < 0 ? "." : path.slice(0, end));
}

function roleText({ role, compiledFrom }: Source): string {
  return compiledFrom === null ? role : `${role} from ${compiledFrom}`;
}

function declared({ reading, reason }: Source): string {
  if (reason !== null) return paint("yellow", `not read: ${reason}`);
  return String(reading.declarations.length).padStart("declares".length);
}

function environmentRow({ path, kind, python, bytes }: MeasuredEnvironment): string[] {
  const version = python === null ? "Python unknown" : `Python ${python}`;
  return [path, kind === "conda" ? `Conda, ${version}` : version, size(bytes)];
}

function size(bytes: number): string {
  const megabytes = bytes / 1e6;
  return megabytes < 1 ? `${Math.ceil(bytes / 1e3)} KB` : `${Math.round(megabytes)} MB`;
}
