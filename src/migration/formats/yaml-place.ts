import { isCollection, isNode } from "yaml";
import { lineEnd, lineStart } from "../lines.ts";
import type { YamlNode } from "./yaml-text.ts";

/** An item of a block list: its lines, and the blanks and dash that begin it. */
export interface ItemPlace {
  readonly start: number;
  readonly end: number;
  /** What stands before the dash on its line. */
  readonly indent: string;
  /** Where its dash is. */
  readonly dash: number;
}

/** Where an item of a list written line by line stands; null for one in brackets or behind another dash. */
export function itemPlace(text: string, item: YamlNode): ItemPlace | null {
  if (!isNode(item) || item.range == null) return null;
  const [from, to] = item.range;
  let dash = from - 1;
  // Between the dash and the value there may be a tag, an anchor, comments and line ends.
  while (dash >= 0 && !/^[ \t]*-(?=[ \t\r\n]|$)/.test(text.slice(lineStart(text, dash), from)))
    dash = lineStart(text, dash) - 1;
  if (dash < 0 && !/^[ \t]*-/.test(text.slice(0, from))) return null;
  const start = lineStart(text, Math.max(dash, 0));
  const [indent] = /^[ \t]*/.exec(text.slice(start))!;
  const between = text.slice(start + indent.length + 1, from);
  if (!/^([ \t\r\n]|#[^\n]*\n|[&!][^\s]*)*$/.test(between)) return null;
  const end = text[to - 1] === "\n" ? to : lineEnd(text, to);
  const last = text.slice(to, end).trim();
  if (last !== "" && !last.startsWith("#")) return null;
  return { start, end, indent, dash: start + indent.length };
}

/** Whether a map or list is written in brackets. */
export function isFlow(node: YamlNode): boolean {
  return isCollection(node) && node.flow === true;
}
