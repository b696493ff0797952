import type { Origin } from "./variables.ts";

/** What make makes of a text: the result, and where each part of it stands in which file. */
export interface Expansion {
  readonly text: string;
  /** In order, without gaps. */
  readonly pieces: readonly Piece[];
  /** Every reference that was followed, outer ones before inner ones. */
  readonly uses: readonly Use[];
}

/** A run of characters of the result. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
  /** Where the first of its characters stands in the origin's text; null for text that is made up. */
  readonly from: number | null;
  /** Where each character stands in the origin's text, in place of `from`, where they do not follow. */
  readonly places: readonly number[] | null;
  /** The references that it came in through, outermost first. */
  readonly through: readonly Use[];
}

/** A reference (`$(X)`, a call) in the text of an origin, and what it became in the result. */
export interface Use {
  readonly origin: Origin;
  /** The reference in the origin's text, `$` and closing bracket included. */
  readonly from: number;
  readonly to: number;
  /** The values that it was replaced by; none where a function made the text. */
  readonly values: readonly Origin[];
  /** How many times a function repeats the text inside. */
  readonly copies: number;
  /** The function that only looked at the value; what it made of it has the same span. */
  readonly by: string | null;
  readonly through: readonly Use[];
  readonly start: number;
  end: number;
}

/** A span of a file's text that a part of a result stands for. */
export interface Spot {
  readonly origin: Origin;
  /** In the origin's text. */
  readonly start: number;
  readonly end: number;
  /** The references that lead to it, outermost first. */
  readonly through: readonly Use[];
}

/**
 * The spans that an edit of `start` to `end` of the result can be made in, outermost first: the
 * references themselves, then the values that they stand for.
 */
export function spotsOf(expansion: Expansion, start: number, end: number): readonly Spot[] {
  const last = Math.max(start, end - 1);
  const head = expansion.pieces.find((piece) => piece.start <= start && start < piece.end);
  const tail = expansion.pieces.find((piece) => piece.start <= last && last < piece.end);
  if (!head || !tail) return [];
  const spots: Spot[] = [];
  for (let depth = 0; ; depth++) {
    const from = leftOf(head, depth, start);
    const to = end === start ? from : rightOf(tail, depth, end);
    if (from && to && from.origin === to.origin && from.place <= to.place) {
      const through = head.through.slice(0, depth);
      spots.push({ origin: from.origin, start: from.place, end: to.place, through });
    }
    const next = head.through[depth];
    if (next === undefined || tail.through[depth] !== next) return spots;
  }
}

interface End {
  readonly origin: Origin;
  readonly place: number;
}

function leftOf(piece: Piece, depth: number, start: number): End | null {
  const use = piece.through[depth];
  if (use) return use.start === start ? { origin: use.origin, place: use.from } : null;
  const place = placeIn(piece, start);
  return place === null ? null : { origin: piece.origin, place };
}

function rightOf(piece: Piece, depth: number, end: number): End | null {
  const use = piece.through[depth];
  if (use) return use.end === end ? { origin: use.origin, place: use.to } : null;
  if (piece.places && end < piece.end) {
    return { origin: piece.origin, place: piece.places[end - piece.start]! };
  }
  const last = placeIn(piece, end - 1);
  return last === null ? null : { origin: piece.origin, place: last + widthAt(piece, end - 1) };
}

function placeIn({ from, places, start }: Piece, at: number): number | null {
  return places ? places[at - start]! : from === null ? null : from + at - start;
}

/** `$$` is one character of the result and two of the text. */
function widthAt({ origin, places, start }: Piece, at: number): number {
  const place = places?.[at - start];
  return place !== undefined && origin.text.text.startsWith("$$", place) ? 2 : 1;
}
