import type { Fragment } from "../fragment.ts";
import type { ShellPart } from "./job.ts";
import type { Place } from "./place.ts";
import type { Value } from "./value.ts";

/** A variable as it is at some point, and where it got what it is. */
export interface Variable {
  readonly value: Value;
  readonly definitions: readonly Definition[];
  /** Its value may be split into several words: it was set outside, as make's are. */
  readonly outer: boolean;
}

/** A place where a variable is set. */
export interface Definition {
  readonly name: string;
  readonly fragment: Fragment;
  /** What would be replaced, in the fragment's text: the value, or the default in `${X:-value}`. */
  readonly start: number;
  readonly end: number;
  /** It is a default, inside of `${X:-…}`. */
  readonly inside: boolean;
  readonly value: Value;
  readonly place: Place;
  readonly variables: Variables;
  readonly part: ShellPart | null;
}

/** How many layers a look-up may have to go through. */
const STEPS = 64;

/**
 * Variables as what is different from those before: setting one costs the same however many there
 * are, and where two ways come together only what changed since they parted is looked at. A value:
 * a change makes a new one.
 */
export class Variables {
  static readonly none = new Variables(null, new Map());

  private readonly before: Variables | null;
  private readonly own: ReadonlyMap<string, Variable>;
  private readonly depth: number;
  /** Everything, at some layers, so that a look-up ends soon. */
  private readonly all: ReadonlyMap<string, Variable> | null;

  private constructor(before: Variables | null, own: ReadonlyMap<string, Variable>) {
    this.before = before;
    this.own = own;
    this.depth = before === null ? 0 : before.depth + 1;
    const full = before !== null && this.depth % STEPS === 0;
    this.all = full ? new Map([...before.entries(), ...own]) : null;
  }

  get(name: string): Variable | undefined {
    for (let at: Variables | null = this; at !== null; at = at.before) {
      if (at.all !== null) return at.all.get(name);
      const found = at.own.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** The names, in the order in which they were first set. */
  keys(): Iterable<string> {
    return this.entries().keys();
  }

  /** These, with some of them set. */
  with(changes: ReadonlyMap<string, Variable>): Variables {
    return changes.size === 0 ? this : new Variables(this, changes);
  }

  /** These and others where two ways come together; `either` is asked where the two differ. */
  joined(
    other: Variables,
    either: (one: Variable | undefined, two: Variable | undefined) => Variable,
  ): Variables {
    const changes = new Map<string, Variable>();
    for (const name of this.changedSince(other)) {
      const one = this.get(name);
      const two = other.get(name);
      if (one !== two) changes.set(name, either(one, two));
    }
    return this.with(changes);
  }

  /** What was set on one of two ways since they parted. */
  private changedSince(other: Variables): ReadonlySet<string> {
    const here: string[] = [];
    const there: string[] = [];
    let one: Variables | null = this;
    let two: Variables | null = other;
    while (one !== two) {
      if (one !== null && (two === null || one.depth >= two.depth)) {
        here.push(...one.own.keys());
        one = one.before;
      } else if (two !== null) {
        there.push(...two.own.keys());
        two = two.before;
      }
    }
    return new Set([...here, ...there]);
  }

  private entries(): ReadonlyMap<string, Variable> {
    const layers: Variables[] = [];
    let at: Variables | null = this;
    while (at !== null && at.all === null) {
      layers.push(at);
      at = at.before;
    }
    const found = new Map(at?.all);
    for (const { own } of layers.reverse()) for (const [name, one] of own) found.set(name, one);
    return found;
  }
}
