import { findNodeAtLocation, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Fragment } from "../fragment.ts";

/** A JSON file, comments and trailing commas allowed; null where it is not valid. */
export function readJson(text: string): Node | null {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? (tree ?? null) : null;
  } catch {
    return null; // nested too deeply
  }
}

/** The value at a path of keys and indexes, or null. */
export function jsonAt(node: Node | null, ...path: readonly (string | number)[]): Node | null {
  return node === null ? null : (findNodeAtLocation(node, [...path]) ?? null);
}

/** The pairs of an object; none for anything else. */
export function jsonPairs(node: Node | null): readonly { key: Node; value: Node }[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
}

/** The items of an array; none for anything else. */
export function jsonItems(node: Node | null): readonly Node[] {
  return node?.type === "array" ? (node.children ?? []) : [];
}

/** The text of a string, or null for anything else. */
export function jsonString(node: Node | null): string | null {
  return node?.type === "string" ? (node.value as string) : null;
}

/** Text as it is written inside the quotes of a JSON string. */
export function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The value of a string as the program gets it; null for anything else. */
export function jsonFragment(file: string, node: Node | null): Fragment | null {
  const value = jsonString(node);
  if (node === null || value === null) return null;
  const offsets: number[] = [];
  const end = node.offset + node.length - 1;
  for (let at = node.offset + 1; at < end; ) {
    offsets.push(at);
    at += file[at] !== "\\" ? 1 : file[at + 1] === "u" ? 6 : 2;
  }
  offsets.push(end);
  return offsets.length === value.length + 1 ? { text: value, offsets, escape: jsonEscape } : null;
}
