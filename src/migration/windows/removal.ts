import { lineEnd, lineStart } from "../lines.ts";
import type { Edit } from "../site.ts";

/**
 * The edit that takes a command out of a text: its lines where nothing else is on them, else with
 * the `&&`, `&` or `;` that joins it to its neighbour. Null where it cannot be taken out alone.
 */
export function removal(text: string, start: number, end: number): Edit | null {
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  // A comment behind a command speaks of it, and goes with it.
  if (/^[\s@]*$/.test(before) && /^\s*(#.*)?$/s.test(after))
    return { start: from, end: to, text: "" };
  const joined = /^\s*(&&|&(?!&)|;)[ \t]*/.exec(after);
  if (joined !== null) return { start, end: end + joined[0].length, text: "" };
  const joins = /[ \t]*(&&|&|;)\s*$/.exec(before);
  if (joins !== null && after.trim() === "") return { start: from + joins.index, end, text: "" };
  return null;
}
