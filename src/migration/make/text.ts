/** Text of a makefile as make sees it after joining and unescaping, and where it stands in the file. */
export interface Text {
  readonly text: string;
  /** Where each UTF-16 unit of `text` begins in the file, and where the last one ends. */
  readonly at: readonly number[];
}

/** A part of a text. */
export function part({ text, at }: Text, start: number, end: number = text.length): Text {
  return { text: text.slice(start, end), at: at.slice(start, end + 1) };
}

/** A part without white space around it. */
export function trimmed(text: Text, start = 0, end: number = text.text.length): Text {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text.text[from]!)) from++;
  while (to > from && /\s/.test(text.text[to - 1]!)) to--;
  return part(text, from, to);
}

/** The words of a text, each with its place. White space inside of a reference parts none. */
export function words(text: Text): readonly Text[] {
  const found: Text[] = [];
  let start = -1;
  for (let i = 0; i <= text.text.length; i++) {
    const char = text.text[i];
    if (char === undefined || /\s/.test(char)) {
      if (start >= 0) found.push(part(text, start, i));
      start = -1;
    } else {
      if (start < 0) start = i;
      if (char === "$") i = afterReference(text.text, i) - 1;
    }
  }
  return found;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "{": "}" };

/** Where the reference that begins with the `$` at `dollar` ends: one after its last character. */
export function afterReference(text: string, dollar: number): number {
  const open = text[dollar + 1];
  if (open === undefined) return dollar + 1;
  const close = CLOSING[open];
  if (close === undefined) return dollar + 2;
  let depth = 0;
  for (let i = dollar + 1; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return text.length;
}

/** The first of `chars` that stands outside of references and has no backslash before it, or -1. */
export function findUnquoted(text: string, chars: string, from = 0): number {
  for (let i = from; i < text.length; i++) {
    const char = text[i]!;
    if (char === "$") i = afterReference(text, i) - 1;
    else if (chars.includes(char) && backslashesBefore(text, i) % 2 === 0) return i;
  }
  return -1;
}

/** How many backslashes stand directly before a place. */
export function backslashesBefore(text: string, place: number): number {
  let count = 0;
  while (text[place - 1 - count] === "\\") count++;
  return count;
}
