import type { Expansion, Piece, Use } from "./expansion.ts";
import { functionCall } from "./functions.ts";
import { afterReference, findUnquoted } from "./text.ts";
import type { Origin, Value } from "./variables.ts";
import {
  type Bound,
  type Reference,
  type Scope,
  substituted,
  unknown,
  type Writer,
} from "./writer.ts";

const DEEPEST = 25;
const LONGEST = 100_000;

/** Expands a text as make does; what is not known becomes `${NAME}`, as the shell would see it. */
export function expand(origin: Origin, scope: Scope): Expansion {
  const one = new Expander(scope);
  one.text(origin, 0, origin.text.text.length, []);
  return { text: one.result, pieces: one.pieces, uses: one.uses };
}

class Expander implements Writer {
  result = "";
  readonly pieces: Piece[] = [];
  readonly uses: Use[] = [];
  readonly scope: Scope;
  #bound: Bound[] = [];
  #loop = new Map<string, string>();
  #before: (number | null)[] = [];
  /** The file that make was reading when it expanded this. */
  #reading: (string | null)[] = [];
  /** Uses that a function looked at, whose result is not written yet. */
  #waiting: Use[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Expands `from` to `to` of an origin's text. */
  text(origin: Origin, from: number, to: number, through: readonly Use[]): void {
    const { text } = origin.text;
    let literal = from;
    for (let i = from; i < to && this.result.length < LONGEST; i++) {
      if (text[i] !== "$") continue;
      this.#literal(origin, literal, i, through);
      if (text[i + 1] === "$" && i + 1 < to) {
        this.#made("$", origin, i, through);
        i++;
      } else {
        const end = Math.min(afterReference(text, i), to);
        this.#reference(origin, i, end, through);
        i = end - 1;
      }
      literal = i + 1;
    }
    this.#literal(origin, literal, to, through);
  }

  /** Text that stands in no file as it is. */
  made(text: string, origin: Origin, through: readonly Use[]): void {
    this.#made(text, origin, null, through);
  }

  aside(origin: Origin, from: number, to: number, by: string): string {
    const kept = this.result.length;
    const [pieces, uses, waiting] = [this.pieces.length, this.uses.length, this.#waiting];
    this.#waiting = [];
    this.text(origin, from, to, []);
    const text = this.result.slice(kept);
    this.result = this.result.slice(0, kept);
    this.pieces.length = pieces;
    const inside = this.uses.splice(uses).filter(({ values }) => values.length > 0);
    const seen = inside.map((use) => ({ ...use, by: use.by ?? by, start: kept, end: kept }));
    this.uses.push(...seen);
    this.#waiting = [...waiting, ...seen];
    return text;
  }

  follow(
    reference: Reference,
    values: readonly Origin[],
    copies: number,
    inside: (through: readonly Use[]) => void,
  ): void {
    const start = this.result.length;
    const use: Use = { ...reference, values, copies, by: null, start, end: start };
    const waiting = this.#waiting;
    this.#waiting = [];
    this.uses.push(use);
    inside([...reference.through, use]);
    for (const one of [use, ...waiting]) one.end = this.result.length;
  }

  /** Expands with the arguments of a call, or a loop's variable. */
  with(bound: Bound, inside: () => void): void {
    this.#bound.push(bound);
    inside();
    this.#bound.pop();
  }

  looping(name: string, value: string, inside: () => void): void {
    const before = this.#loop.get(name);
    this.#loop.set(name, value);
    inside();
    if (before === undefined) this.#loop.delete(name);
    else this.#loop.set(name, before);
  }

  /** What a variable is replaced by, its own references expanded. */
  variable(name: string, reference: Reference, orElse: () => void): void {
    const values = this.#values(name, reference.origin);
    if (values === null) {
      orElse();
      this.#unclear(name, reference);
      return;
    }
    const value = values.length > 0 ? this.scope.pick(name, values) : undefined;
    const seen = reference.through.some((use) =>
      use.values.some((one) => value?.parts.includes(one)),
    );
    if (value === undefined || seen || reference.through.length > DEEPEST) orElse();
    else {
      this.follow(reference, value?.parts ?? [], 1, (through) => {
        for (const [i, origin] of (value?.parts ?? []).entries()) {
          if (i > 0) this.made(" ", origin, through);
          const order = immediate(origin) ? this.scope.orderOf(origin) : null;
          this.#before.push(order ?? this.#before.at(-1) ?? null);
          this.#reading.push(order === null ? (this.#reading.at(-1) ?? null) : origin.path);
          this.text(origin, 0, origin.text.text.length, through);
          this.#before.pop();
          this.#reading.pop();
        }
      });
    }
  }

  /** A variable with too many values: all that it may be made of is used, in a way not known. */
  #unclear(name: string, reference: Reference): void {
    const start = this.result.length;
    const values = this.scope.variables.reachedFrom(name);
    this.uses.push({ ...reference, values, copies: 1, by: "values", start, end: start });
  }

  /** None where the name is set nowhere; null where it may have too many. */
  #values(name: string, origin: Origin): readonly (Value | null)[] | null {
    const { variables, place } = this.scope;
    if (!variables.has(name)) return [];
    let before = this.#before.at(-1) ?? place.before;
    const own = origin.definition;
    // A value that names its own variable means the one before.
    if (own?.name.text === name) before = this.scope.orderOf(origin) ?? before;
    return variables.values(name, { ...place, before });
  }

  #reference(origin: Origin, from: number, to: number, through: readonly Use[]): void {
    const { text } = origin.text;
    const bracket = text[from + 1] === "(" || text[from + 1] === "{";
    const [start, end] = bracket ? [from + 2, to - 1] : [from + 1, to];
    const reference = { origin, from, to, through };
    if (bracket && functionCall(this, reference, start, end)) return;
    const colon = bracket ? findUnquoted(text.slice(0, end), ":", start) : -1;
    const name = this.aside(origin, start, colon < 0 ? end : colon, "name").trim();
    const opaque = () =>
      this.follow(reference, [], 1, (inner) => this.made(unknown(name), origin, inner));
    const bound = this.#bound.at(-1)?.get(name);
    const given = this.#loop.get(name) ?? (bound ? undefined : this.#given(name));
    if (colon >= 0) this.#substitution(reference, name, colon + 1, end, opaque);
    else if (bound) {
      this.follow(reference, [], 1, (inner) => {
        const all = this.#bound;
        this.#bound = all.slice(0, -1);
        this.text(bound.origin, bound.from, bound.to, inner);
        this.#bound = all;
      });
    } else if (given !== undefined && !this.scope.variables.has(name)) {
      this.follow(reference, [], 1, (inner) => this.made(given, origin, inner));
    } else if (this.#bound.length > 0 && /^\d+$/.test(name)) {
      this.follow(reference, [], 1, () => {});
    } else this.variable(name, reference, opaque);
  }

  /** `$(X:a=b)`: what it becomes stands nowhere. */
  #substitution(
    reference: Reference,
    name: string,
    from: number,
    to: number,
    opaque: () => void,
  ): void {
    const { origin } = reference;
    const [pattern = "", to_ = ""] = this.aside(origin, from, to, "subst").split("=");
    const values = this.#values(name, origin);
    const given = this.#given(name);
    let text = given;
    if (values === null) {
      text = undefined;
      this.#unclear(name, reference);
    } else if (values.length > 0) {
      const value = this.scope.pick(name, values);
      const parts = value?.parts ?? [];
      text = parts.map((one) => this.aside(one, 0, one.text.text.length, "subst")).join(" ");
      const start = this.result.length;
      const seen = { ...reference, values: parts, copies: 1, by: "subst", start, end: start };
      this.uses.push(seen);
      this.#waiting.push(seen);
    }
    if (text === undefined || text.includes("${")) {
      opaque();
      return;
    }
    const all = pattern.includes("%") ? [pattern, to_] : [`%${pattern}`, `%${to_}`];
    const done = text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => substituted(word, all[0]!, all[1]!));
    this.follow(reference, [], 1, (inner) => this.made(done.join(" "), origin, inner));
  }

  #given(name: string): string | undefined {
    const { given, listed, file } = this.scope;
    return name === "MAKEFILE_LIST" ? listed(this.#reading.at(-1) ?? file) : given.get(name);
  }

  #literal(origin: Origin, from: number, to: number, through: readonly Use[]): void {
    if (to <= from) return;
    const start = this.result.length;
    this.result += origin.text.text.slice(from, to);
    this.pieces.push({ start, end: this.result.length, origin, from, places: null, through });
  }

  #made(text: string, origin: Origin, place: number | null, through: readonly Use[]): void {
    if (text === "") return;
    const start = this.result.length;
    this.result += text;
    const places = place === null ? null : [place];
    this.pieces.push({ start, end: this.result.length, origin, from: null, places, through });
  }
}

function immediate({ definition }: Origin): boolean {
  return definition !== null && /^:+=$/.test(definition.operator);
}
