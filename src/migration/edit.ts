import type { Edit } from "./site.ts";

/** The text with these edits made. Edits do not overlap; two at one place stand in the order given. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, i) => ({ edit, i }));
  ordered.sort((a, b) => a.edit.start - b.edit.start || a.i - b.i);
  let done = "";
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.start < at) throw new Error(`Edits overlap at ${edit.start}`);
    done += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return done + text.slice(at);
}
