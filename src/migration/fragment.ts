import type { Edit } from "./site.ts";

/**
 * A piece of command text that stands inside a file (a recipe line, a `run:` block, a string of
 * JSON), as the shell gets it, and where it stands.
 */
export interface Fragment {
  readonly text: string;
  /** Where each UTF-16 unit of `text` begins in the file, and where the last one ends. */
  readonly offsets: readonly number[];
  /** Writes text the way the file does around it: JSON's escapes, `$$` in make. */
  readonly escape: (text: string) => string;
}

/** A fragment that stands in the file as it is, but for line ends, which become LF. */
export function plainFragment(file: string, start: number, end: number): Fragment {
  const raw = file.slice(start, end);
  if (!raw.includes("\r\n")) {
    const offsets = Array.from({ length: raw.length + 1 }, (_, i) => start + i);
    return { text: raw, offsets, escape: (one) => one };
  }
  let text = "";
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    offsets.push(start + at);
    if (raw[at] === "\r" && raw[at + 1] === "\n") at += 1;
    text += raw[at];
  }
  offsets.push(end);
  return { text, offsets, escape: (one) => one.replaceAll("\n", "\r\n") };
}

/** An edit of a fragment's text as an edit of the file. */
export function editOfFile(fragment: Fragment, { start, end, text }: Edit): Edit {
  const { offsets } = fragment;
  return { start: offsets[start]!, end: offsets[end]!, text: fragment.escape(text) };
}
