import { isSpace, trimmed } from "./text.ts";

/**
 * A line of a requirements file as pip sees it: continuations joined, the comment cut, white space
 * at both ends gone. `pieces` tell where each part of `text` stands in the file.
 */
export interface LogicalLine {
  readonly text: string;
  /** Where the line begins in the file: at its text, or at a backslash above it. */
  readonly start: number;
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** Where in the logical line's text the piece begins. */
  readonly at: number;
  /** Where in the file it begins. */
  readonly offset: number;
}

/** A physical line that a continued comment swallowed, by its offsets in the file. */
export interface Swallowed {
  readonly start: number;
  readonly end: number;
}

const BACKSLASH = 0x5c;
const HASH = 0x23;

/** The file's offset of index `at` of a logical line. */
export function fileOffset(line: LogicalLine, at: number): number {
  return at === 0 ? line.start : offsetIn(line, at);
}

function offsetIn(line: LogicalLine, at: number): number {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (line.pieces[middle]!.at <= at) low = middle;
    else high = middle - 1;
  }
  const piece = line.pieces[low]!;
  return piece.offset + at - piece.at;
}

/** The file's offset of the exclusive end `end` (above 0) of a part of a logical line. */
export function fileEnd(line: LogicalLine, end: number): number {
  return offsetIn(line, end - 1) + 1;
}

/**
 * The lines of a requirements file that say something, joined and cut as pip does: a line whose
 * last character is a backslash goes on in the next one; a comment line ends that; then a comment
 * is a `#` at the line's start or after white space. Lines are Python's, which has more line ends
 * than editors have. `swallowed` are lines that a comment ending in a backslash takes with it.
 */
export function logicalLines(text: string): { lines: LogicalLine[]; swallowed: Swallowed[] } {
  const lines: LogicalLine[] = [];
  const swallowed: Swallowed[] = [];
  let parts: Part[] = [];
  const finish = () => {
    const line = parts.length === 1 ? alone(text, parts[0]!) : joined(text, parts, swallowed);
    if (line !== null) lines.push(line);
    parts = [];
  };
  const ends = new RegExp(LINE_END, "g");
  let start = 0;
  while (start < text.length) {
    const found = ends.exec(text);
    const end = found === null ? text.length : found.index;
    const comment = isComment(text, start, end);
    const continues = !comment && end > start && text.charCodeAt(end - 1) === BACKSLASH;
    if (continues) parts.push(withoutBackslashes(text, start, end));
    else if (!comment && end > start) parts.push({ start, end });
    if (!continues) finish();
    start = found === null ? text.length : ends.lastIndex;
  }
  finish();
  return { lines, swallowed };
}

/** A physical line, or what is left of it, by its offsets in the file. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** What ends a line for Python's `str.splitlines`. */
const LINE_END = "\\r\\n|[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";

/** A line that nothing continues, which nearly all are. */
function alone(text: string, part: Part): LogicalLine | null {
  const line = text.slice(part.start, part.end);
  const { start, end } = trimmed(line, 0, commentStart(line));
  if (start === end) return null;
  const offset = part.start + start;
  return { text: line.slice(start, end), start: offset, pieces: [{ at: 0, offset }] };
}

function isComment(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at < end && text.charCodeAt(at) === HASH;
}

function withoutBackslashes(text: string, start: number, end: number): Part {
  let from = start;
  let to = end;
  while (to > from && text.charCodeAt(to - 1) === BACKSLASH) to--;
  while (from < to && text.charCodeAt(from) === BACKSLASH) from++;
  return { start: from, end: to };
}

function joined(text: string, parts: readonly Part[], swallowed: Swallowed[]): LogicalLine | null {
  if (parts.length === 0) return null;
  const whole = parts.map((part) => text.slice(part.start, part.end)).join("");
  const cut = commentStart(whole);
  const { start, end } = trimmed(whole, 0, cut);
  const pieces: Piece[] = [];
  let at = 0;
  for (const part of parts) {
    const length = part.end - part.start;
    const from = Math.max(at, start);
    const to = Math.min(at + length, end);
    if (from < to) pieces.push({ at: from - start, offset: part.start + from - at });
    if (at > cut && trimmed(text, part.start, part.end).start < part.end) swallowed.push(part);
    at += length;
  }
  if (start === end) return null;
  const first = parts[0]!;
  // White space and a backslash alone: pip counts the line from there.
  const empty = trimmed(text, first.start, first.end);
  const begin = empty.start === empty.end && parts.length > 1 ? first.end : pieces[0]!.offset;
  return { text: whole.slice(start, end), start: begin, pieces };
}

/** Where the comment of a line begins, or the line's length. */
function commentStart(line: string): number {
  for (let at = line.indexOf("#"); at >= 0; at = line.indexOf("#", at + 1)) {
    if (at === 0 || isSpace(line.charCodeAt(at - 1))) return at;
  }
  return line.length;
}
