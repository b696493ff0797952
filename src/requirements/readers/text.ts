import type { Span } from "../declaration.ts";

/**
 * The places where a text's lines begin, as an editor counts lines: after LF, CR LF or a lone CR.
 * (Python's `splitlines` knows more line ends; those are no line ends in any editor.)
 */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

/** The span from offset `start` to offset `end` (exclusive) of the text whose `lineStarts` are given. */
export function spanOf(starts: readonly number[], start: number, end: number): Span {
  const line = lineAt(starts, start);
  const endLine = lineAt(starts, end);
  return {
    line: line + 1,
    column: start - starts[line]! + 1,
    endLine: endLine + 1,
    endColumn: end - starts[endLine]! + 1,
  };
}

/** Offset of a place given by line and column (both from 1) in the text whose `lineStarts` are given. */
export function offsetOf(starts: readonly number[], line: number, column: number): number {
  return starts[line - 1]! + column - 1;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether a UTF-16 code is white space for Python's `str.strip` and `\s`. */
export function isSpace(code: number): boolean {
  if (code <= 0x20)
    return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What is left of `text` between `start` and `end` without white space (Python's) at both sides. */
export function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

/** The text without white space (Python's) at both ends; `trim` would take a byte order mark too. */
export function strip(text: string): string {
  const { start, end } = trimmed(text, 0, text.length);
  return text.slice(start, end);
}
