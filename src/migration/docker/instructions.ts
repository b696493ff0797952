import { lineEnd } from "../lines.ts";

/** A word of an instruction: its value without quotes, and its place in the file, quotes left out. */
export interface DockerWord {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One instruction of a Dockerfile; offsets are those of the file. */
export interface Instruction {
  /** In upper case; the inner one of ONBUILD. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `--from=builder` and the like. */
  readonly flags: readonly DockerWord[];
  /** What stands behind the flags; here-documents and comments between lines are no words. */
  readonly words: readonly DockerWord[];
  /** The text of its here-documents. */
  readonly documents: readonly { readonly start: number; readonly end: number }[];
}

/** The instructions of a Dockerfile, as BuildKit splits them: by lines, continuations and here-documents. */
export function instructionsOf(text: string): readonly Instruction[] {
  const escaper = /^(?:#\s*\w+\s*=.*\n)*?#\s*escape\s*=\s*`\s*$/m.test(head(text)) ? "`" : "\\";
  const found: Instruction[] = [];
  for (let at = 0; at < text.length; ) {
    const next = lineEnd(text, at);
    const line = text.slice(at, next);
    if (/^\s*(#|$)/.test(line)) {
      at = next;
      continue;
    }
    const pieces = piecesOf(text, at, escaper);
    const one = instruction(text, pieces, escaper);
    if (one !== null) found.push(one);
    at = Math.max(one?.end ?? 0, pieces.at(-1)!.next);
  }
  return found;
}

/** The comments at the very top, in which the parser directives stand. */
function head(text: string): string {
  return /^(#[^\n]*\n)*/.exec(text)![0];
}

interface Piece {
  readonly start: number;
  /** Without the continuation and the line end. */
  readonly end: number;
  readonly next: number;
}

/** The lines of one instruction; comment lines and empty ones between them are left out. */
function piecesOf(text: string, from: number, escaper: string): Piece[] {
  const pieces: Piece[] = [];
  for (let start = from; start < text.length; ) {
    const next = lineEnd(text, start);
    const line = text.slice(start, next);
    const skipped = pieces.length > 0 && /^\s*(#|$)/.test(line);
    const body = line.trimEnd();
    const goesOn = body.endsWith(escaper);
    if (!skipped) pieces.push({ start, end: start + body.length - (goesOn ? 1 : 0), next });
    if (!skipped && !goesOn) break;
    start = next;
  }
  return pieces;
}

function instruction(text: string, pieces: readonly Piece[], escaper: string): Instruction | null {
  const words = pieces.flatMap((piece) => wordsOf(text, piece, escaper));
  if (words[0]?.value.toUpperCase() === "ONBUILD") words.shift();
  const [name, ...rest] = words;
  if (name === undefined) return null;
  const count = rest.findIndex(({ value }) => !value.startsWith("--"));
  const flags = count < 0 ? rest : rest.slice(0, count);
  const last = pieces.at(-1)!;
  const documents = hereDocuments(text, pieces, last.next);
  return {
    name: name.value.toUpperCase(),
    start: name.start,
    end: documents.at(-1)?.next ?? last.end,
    flags,
    words: jsonForm(text, rest.slice(flags.length)),
    documents,
  };
}

function wordsOf(text: string, { start, end }: Piece, escaper: string): DockerWord[] {
  const words: DockerWord[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(?:[^\s"']|(?<=[^\s])["'])+/g;
  for (const { 0: whole, index } of text.slice(start, end).matchAll(pattern)) {
    const quotes = /^(["']).*\1$/s.test(whole) && whole.length > 1 ? 1 : 0;
    const at = start + index + quotes;
    const inner = whole.slice(quotes, whole.length - quotes);
    if (inner !== escaper) words.push({ value: inner, start: at, end: at + inner.length });
  }
  return words;
}

/** In `["a", "b"]` the brackets and commas are no words. */
function jsonForm(text: string, words: readonly DockerWord[]): readonly DockerWord[] {
  if (!words[0]?.value.startsWith("[")) return words;
  const from = words[0].start;
  const to = words.at(-1)!.end + 1;
  return [...text.slice(from, to).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(({ 1: value, index }) => {
    const start = from + index + 1;
    return { value: value!, start, end: start + value!.length };
  });
}

function hereDocuments(
  text: string,
  pieces: readonly Piece[],
  from: number,
): { start: number; end: number; next: number }[] {
  const found: { start: number; end: number; next: number }[] = [];
  let at = from;
  for (const { start, end } of pieces) {
    for (const { 2: name } of text.slice(start, end).matchAll(/<<-?\s*(["']?)(\w+)\1/g)) {
      const begin = at;
      while (at < text.length && text.slice(at, lineEnd(text, at)).trim() !== name) {
        at = lineEnd(text, at);
      }
      found.push({ start: begin, end: at, next: at < text.length ? lineEnd(text, at) : at });
      at = found.at(-1)!.next;
    }
  }
  return found;
}
