import { basename, relative } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import { withoutSecrets } from "../requirements/secret.ts";

/** Where a command writes: text for people, or JSON alone. */
export interface Output {
  print(text?: string): void;
  json(value: object): void;
}

/** Exit codes of every command (DESIGN.md): nothing to do, a person is needed, could not. */
export const DONE = 0;
export const NEEDED = 1;
export const FAILED = 2;

/** Passwords in addresses are masked here, so that no command can print one (promise 6). */
export function outputTo(stream: NodeJS.WritableStream): Output {
  return {
    print: (text = "") => stream.write(`${withoutSecrets(text)}\n`),
    json: (value) => stream.write(`${jsonText({ schema: 1, ...value })}\n`),
  };
}

function jsonText(value: object): string {
  const mask = (_: string, one: unknown) => (typeof one === "string" ? withoutSecrets(one) : one);
  return JSON.stringify(value, mask, 2);
}

type Style = Parameters<typeof styleText>[0];

/** Colours where the output is a terminal that wants them (NO_COLOR and friends are heard). */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Rows with their columns aligned; the last column is free to be long. A row stays one line. */
export function table(written: readonly (readonly string[])[], indent = "  "): string[] {
  const rows = written.map((row) => row.map((cell) => cell.replace(/[\r\n]+/g, " ")));
  // One row at a time: there may be hundreds of thousands.
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.slice(0, -1).entries()) {
      widths[i] = Math.max(widths[i] ?? 0, stripVTControlCharacters(cell).length);
    }
  }
  return rows.map((row) => {
    const cells = row.map(
      (cell, i) =>
        cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - stripVTControlCharacters(cell).length)),
    );
    return (indent + cells.join("  ")).trimEnd();
  });
}

/** A titled list, set off by an empty line; nothing at all where it has no rows. */
export function printRows(
  title: string,
  rows: readonly (readonly string[])[],
  output: Output,
): void {
  if (rows.length === 0) return;
  output.print();
  output.print(paint("bold", title));
  for (const line of table(rows)) output.print(line);
}

/** What a folder is called in a headline: its path from here, or its name where we stand in it. */
export function titleOf(root: string): string {
  const path = relative(process.cwd(), root);
  return path === "" || path.startsWith("..") ? basename(root) : path;
}

/** "1 source", "2 sources". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
