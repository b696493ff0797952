import { parser } from "@lezer/markdown";
import { lineEnd } from "../lines.ts";

/** A piece of code in a document. */
export interface CodeBlock {
  /** What it says that it is written in, in lower case; `` where it does not say. */
  readonly language: string;
  /** Where its text stands, in pieces where each line has something before it. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** Inside a line of prose. */
  readonly inline: boolean;
}

/** The code of a Markdown text. */
export function markdownBlocks(text: string): readonly CodeBlock[] {
  const found: CodeBlock[] = [];
  parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name === "InlineCode") {
        const [first, last] = [node.firstChild, node.lastChild];
        if (first === null || last === null) return;
        found.push({ language: "", inline: true, pieces: [{ start: first.to, end: last.from }] });
      } else if (name === "FencedCode" || name === "CodeBlock") {
        const info = node.getChild("CodeInfo");
        const language = info === null ? "" : text.slice(info.from, info.to);
        const pieces = node
          .getChildren("CodeText")
          .map(({ from, to }) => ({ start: from, end: to }));
        const word =
          language
            .trim()
            .replace(/^\{?\.?/, "")
            .split(/[\s,{}:]/)[0] ?? "";
        found.push({ language: word.toLowerCase(), inline: false, pieces });
      }
    },
  });
  return found;
}

/** The code of a reStructuredText: directives, literal blocks and inline literals. */
export function rstBlocks(text: string): readonly CodeBlock[] {
  const found: CodeBlock[] = [];
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    const line = text.slice(lines[i]!.start, lines[i]!.end);
    const directive =
      /^(\s*)\.\.\s+(?:code-block|code|sourcecode|prompt|parsed-literal)::\s*(\S*)/.exec(line);
    const literal = directive === null && /^(\s*)(?!\.\.).*::\s*$/.exec(line);
    const begun = directive ?? literal;
    if (!begun) {
      found.push(...inlineIn(line, lines[i]!.start, /``([^`]+)``/g, 2));
      continue;
    }
    const { pieces, next } = indentedBelow(text, lines, i + 1, begun[1]!.length);
    found.push({ language: (directive?.[2] ?? "").toLowerCase(), inline: false, pieces });
    i = Math.max(i, next - 1);
  }
  return found;
}

/** The lines that are indented deeper than `outer`, options of a directive left out. */
function indentedBelow(
  text: string,
  lines: readonly { start: number; end: number }[],
  from: number,
  outer: number,
): { pieces: { start: number; end: number }[]; next: number } {
  const pieces: { start: number; end: number }[] = [];
  let depth = -1;
  let i = from;
  for (; i < lines.length; i++) {
    const { start, end } = lines[i]!;
    const line = text.slice(start, end);
    const indent = /^\s*/.exec(line.trimEnd())![0].length;
    if (line.trim() === "") {
      if (depth >= 0)
        pieces.push({ start: lineEnd(text, start) - (line.endsWith("\r\n") ? 2 : 1), end });
      continue;
    }
    if (indent <= outer) break;
    if (depth < 0 && /^\s*:[\w-]+:/.test(line)) continue;
    if (depth < 0) depth = indent;
    pieces.push({ start: start + Math.min(depth, indent), end });
  }
  return { pieces, next: i };
}

/** The code of an AsciiDoc text: delimited blocks and inline code. */
export function adocBlocks(text: string): readonly CodeBlock[] {
  const found: CodeBlock[] = [];
  const lines = linesOf(text);
  let language = "";
  for (let i = 0; i < lines.length; i++) {
    const line = text.slice(lines[i]!.start, lines[i]!.end).trimEnd();
    const source = /^\[(?:source|,)[,%\w]*,\s*([\w-]+)/.exec(line)?.[1];
    if (/^(-{4,}|\.{4,}|```+\w*)$/.test(line)) {
      const closing = line.replace(/^(`+).*/, "$1");
      const end = lines.findIndex(
        (one, at) => at > i && text.slice(one.start, one.end).trimEnd() === closing,
      );
      if (end < 0) return found;
      found.push({
        language: language || line.replace(/^`+|[-.]+/g, ""),
        inline: false,
        pieces: lines.slice(i + 1, end),
      });
      i = end;
      language = "";
    } else {
      language = source?.toLowerCase() ?? "";
      found.push(...inlineIn(line, lines[i]!.start, /`([^`]+)`/g, 1));
    }
  }
  return found;
}

function inlineIn(line: string, start: number, pattern: RegExp, marks: number): CodeBlock[] {
  return [...line.matchAll(pattern)].map(({ 1: code, index }) => {
    const from = start + index + marks;
    return { language: "", inline: true, pieces: [{ start: from, end: from + code!.length }] };
  });
}

function linesOf(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; start = lineEnd(text, start)) {
    lines.push({ start, end: lineEnd(text, start) });
  }
  return lines;
}
