import type { YAMLMap, YAMLSeq } from "yaml";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import type { Edit } from "../site.ts";

/** A YAML file as its nodes, with their places in the text. */
export interface YamlFile {
  readonly root: YAMLMap | null;
  /** Why it was not understood, with the line (from 1); null where it was. */
  readonly problem: { readonly line: number; readonly message: string } | null;
}

export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    return { root: null, problem: { line, message: error.message.split("\n")[0]! } };
  }
  return { root: isMap(document.contents) ? document.contents : null, problem: null };
}

/** The list at a key that is written with dashes; null for any other value. */
export function blockList(map: YAMLMap, key: string): YAMLSeq | null {
  const list = map.get(key);
  return isSeq(list) && list.flow !== true && list.items.length > 0 ? list : null;
}

/**
 * Puts an item behind the nth of a list with dashes. `lines` are the item's, without dash and
 * indentation.
 */
export function itemAfter(text: string, list: YAMLSeq, index: number, lines: string[]): Edit {
  const dash = " ".repeat(columnOf(text, startOf(list)));
  const all = lines.map((line, i) => `${dash}${i === 0 ? "- " : "  "}${line}`);
  const spaced = index > 0 && hasBlankBefore(text, startOf(list.items[index]));
  return insertLines(text, endOf(list.items[index]), spaced ? ["", ...all] : all);
}

/** Puts an entry behind the last of a map whose entries stand on lines of their own. */
export function entryAtEnd(text: string, map: YAMLMap, lines: string[]): Edit {
  const indent = " ".repeat(columnOf(text, startOf(map)));
  const last = map.items.at(-1)!;
  const all = lines.map((line) => (line === "" ? "" : `${indent}${line}`));
  return insertLines(text, endOf(last.value ?? last.key), ["", ...all]);
}

/** Whole lines behind the line in which something ends. */
function insertLines(text: string, end: number, lines: string[]): Edit {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const said = text.slice(0, end).trimEnd().length;
  const newline = text.indexOf("\n", said);
  const at = newline < 0 ? text.length : newline + 1;
  const before = newline < 0 ? eol : "";
  return { start: at, end: at, text: `${before}${lines.join(eol)}${eol}` };
}

/** The column (from 0) of an offset. */
function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

function hasBlankBefore(text: string, offset: number): boolean {
  return /\n[ \t]*\r?\n[ \t]*(#[^\n]*\n[ \t]*)*(- *)?$/.test(text.slice(0, offset));
}

function startOf(node: unknown): number {
  return (node as { range?: [number, number, number] }).range?.[0] ?? 0;
}

function endOf(node: unknown): number {
  return (node as { range?: [number, number, number] }).range?.[1] ?? 0;
}
