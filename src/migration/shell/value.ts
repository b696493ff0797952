import { joined } from "./paths.ts";
import type { Place } from "./place.ts";

/**
 * What a word or a variable may be: the texts that are possible. A text may hold marks: the absolute
 * path of the root, the root by way of the script's own place (right only until a `cd`), the home
 * folder, and what is not known.
 */
export interface Value {
  readonly texts: readonly string[];
  /** Someone outside may have set something else, as in `${PYTHON:-python3}`. */
  readonly open: boolean;
}

export const ROOT = "\u0001";
export const HERE = "\u0002";
export const HOME = "\u0003";
export const UNKNOWN = "\u0004";
/** More possibilities than this are not followed. */
const MOST = 24;

export function literal(text: string): Value {
  return { texts: [text], open: false };
}

export const unknown: Value = literal(UNKNOWN);

/** One text after the other. */
export function concat(a: Value, b: Value): Value {
  if (a.texts.length * b.texts.length > MOST) return unknown;
  return {
    texts: a.texts.flatMap((one) => b.texts.map((two) => one + two)),
    open: a.open || b.open,
  };
}

/** One or the other. */
export function either(a: Value, b: Value): Value {
  const texts = [...new Set([...a.texts, ...b.texts])];
  return texts.length > MOST ? unknown : { texts, open: a.open || b.open };
}

/** The one text that it is, or null where it is not known. */
export function only(value: Value): string | null {
  const [text, another] = value.texts;
  return text === undefined || another !== undefined || text.includes(UNKNOWN) ? null : text;
}

/** A place in the repository: null where it lies outside or is not known. */
export interface Location {
  /** Where the shell would have started for this; null where that does not matter. */
  readonly start: string | null;
  readonly path: string | null;
}

/** The places that a text names as a path, from where the shell is. */
export function locations(text: string, place: Place): readonly Location[] {
  const mark = text[0];
  if (mark === ROOT || mark === HERE) {
    return [{ start: null, path: text.includes(UNKNOWN) ? null : joined("", text.slice(1)) }];
  }
  if (text.includes(UNKNOWN) || mark === HOME || mark === "/" || /^[a-z]+:/i.test(text)) {
    return [{ start: null, path: null }];
  }
  return place.pairs.map(({ start, folder }) => ({ start, path: joined(folder, text) }));
}

/** The one place that a text names, or null. */
export function location(text: string, place: Place): string | null {
  const [first, ...more] = locations(text, place);
  return first === undefined || more.some(({ path }) => path !== first.path) ? null : first.path;
}
