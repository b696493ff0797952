import type { Reading } from "../declaration.ts";
import { noFindings, type Place, reading } from "./findings.ts";
import { fileEnd, fileOffset, logicalLines } from "./logical-lines.ts";
import { readLine } from "./requirements-line.ts";
import { lineStarts, spanOf } from "./text.ts";

/**
 * Reads a requirements or constraints file as pip does, except that a line which pip refuses
 * becomes an entry in `notUnderstood` and the others are still read; that `${VARIABLES}` stay as
 * written; that included files are named, not read; and that no file system is asked whether a
 * path exists. `file` is the path that declarations carry. Never throws.
 */
export function readRequirementsFile(file: string, text: string): Reading {
  const starts = lineStarts(text);
  const found = noFindings();
  const place = (start: number, end: number): Place => ({
    span: spanOf(starts, start, end),
    raw: text.slice(start, end),
  });
  const group = { kind: "main", name: null } as const;
  const { lines, swallowed } = logicalLines(text);
  for (const line of lines) {
    const placeOf = (start: number, end: number) =>
      place(fileOffset(line, start), fileEnd(line, end));
    readLine(file, line.text, placeOf, group, found);
  }
  for (const part of swallowed) {
    const message = "pip takes this line for a comment: the comment above it ends in a backslash";
    found.notes.push({ ...place(part.start, part.end), message });
  }
  return reading(file, "requirements.txt", found);
}
