import { styleText } from "node:util";

/** Where a command writes: text for people, or JSON alone. */
export interface Output {
  print(text?: string): void;
  json(value: object): void;
}

/** Exit codes of every command (DESIGN.md): nothing to do, a person is needed, could not. */
export const DONE = 0;
export const NEEDED = 1;
export const FAILED = 2;

export function outputTo(stream: NodeJS.WritableStream): Output {
  return {
    print: (text = "") => stream.write(`${text}\n`),
    json: (value) => stream.write(`${JSON.stringify({ schema: 1, ...value }, null, 2)}\n`),
  };
}

type Style = Parameters<typeof styleText>[0];

/** Colours where the output is a terminal that wants them (NO_COLOR and friends are heard). */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Rows with their columns aligned; the last column is free to be long. */
export function table(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(0, ...rows.map((row) => (i < row.length - 1 ? visible(row[i]!).length : 0))),
  );
  return rows.map((row) => {
    const cells = row.map(
      (cell, i) => cell + " ".repeat(Math.max(0, widths[i]! - visible(cell).length)),
    );
    return (indent + cells.join("  ")).trimEnd();
  });
}

function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

/** "1 source", "2 sources". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
