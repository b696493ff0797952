import type { Assignment, Branch } from "./statement.ts";
import type { Text } from "./text.ts";

/** Text of a makefile that make expands, perhaps several times: a value, a recipe line, a list of targets. */
export interface Origin {
  readonly path: string;
  readonly text: Text;
  /** The variable that has this value; null for any other text. */
  readonly definition: Assignment | null;
}

/** The same for a text of a file in every program that reads it. */
export function keyOf({ path, text: { at }, definition }: Origin): string {
  return `${definition === null ? "" : "="}${path}:${at[0]}-${at.at(-1)}`;
}

/** One value that a variable may have: what `+=` adds comes after the rest. */
export interface Value {
  readonly parts: readonly Origin[];
  readonly branch: Branch;
  /** The targets that it was given for; null for all. */
  readonly targets: Text | null;
}

/** A definition, with its place in the order in which make reads. */
export interface Defined {
  readonly origin: Origin;
  readonly assignment: Assignment;
  readonly order: number;
}

/** Where a variable is used: make knows other values while it reads than when it runs. */
export interface Place {
  /** Definitions from this one on are not read yet; null in a recipe, which sees all. */
  readonly before: number | null;
  readonly branch: Branch;
  /** Whether a value that is given for some targets only holds here. */
  readonly holds: (targets: Text) => "yes" | "perhaps" | "no";
}

/** A variable that may have more values than these is not known. */
const MOST = 24;

/** Names that a text refers to; those that are put together from others are not among them. */
const NAMED = /\$[({](?:call\s+)?([^\s(){}$:,=]+)|\$(\w)/g;

/** The variables of a makefile and what it includes. */
export class Variables {
  readonly #byName = new Map<string, Defined[]>();
  /** Values that depend on no target, by name and definitions read, for each branch. */
  readonly #known = new Map<Branch, Map<string, readonly (Value | null)[] | null>>();

  constructor(definitions: readonly Defined[]) {
    for (const one of definitions) {
      const name = one.assignment.name.text;
      const all = this.#byName.get(name);
      if (all) all.push(one);
      else this.#byName.set(name, [one]);
    }
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /**
   * Every value that the variable may have there, where null stands for none; null in place of them
   * where they are more than `MOST`.
   */
  values(name: string, place: Place): readonly (Value | null)[] | null {
    const all = this.#byName.get(name) ?? [];
    const { before } = place;
    const read = before === null ? all : all.filter(({ order }) => order < before);
    if (read.some(({ assignment }) => assignment.targets !== null)) return valuesOf(read, place);
    const branch = place.branch.length === 0 ? NOWHERE : place.branch;
    const known = this.#known.get(branch) ?? new Map();
    this.#known.set(branch, known);
    const key = `${read.length} ${name}`;
    if (!known.has(key)) known.set(key, valuesOf(read, place));
    return known.get(key)!;
  }

  /** Every text that may be part of what the variable expands to. */
  reachedFrom(name: string): readonly Origin[] {
    const seen = new Set([name]);
    const origins = [...(this.#byName.get(name) ?? [])];
    // It grows while it is gone through.
    for (const { origin } of origins) {
      for (const [, bracketed, letter] of origin.text.text.matchAll(NAMED)) {
        const inner = bracketed ?? letter!;
        if (seen.has(inner)) continue;
        seen.add(inner);
        origins.push(...(this.#byName.get(inner) ?? []));
      }
    }
    return origins.map(({ origin }) => origin);
  }
}

const NOWHERE: Branch = [];

function valuesOf(definitions: readonly Defined[], place: Place): readonly (Value | null)[] | null {
  let values: readonly (Value | null)[] | null = [null];
  for (const { origin, assignment } of definitions) {
    const { branch, operator, targets } = assignment;
    if (!compatible(branch, place.branch)) continue;
    const holds = targets === null ? "yes" : place.holds(targets);
    if (holds === "no") continue;
    const certain = holds === "yes" && contains(branch, place.branch);
    const anew = certain && branch.length === 0 && operator !== "+=" && operator !== "?=";
    if (anew) values = [{ parts: [origin], branch, targets }];
    else if (values !== null) values = assigned(values, origin, assignment, certain);
    if (values !== null && values.length > MOST) values = null;
  }
  return values;
}

function assigned(
  before: readonly (Value | null)[],
  origin: Origin,
  { operator, branch, targets }: Assignment,
  certain: boolean,
): (Value | null)[] {
  const one = { parts: [origin], branch, targets };
  const set = (value: Value | null): Value => {
    if (operator === "?=") return value ?? one;
    if (operator !== "+=") return one;
    return { parts: [...(value?.parts ?? []), origin], branch: longer(value, branch), targets };
  };
  const touched = before.filter((value) => value === null || compatible(value.branch, branch));
  const after = [...(certain ? before.filter((value) => !touched.includes(value)) : before)];
  for (const value of touched) {
    const next = set(value);
    if (!after.some((other) => same(next, other))) after.push(next);
  }
  return after.some((value) => value && covers(after, value.branch))
    ? after.filter((value) => value !== null)
    : after;
}

function longer(value: Value | null, branch: Branch): Branch {
  return value && value.branch.length > branch.length ? value.branch : branch;
}

function same(a: Value | null, b: Value | null): boolean {
  if (a === null || b === null) return a === b;
  return a.parts.length === b.parts.length && a.parts.every((part, i) => part === b.parts[i]);
}

/** Whether the values hold in every branch of the conditional that one of them stands in. */
function covers(values: readonly (Value | null)[], branch: Branch): boolean {
  if (branch.length !== 1) return false;
  const { conditional } = branch[0]!;
  const numbers = values.flatMap((value) =>
    value?.branch[0]?.conditional === conditional && value.branch.length === 1
      ? [value.branch[0].number]
      : [],
  );
  return conditional.tests.at(-1) === null && new Set(numbers).size === conditional.tests.length;
}

/** Whether both may be read in one run of make. */
export function compatible(a: Branch, b: Branch): boolean {
  return a.every((one) =>
    b.every((other) => other.conditional !== one.conditional || other.number === one.number),
  );
}

/** Whether what stands in `outer` is read wherever `inner` is. */
function contains(outer: Branch, inner: Branch): boolean {
  return outer.every((one) =>
    inner.some((other) => other.conditional === one.conditional && other.number === one.number),
  );
}
