/** A word of a shell-quoted text, and the part of the text that it was written in. */
export interface Word {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const DOUBLE = '"';
const ESCAPE = "\\";

/**
 * Splits a text as Python's `shlex.split` does: white space separates, single quotes keep all,
 * double quotes keep all but `\"` and `\\`, a backslash elsewhere keeps the next character.
 * Offsets are those of `text`. Returns null where a quotation or an escape is not finished.
 */
export function shellWords(text: string): Word[] | null {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text[at]!)) {
      at++;
      continue;
    }
    const start = at;
    let value = "";
    while (at < text.length && !isBlank(text[at]!)) {
      const char = text[at]!;
      if (char === '"' || char === "'") {
        const quoted = quotation(text, at);
        if (quoted === null) return null;
        value += quoted.value;
        at = quoted.end;
      } else if (char === ESCAPE) {
        if (at + 1 >= text.length) return null;
        value += text[at + 1];
        at += 2;
      } else {
        value += char;
        at++;
      }
    }
    words.push({ value, start, end: at });
  }
  return words;
}

function quotation(text: string, start: number): { value: string; end: number } | null {
  const quote = text[start]!;
  let value = "";
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!;
    if (char === quote) return { value, end: at + 1 };
    const next = text[at + 1];
    if (quote === DOUBLE && char === ESCAPE && (next === ESCAPE || next === DOUBLE)) {
      value += next;
      at++;
    } else value += char;
  }
  return null;
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\n";
}
