import { ESCAPES } from "../python-string.ts";
import { childrenOf, type PythonNode } from "../python-text.ts";

/** A string of a Python source, its value and its offsets; a plain literal's are inside the quotes. */
export interface PythonString {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The value of a string expression: a literal, literals side by side, or one in parentheses. Null
 * where it is none, holds bytes or is formatted.
 */
export function stringOf(node: PythonNode, source: string): PythonString | null {
  if (node.name === "String") return literal(node, source);
  if (node.name === "ParenthesizedExpression") {
    const [inner, ...more] = contents(node);
    return inner === undefined || more.length > 0 ? null : stringOf(inner, source);
  }
  if (node.name !== "ContinuedString") return null;
  const parts = childrenOf(node).filter((part) => part.name !== "Comment");
  const strings = parts.map((part) => stringOf(part, source));
  if (strings.some((part) => part === null)) return null;
  const value = strings.map((part) => part!.value).join("");
  return { value, start: node.from, end: node.to };
}

function literal(node: PythonNode, source: string): PythonString | null {
  const text = source.slice(node.from, node.to);
  const [, prefix, quotes] = /^([a-z]*)("""|'''|"|')/i.exec(text) ?? [];
  if (prefix === undefined || quotes === undefined || /[bft]/i.test(prefix)) return null;
  if (text.length < prefix.length + 2 * quotes.length || !text.endsWith(quotes)) return null;
  const start = node.from + prefix.length + quotes.length;
  const end = node.to - quotes.length;
  const body = source.slice(start, end).replace(/\r\n?/g, "\n");
  const value = /r/i.test(prefix) || !body.includes("\\") ? body : unescaped(body);
  return value === null ? null : { value, start, end };
}

function unescaped(body: string): string | null {
  let named = false;
  const value = body.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|(N\{[^}]*\})|([\s\S]))/gi,
    (written, hex, short, long, octal, name, other) => {
      if (name !== undefined) named = true; // a character by its Unicode name
      const code = hex ?? short ?? long;
      if (code !== undefined) return character(Number.parseInt(code, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      return ESCAPES[other] ?? written;
    },
  );
  return named ? null : value;
}

function character(code: number): string {
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}

/** The children of a bracketed node that are values: no brackets, commas, stars or comments. */
export function contents(node: PythonNode): PythonNode[] {
  return childrenOf(node).filter((child) => /^[A-Z]/.test(child.name) && child.name !== "Comment");
}
