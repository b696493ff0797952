import type { Fragment } from "../fragment.ts";
import { jsonEscape } from "./json-text.ts";
import type { YamlText } from "./yaml-text.ts";

/**
 * The text of a YAML scalar as the program gets it, with the place of each character: plain, quoted,
 * literal or folded. Null where the two cannot be brought together exactly.
 */
export function yamlFragment(file: string, scalar: YamlText): Fragment | null {
  const { type, value, range } = scalar;
  const found =
    type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED"
      ? block(file, range, type === "BLOCK_FOLDED", value)
      : flow(file, range, type ?? "PLAIN");
  return found !== null && found.text === value ? found : null;
}

/** Collects characters with where each begins. */
class Mapped {
  text = "";
  readonly offsets: number[] = [];
  add(char: string, at: number): void {
    this.text += char;
    for (let i = 0; i < char.length; i++) this.offsets.push(at);
  }
  /** Without blanks at its end, but not shorter than `floor`. */
  trim(floor: number): void {
    while (this.text.length > floor && /[ \t]$/.test(this.text)) {
      this.text = this.text.slice(0, -1);
      this.offsets.pop();
    }
  }
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const lengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function flow(file: string, range: readonly number[], type: string): Fragment | null {
  const quotes = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE" ? 1 : 0;
  const end = range[1]! - quotes;
  const made = new Mapped();
  let floor = 0;
  let at = range[0]! + quotes;
  while (at < end) {
    const char = file[at]!;
    const double = type === "QUOTE_DOUBLE" && char === "\\";
    if (char === "\n" || (char === "\r" && file[at + 1] === "\n")) {
      made.trim(floor);
      at = folded(file, at, end, made);
      floor = made.text.length;
    } else if (double && /^\r?\n/.test(file.slice(at + 1, at + 3))) {
      // An escaped line end: the lines are joined as they are.
      const rest = /^\\\r?\n[ \t]*/.exec(file.slice(at, end))!;
      floor = made.text.length;
      at += rest[0].length;
    } else if (double) {
      const name = file[at + 1] ?? "";
      const digits = lengths[name];
      const code =
        digits === undefined ? 0 : Number.parseInt(file.slice(at + 2, at + 2 + digits), 16);
      if (Number.isNaN(code) || code > 0x10ffff) return null;
      made.add(digits === undefined ? (escapes[name] ?? name) : String.fromCodePoint(code), at);
      floor = made.text.length;
      at += 2 + (digits ?? 0);
    } else {
      made.add(char, at);
      at += type === "QUOTE_SINGLE" && char === "'" ? 2 : 1;
    }
  }
  const escaped =
    type === "QUOTE_DOUBLE"
      ? jsonEscape
      : (text: string) => (type === "QUOTE_SINGLE" ? text.replaceAll("'", "''") : text);
  return { text: made.text, offsets: [...made.offsets, end], escape: escaped };
}

/** A line end inside a flow scalar, with the empty lines and the indentation behind it. */
function folded(file: string, from: number, end: number, made: Mapped): number {
  const breaks: number[] = [];
  let at = from;
  while (at < end && /[ \t\r\n]/.test(file[at]!)) {
    if (file[at] === "\n") breaks.push(at);
    at++;
  }
  if (breaks.length === 1) made.add(" ", from);
  for (const [i, one] of breaks.slice(1).entries()) made.add("\n", i === 0 ? from : one);
  return at;
}

/** A line of a block scalar: where it begins, where its content ends, and where its line does. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function block(
  file: string,
  range: readonly number[],
  fold: boolean,
  value: string,
): Fragment | null {
  const header = /^[^\n]*\n?/.exec(file.slice(range[0]!, range[1]!))![0];
  const lines = linesOf(file, range[0]! + header.length, range[1]!);
  const first = lines.find((line) => file.slice(line.start, line.end).trim() !== "");
  const indented = (line: Line) => /^ */.exec(file.slice(line.start, line.end))![0].length;
  // With an indentation indicator the text itself tells which one it means.
  const detected = first === undefined ? 0 : indented(first);
  const indents = /^[|>][+-]?[1-9]/.test(header)
    ? Array.from({ length: detected + 1 }, (_, i) => detected - i)
    : [detected];
  for (const indent of indents) {
    const made = fold ? foldedBlock(file, lines, indent) : literalBlock(file, lines, indent);
    const chomped = chomp(made, value);
    if (chomped === null) continue;
    const eol = header.endsWith("\r\n") ? "\r\n" : "\n";
    const line = eol.repeat(fold ? 2 : 1) + " ".repeat(indent);
    return { ...chomped, escape: (text) => text.replaceAll("\n", line) };
  }
  return null;
}

function linesOf(file: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let start = from; start < to; ) {
    const newline = file.indexOf("\n", start);
    const next = newline < 0 || newline >= to ? to : newline + 1;
    const stop = newline < 0 || newline >= to ? to : newline;
    lines.push({ start, end: file[stop - 1] === "\r" && stop > start ? stop - 1 : stop, next });
    start = next;
  }
  return lines;
}

function literalBlock(
  file: string,
  lines: readonly Line[],
  indent: number,
): Mapped & { end: number } {
  const made = new Mapped();
  for (const line of lines) {
    addFrom(made, file, Math.min(line.start + indent, line.end), line.end);
    made.add("\n", line.end);
  }
  return Object.assign(made, { end: lines.at(-1)?.next ?? 0 });
}

function foldedBlock(
  file: string,
  lines: readonly Line[],
  indent: number,
): Mapped & { end: number } {
  const made = new Mapped();
  let before: { deeper: boolean; empty: Line[]; end: number } | null = null;
  let empty: Line[] = [];
  for (const line of lines) {
    const from = Math.min(line.start + indent, line.end);
    if (from === line.end) {
      empty.push(line);
      continue;
    }
    const deeper = /[ \t]/.test(file[from]!);
    if (before === null) for (const one of empty) made.add("\n", one.end);
    else if (!deeper && !before.deeper && empty.length === 0) made.add(" ", before.end);
    else {
      const breaks = empty.map((one) => one.end);
      // The line end itself counts beside a deeper line only; else the first empty line stands for it.
      const counted = deeper || before.deeper ? breaks : breaks.slice(1);
      for (const one of [before.end, ...counted]) made.add("\n", one);
    }
    addFrom(made, file, from, line.end);
    before = { deeper, empty, end: line.end };
    empty = [];
  }
  if (before !== null) made.add("\n", before.end);
  for (const one of empty) made.add("\n", one.end);
  return Object.assign(made, { end: lines.at(-1)?.next ?? 0 });
}

function addFrom(made: Mapped, file: string, from: number, to: number): void {
  for (let at = from; at < to; at++) made.add(file[at]!, at);
}

/** The text with as many line ends at its end as the value has; null where it is another text. */
function chomp(
  { text, offsets, end }: Mapped & { end: number },
  value: string,
): { text: string; offsets: number[] } | null {
  if (!text.startsWith(value) || text.slice(value.length).trim() !== "") return null;
  return {
    text: value,
    offsets: [...offsets.slice(0, value.length), offsets[value.length] ?? end],
  };
}
