import { ROOT } from "../shell/value.ts";
import { expand } from "./expand.ts";
import type { Expansion } from "./expansion.ts";
import { isAbsolute, normal } from "./functions.ts";
import type { Reading, Rule, Statement } from "./statement.ts";
import { type Text, words } from "./text.ts";
import { type Defined, type Origin, Variables } from "./variables.ts";
import type { Scope } from "./writer.ts";

/** A statement in the file that it stands in. */
export interface Placed {
  readonly statement: Statement;
  readonly path: string;
}

/** A makefile with all that it includes, as one run of make reads them. */
export interface Program {
  readonly entry: string;
  /** The folders (from the root, `""`) that make may run in; one where it is known. */
  readonly folders: readonly string[];
  readonly statements: readonly Placed[];
  readonly readings: readonly Reading[];
  readonly variables: Variables;
  readonly definitions: readonly Defined[];
  /** Where each definition stands among the statements. */
  readonly orders: ReadonlyMap<Origin, number>;
  /** The same for each statement. */
  readonly places: ReadonlyMap<Statement, number>;
  /** The value of each assignment. */
  readonly values: ReadonlyMap<Statement, Origin>;
  /** The words of the texts that `namesIn` was asked for. */
  readonly names: Map<Text, readonly string[]>;
}

/** Puts the includes of a makefile in their places. `read` gives the files of the repository that a pattern names. */
export function programOf(
  entry: Reading,
  folders: readonly string[],
  read: (pattern: string) => readonly Reading[],
): Program {
  const statements: Placed[] = [];
  const definitions: Defined[] = [];
  const readings: Reading[] = [];
  const add = (reading: Reading): void => {
    if (readings.includes(reading)) return;
    readings.push(reading);
    const { path } = reading;
    for (const statement of reading.statements) {
      if (statement.is === "assignment") {
        const origin = { path, text: statement.value, definition: statement };
        definitions.push({ origin, assignment: statement, order: statements.length });
      }
      statements.push({ statement, path });
      if (statement.is !== "include" || folders.length !== 1) continue;
      for (const named of includedPaths(made(), statement.paths, path)) {
        for (const found of read(named)) add(found);
      }
    }
  };
  const made = (): Program => ({
    ...{ entry: entry.path, folders, statements, readings, definitions },
    variables: new Variables(definitions),
    orders: new Map(definitions.map(({ origin, order }) => [origin, order])),
    places: new Map(statements.map(({ statement }, i) => [statement, i])),
    names: new Map(),
    values: new Map(definitions.map(({ assignment, origin }) => [assignment, origin])),
  });
  add(entry);
  return made();
}

function includedPaths(program: Program, text: Text, path: string): readonly string[] {
  const { text: expanded } = expandPlainly(program, { path, text, definition: null });
  return expanded.split(/\s+/).flatMap((word) => {
    if (word === "" || word.includes("${")) return [];
    const absolute = normal(isAbsolute(word) ? word : `${here(program)}/${word}`);
    return absolute.startsWith(`${ROOT}/`) ? [absolute.slice(ROOT.length + 1)] : [];
  });
}

/** The absolute path of the folder that make runs in; the empty text where it is not known. */
export function here({ folders }: Program): string {
  const [folder] = folders;
  return folders.length !== 1 ? "" : folder === "" ? ROOT : `${ROOT}/${folder}`;
}

/** Values that make gives in every file of a program. */
export function givenIn(program: Program): Map<string, string> {
  const given = new Map([
    ["MAKE", "make"],
    ["RM", "rm -f"],
  ]);
  const folder = here(program);
  if (folder === "") return given;
  given.set("CURDIR", folder);
  given.set("PWD", folder);
  return given;
}

/** MAKEFILE_LIST as far as it is asked for: the first file, and the last one so far. */
function makefileList(program: Program, path: string | null): string | undefined {
  const folder = here(program);
  if (folder === "") return undefined;
  const last = path ?? program.readings.at(-1)!.path;
  return [program.entry, last].map((one) => relative(folder, `${ROOT}/${one}`)).join(" ");
}

/** The path of `to` as seen from a folder; both absolute. */
function relative(folder: string, to: string): string {
  const from = folder.split("/");
  const parts = to.split("/");
  let same = 0;
  while (same < from.length && from[same] === parts[same]) same++;
  return [...from.slice(same).map(() => ".."), ...parts.slice(same)].join("/") || ".";
}

const FIRST: Pick<Scope, "pick" | "decide"> = {
  pick: (_, values) => values.at(-1) ?? null,
  decide: () => true,
};

/** Expands a text with the last value that each variable may have. */
export function expandPlainly(program: Program, origin: Origin): Expansion {
  return expand(origin, scopeOf(program, origin.path, FIRST));
}

/** A scope with what the program knows; the rest as given. */
export function scopeOf(
  program: Program,
  path: string,
  given: Pick<Scope, "pick" | "decide"> & Partial<Scope>,
): Scope {
  return {
    variables: program.variables,
    place: { before: null, branch: [], holds: () => "no" },
    given: givenIn(program),
    file: path,
    listed: (file) => makefileList(program, file),
    orderOf: (origin) => program.orders.get(origin) ?? null,
    ...given,
  };
}

/** The rules of a program, with the names of their targets as far as they are known. */
export function rulesOf(program: Program): readonly NamedRule[] {
  return program.statements.flatMap(({ statement, path }) => {
    if (statement.is !== "rule") return [];
    return [{ rule: statement, path, targets: namesIn(program, path, statement.targets) }];
  });
}

export interface NamedRule {
  readonly rule: Rule;
  readonly path: string;
  readonly targets: readonly string[];
}

/** The words that a text expands to. */
export function namesIn(program: Program, path: string, text: Text): readonly string[] {
  const known = program.names.get(text);
  if (known) return known;
  const names = text.text.includes("$")
    ? expandPlainly(program, { path, text, definition: null }).text.split(/\s+/).filter(Boolean)
    : words(text).map((word) => word.text);
  program.names.set(text, names);
  return names;
}
