import { withEdits } from "./edit.ts";
import type { Edit } from "./site.ts";

/** Lines of a file that edits change, and what they become; without line ends. */
export interface Hunk {
  /** Of the first of them, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The lines that these edits of a text touch, in stretches. */
export function hunksOf(text: string, edits: readonly Edit[]): readonly Hunk[] {
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  const stretches: { start: number; end: number; edits: Edit[] }[] = [];
  for (const edit of ordered) {
    const start = edit.start === 0 ? 0 : text.lastIndexOf("\n", edit.start - 1) + 1;
    // Whole lines that go, or give way to whole lines, touch no line after them.
    const whole = edit.text.endsWith("\n") || (edit.text === "" && edit.start === start);
    const last = edit.end > start && whole && text[edit.end - 1] === "\n" ? edit.end - 1 : edit.end;
    const found = text.indexOf("\n", last);
    const end = found < 0 ? text.length : found + 1;
    const before = stretches.at(-1);
    if (before && start <= before.end) {
      before.end = Math.max(before.end, end);
      before.edits.push(edit);
    } else stretches.push({ start, end, edits: [edit] });
  }
  const hunks = stretches.map(({ start, end, edits: own }) => {
    const old = text.slice(start, end);
    const moved = own.map((edit) => ({
      ...edit,
      start: edit.start - start,
      end: edit.end - start,
    }));
    return trimmed(lineOf(text, start), linesOf(old), linesOf(withEdits(old, moved)));
  });
  return hunks.filter(({ before, after }) => before.length + after.length > 0);
}

function trimmed(line: number, before: string[], after: string[]): Hunk {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    line: line + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
