import { backslashesBefore, findUnquoted, part, type Text } from "./text.ts";

/** A line as make reads it: physical lines that a backslash joins. Offsets are of the file. */
export interface Line {
  /** From 1: the first of its physical lines. */
  readonly number: number;
  readonly start: number;
  /** Without the line end (LF or CRLF). */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
}

/** The lines of a makefile. */
export function logicalLines(file: string): readonly Line[] {
  const lines: Line[] = [];
  let number = 1;
  for (let start = 0; start < file.length; ) {
    const first = number;
    let next = start;
    let end = start;
    do {
      const feed = file.indexOf("\n", next);
      next = feed < 0 ? file.length : feed + 1;
      end = feed < 0 ? file.length : file[feed - 1] === "\r" && feed > start ? feed - 1 : feed;
      number++;
    } while (next < file.length && backslashesBefore(file.slice(start, end), end - start) % 2);
    lines.push({ number: first, start, end, next });
    start = next;
  }
  return lines;
}

/** A line of make's own syntax: a backslash at a line's end and the white space around is one space. */
export function joined(file: string, { start, end }: { start: number; end: number }): Text {
  let text = "";
  const at: number[] = [];
  for (let i = start; i < end; i++) {
    const feed = lineEndAt(file, i + 1);
    if (file[i] === "\\" && feed > 0 && i + feed < end) {
      const doubled = backslashesBefore(file.slice(start, i), i - start) >> 1;
      const kept = text.length - backslashesBefore(text, text.length) + doubled;
      text = text.slice(0, kept).replace(/[ \t]+$/, "");
      at.length = text.length;
      at.push(i);
      text += " ";
      i += feed;
      while (i + 1 < end && (file[i + 1] === " " || file[i + 1] === "\t")) i++;
    } else {
      text += file[i];
      at.push(i);
    }
  }
  at.push(end);
  return { text, at };
}

/** The command of a recipe line: line ends inside stay, the prefix that follows them does not. */
export function command(
  file: string,
  { start, end }: { start: number; end: number },
  prefix: string,
): Text {
  let text = "";
  const at: number[] = [];
  for (let i = start; i < end; i++) {
    at.push(i);
    // A carriage return before a line feed never reaches the shell.
    if (lineEndAt(file, i) === 2) i++;
    text += file[i];
    if (file[i] === "\n" && file[i + 1] === prefix) i++;
  }
  at.push(end);
  return { text, at };
}

/** A line without its comment; `\#` is a plain `#`. */
export function withoutComment(line: Text): Text {
  const comment = findUnquoted(line.text, "#");
  const { text, at } = comment < 0 ? line : part(line, 0, comment);
  if (!text.includes("\\#")) return { text, at };
  return {
    text: text.replaceAll("\\#", "#"),
    at: at.filter((_, i) => text[i] !== "\\" || text[i + 1] !== "#"),
  };
}

/** How long the line end at a place is: 2 for CRLF, 1 for LF, else 0. */
function lineEndAt(file: string, i: number): number {
  if (file[i] === "\n") return 1;
  return file[i] === "\r" && file[i + 1] === "\n" ? 2 : 0;
}
