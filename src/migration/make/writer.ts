import type { Use } from "./expansion.ts";
import type { Origin, Place, Value, Variables } from "./variables.ts";

/** What a reference may name besides variables that the makefiles set. */
export interface Scope {
  readonly variables: Variables;
  readonly place: Place;
  /** Values that make itself gives (`@`, `<`, CURDIR, RM), by name. */
  readonly given: Map<string, string>;
  /** The file that make is reading; null once it has read all. */
  readonly file: string | null;
  /** MAKEFILE_LIST while a file is read, and after all (null); undefined where it is not known. */
  readonly listed: (path: string | null) => string | undefined;
  /** The order of a definition, for values that make expands when it reads them. */
  readonly orderOf: (origin: Origin) => number | null;
  /** Picks one of several values that a variable may have. */
  readonly pick: (name: string, values: readonly (Value | null)[]) => Value | null;
  /** Whether a condition that is not known holds. */
  readonly decide: (condition: string) => boolean;
}

/** A reference in the text of an origin, before it is known what it becomes. */
export type Reference = Pick<Use, "origin" | "from" | "to" | "through">;

/** Arguments of a `$(call …)`, by number. */
export type Bound = ReadonlyMap<string, { origin: Origin; from: number; to: number }>;

/** Writes the result of an expansion: what make's functions need of it. */
export interface Writer {
  readonly scope: Scope;
  /** Expands `from` to `to` of an origin's text. */
  readonly text: (origin: Origin, from: number, to: number, through: readonly Use[]) => void;
  /** Text that stands in no file as it is. */
  readonly made: (text: string, origin: Origin, through: readonly Use[]) => void;
  /** What a span of an origin's text expands to, for a function (`by`) that makes something of it. */
  readonly aside: (origin: Origin, from: number, to: number, by: string) => string;
  /** Follows a reference: `inside` writes what it becomes, `copies` times. */
  readonly follow: (
    reference: Reference,
    values: readonly Origin[],
    copies: number,
    inside: (through: readonly Use[]) => void,
  ) => void;
  /** Writes with the arguments of a call at hand. */
  readonly with: (bound: Bound, inside: () => void) => void;
  /** Writes with a loop's variable at hand. */
  readonly looping: (name: string, value: string, inside: () => void) => void;
  /** What a variable is replaced by, its own references expanded. */
  readonly variable: (name: string, reference: Reference, orElse: () => void) => void;
}

/** A word after `patsubst`: `%` stands for any text. */
export function substituted(word: string, pattern: string, replacement: string): string {
  const [head = "", tail] = pattern.split("%");
  if (tail === undefined) return word === pattern ? replacement : word;
  const fits = word.startsWith(head) && word.endsWith(tail) && word.length >= pattern.length - 1;
  if (!fits) return word;
  return replacement.replace("%", () => word.slice(head.length, word.length - tail.length));
}

/** A reference that nothing is known of, as a shell variable that no script sets. */
export function unknown(name: string): string {
  return `\${MAKE_${name.replace(/[^A-Za-z0-9]/g, "_") || "_"}}`;
}
