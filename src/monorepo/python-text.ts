import { parser } from "@lezer/python";
import type { Span } from "../requirements/declaration.ts";

/** One node of a parsed Python file, as lezer's tree has it. */
export type PythonNode = ReturnType<typeof parser.parse>["topNode"];

/**
 * The top node of Python text, and where its offsets lie. Never throws: text that is no
 * Python gives a tree with error nodes. A byte order mark is read as a space.
 */
export function parsePython(text: string): {
  top: PythonNode;
  spanOf: (from: number, to: number) => Span;
  textOf: (node: { from: number; to: number }) => string;
} {
  const readable = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const starts = lineStarts(readable);
  return {
    top: parser.parse(readable).topNode,
    spanOf: (from, to) => {
      const start = position(starts, from);
      const end = position(starts, to);
      return {
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
      };
    },
    textOf: (node) => readable.slice(node.from, node.to),
  };
}

/** The child nodes of a node, in order. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** The text between the quotes of a plain string literal, or undefined where it is none. */
export function plainString(literal: string): string | undefined {
  return /^[rRuU]?("""|'''|"|')([^\\]*)\1$/s.exec(literal)?.[2];
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\r|\n/g)) starts.push(end.index + end[0].length);
  return starts;
}

function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}
