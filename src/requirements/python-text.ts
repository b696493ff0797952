import { parser } from "@lezer/python";
import type { Span } from "./declaration.ts";
import { lineStarts, spanOf } from "./readers/text.ts";

/** One node of a parsed Python file, as lezer's tree has it. */
export type PythonNode = ReturnType<typeof parser.parse>["topNode"];

/** A parsed Python text, and where its offsets lie. */
export interface PythonText {
  readonly top: PythonNode;
  /** What the offsets count in. */
  readonly source: string;
  readonly spanOf: (from: number, to: number) => Span;
  readonly textOf: (node: { from: number; to: number }) => string;
}

/**
 * Parses Python text; null for a long one that is no Python, since mending what is broken takes
 * a hundred times as long as reading what is not. Never throws: a short text that is no Python
 * gives a tree with error nodes. A byte order mark is read as a space.
 */
export function parsePython(text: string): PythonText | null {
  const readable = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const top = topNode(readable);
  if (top === null) return null;
  const starts = lineStarts(readable);
  return {
    top,
    source: readable,
    spanOf: (from, to) => spanOf(starts, from, to),
    textOf: (node) => readable.slice(node.from, node.to),
  };
}

/** From here on (in characters) a text must be Python. */
const LONG = 50_000;

function topNode(text: string): PythonNode | null {
  if (text.length < LONG) return parser.parse(text).topNode;
  try {
    return parser.configure({ strict: true }).parse(text).topNode;
  } catch (problem) {
    if (problem instanceof SyntaxError) return null;
    throw problem;
  }
}

/** The child nodes of a node, in order. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
