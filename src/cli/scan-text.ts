import { sizeText } from "../commands/stray-environments.ts";
import type { Scan, Source } from "../monorepo/scan.ts";
import type { Output } from "./output.ts";
import { count, paint, printRows, table, titleOf } from "./output.ts";
import type { MeasuredEnvironment } from "./scan-json.ts";

/** The scan for people: a table of the sources, then a list for each other kind of find. */
export function printScan(
  found: Scan,
  environments: readonly MeasuredEnvironment[],
  output: Output,
): void {
  const { root, sources, scripts, locks, antiPatterns, callSiteFiles, walk } = found;
  const declarations = sources.flatMap(({ reading }) => reading.declarations);
  const summary = [
    count(sources.length, "source"),
    count(declarations.length, "declaration"),
    count(scripts.length, "script"),
    ...(environments.length > 0 ? [count(environments.length, "stray environment")] : []),
  ];
  output.print(`${paint("bold", titleOf(root))}: ${summary.join(", ")}`);
  if (!walk.knowsTracked) {
    output.print("  git did not answer: tracked files that a pattern ignores may be missing");
  }
  if (sources.length > 0) printSources(sources, output);
  const print = (title: string, rows: readonly (readonly string[])[]) =>
    printRows(title, rows, output);
  print(
    "Scripts",
    scripts.map(({ path, blocks }) => [blocks[0] ? `${path}:${blocks[0].line}` : path]),
  );
  print("Stray environments", environments.map(environmentRow));
  print(
    "Locks of other tools, not merged",
    locks.map(({ path }) => [path]),
  );
  print(
    "Nested repositories, never edited",
    walk.repositories.map((path) => [path]),
  );
  print("Files that may run Python, pip or a venv", kindRows(callSiteFiles));
  print(
    "Mind",
    antiPatterns.map(({ kind, message, paths }) => [kind, `${message}: ${paths.join(", ")}`]),
  );
  printDoubts(found, output);
}

/** What a person should know of single lines, and what was not taken in. */
function printDoubts({ sources, unread }: Scan, output: Output): void {
  const notes = sources.flatMap(({ reading: { file, notes } }) =>
    notes.map(({ span, raw, message }) => [`${file}:${span.line}`, message, quoted(raw)]),
  );
  printRows("Notes", notes, output);
  const puzzles = sources.flatMap(({ reading: { file, notUnderstood } }) =>
    notUnderstood.map(({ span, raw, reason }) => [`${file}:${span.line}`, reason, quoted(raw)]),
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

/** The first line of a text; a control character in it would be obeyed by the terminal. */
function quoted(raw: string): string {
  const [line = "", ...rest] = raw.split(/\r\n|[\n\r]/);
  const first = line.replace(/\p{Cc}/gu, " ").slice(0, LONGEST);
  return paint("dim", rest.length > 0 ? `${first} …` : first);
}

const LONGEST = 200;

function kindRows(files: readonly { readonly kind: string }[]): string[][] {
  const byKind = Map.groupBy(files, ({ kind }) => kind);
  const kinds = [...byKind.keys()].sort().map((kind) => `${byKind.get(kind)!.length} ${kind}`);
  return kinds.length === 0 ? [] : [[kinds.join(", ")]];
}

/** Columns that would say the same on every line are left out, so that a narrow terminal is enough. */
function printSources(sources: readonly Source[], output: Output): void {
  const columns: [string, (source: Source) => string][] = [
    ["declares", declared],
    ["source", ({ path, aliases }) => [path, ...aliases].join(" = ")],
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
  return [path, kind === "conda" ? `Conda, ${version}` : version, sizeText(bytes)];
}
