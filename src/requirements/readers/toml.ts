import { type AST, parseTOML } from "toml-eslint-parser";
import type { Metadata, NotUnderstood } from "../declaration.ts";
import { type Findings, noFindings, type Place } from "./findings.ts";
import { lineStarts, spanOf } from "./text.ts";

/** A TOML value with its offsets; those of a string stand inside its quotes. */
export type TomlValue = TomlString | TomlArray | TomlTable | TomlOther;

interface Offsets {
  readonly start: number;
  readonly end: number;
}

export interface TomlString extends Offsets {
  readonly kind: "string";
  readonly value: string;
}

export interface TomlArray extends Offsets {
  readonly kind: "array";
  readonly items: TomlValue[];
}

/** A table, however it is written: `[header]`, inline or by dotted keys. */
export interface TomlTable extends Offsets {
  readonly kind: "table";
  readonly entries: Map<string, TomlEntry>;
}

/** A number, a date or a boolean. */
export interface TomlOther extends Offsets {
  readonly kind: "other";
  readonly value: unknown;
}

/** A key and its value; the offsets hold both (`key = value`, or a whole `[header]` part). */
export interface TomlEntry extends Offsets {
  readonly value: TomlValue;
}

/** A TOML file as its readers share it. */
export interface TomlFile {
  readonly file: string;
  readonly root: TomlTable;
  readonly found: Findings;
  readonly place: (at: Offsets) => Place;
}

/** Reads a TOML text into a tree with offsets; what breaks it is the one thing not understood. */
export function readToml(file: string, text: string): TomlFile {
  const starts = lineStarts(text);
  const place = (at: Offsets): Place => ({
    span: spanOf(starts, at.start, at.end),
    raw: text.slice(at.start, at.end),
  });
  const found = noFindings();
  const root: TomlTable = { kind: "table", entries: new Map(), start: 0, end: text.length };
  try {
    const [top] = parseTOML(text).body;
    for (const node of top.body) {
      if (node.type === "TOMLKeyValue") addPair(root, node, text);
      else addTable(root, node, text);
    }
    return { file, root, found, place };
  } catch (problem) {
    const broken: NotUnderstood = {
      ...place(brokenAt(problem, starts, text)),
      reason: reasonOf(problem),
    };
    const nothing: TomlTable = { ...root, entries: new Map() };
    return { file, root: nothing, found: { ...found, notUnderstood: [broken] }, place };
  }
}

/** The value that stands under a path of keys, or undefined. */
export function under(table: TomlTable, ...path: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of path) {
    if (value?.kind !== "table") return undefined;
    value = value.entries.get(key)?.value;
  }
  return value;
}

/** The table that stands under a path of keys; an empty one where there is none. */
export function tableUnder(table: TomlTable, ...path: readonly string[]): TomlTable {
  const value = under(table, ...path);
  return value?.kind === "table" ? value : { kind: "table", entries: new Map(), start: 0, end: 0 };
}

/** The string that stands under a path of keys, or null. */
export function stringUnder(table: TomlTable, ...path: readonly string[]): string | null {
  const value = under(table, ...path);
  return value?.kind === "string" ? value.value : null;
}

export const noMetadata: Metadata = { name: null, version: null, requiresPython: null };

function addTable(root: TomlTable, node: AST.TOMLTable, text: string): void {
  const target = descend(root, node.resolvedKey, { start: node.range[0], end: node.range[1] });
  for (const pair of node.body) addPair(target, pair, text);
}

/** The table under a path of keys and array indices, made where it is not there yet. */
function descend(root: TomlTable, path: readonly (string | number)[], at: Offsets): TomlTable {
  let table = root;
  for (const [depth, key] of path.entries()) {
    if (typeof key === "number") continue; // taken together with the key before it
    const index = path[depth + 1];
    const known = table.entries.get(key)?.value;
    const fresh: TomlTable = { kind: "table", entries: new Map(), ...at };
    if (typeof index === "number") {
      const array: TomlArray =
        known?.kind === "array" ? known : { kind: "array", items: [], ...at };
      if (known === undefined) table.entries.set(key, { value: array, ...at });
      if (array.items[index] === undefined) array.items[index] = fresh;
      table = array.items[index] as TomlTable;
    } else if (known?.kind === "table") table = known;
    else {
      table.entries.set(key, { value: fresh, ...at });
      table = fresh;
    }
  }
  return table;
}

function addPair(table: TomlTable, pair: AST.TOMLKeyValue, text: string): void {
  const at = { start: pair.range[0], end: pair.range[1] };
  const keys = pair.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
  const target = descend(table, keys.slice(0, -1), at);
  target.entries.set(keys.at(-1)!, { value: toValue(pair.value, text), ...at });
}

function toValue(node: AST.TOMLContentNode, text: string): TomlValue {
  const at = { start: node.range[0], end: node.range[1] };
  if (node.type === "TOMLArray") {
    return { kind: "array", items: node.elements.map((item) => toValue(item, text)), ...at };
  }
  if (node.type === "TOMLInlineTable") {
    const table: TomlTable = { kind: "table", entries: new Map(), ...at };
    for (const pair of node.body) addPair(table, pair, text);
    return table;
  }
  if (node.kind !== "string") return { kind: "other", value: node.value, ...at };
  const quotes = node.multiline ? 3 : 1;
  let start = at.start + quotes;
  // A line end right after the opening quotes does not belong to the value.
  if (node.multiline && text[start] === "\r") start++;
  if (node.multiline && text[start] === "\n") start++;
  return { kind: "string", value: node.value, start, end: at.end - quotes };
}

function brokenAt(problem: unknown, starts: readonly number[], text: string): Offsets {
  const { index } = problem as { index?: unknown };
  const start = typeof index === "number" ? Math.min(Math.max(index, 0), text.length) : 0;
  const next = starts.find((begin) => begin > start) ?? text.length + 1;
  return { start, end: Math.max(start, Math.min(next - 1, text.length)) };
}

function reasonOf(problem: unknown): string {
  if (problem instanceof RangeError) return "not TOML that can be read: nested too deeply";
  return `not valid TOML: ${problem instanceof Error ? problem.message : String(problem)}`;
}
