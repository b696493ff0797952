import { childrenOf, type PythonNode } from "../python-text.ts";
import type { Findings, Place } from "./findings.ts";
import { type ListContext, readPep508 } from "./pep508.ts";
import type { Bindings } from "./python-bindings.ts";
import { fileReadBy } from "./python-file-idiom.ts";
import { contents, type PythonString, stringOf } from "./python-literal.ts";
import { trimmed } from "./text.ts";

/** A setup.py as its readers share it. */
export interface SetupFile {
  readonly file: string;
  readonly source: string;
  readonly bindings: Bindings;
  readonly found: Findings;
  readonly place: (at: { readonly from: number; readonly to: number }) => Place;
}

/** An entry of a dictionary whose keys are literal strings. */
export interface Pair {
  readonly name: string;
  readonly value: PythonNode;
}

const COMPUTED = "computed when setup.py runs; only literals are read";

/** Reads an expression that stands for requirements: what it holds in literals, and what not. */
export function readRequirementList(
  setup: SetupFile,
  node: PythonNode,
  context: ListContext,
): void {
  read(setup, node, context, new Set());
}

function read(setup: SetupFile, node: PythonNode, context: ListContext, seen: Set<string>): void {
  const string = stringOf(node, setup.source);
  if (string !== null) {
    readString(setup, string, context);
    return;
  }
  switch (node.name) {
    case "None":
      return;
    case "ArrayExpression":
    case "TupleExpression":
    case "SetExpression":
    case "ParenthesizedExpression":
      for (const item of contents(node)) read(setup, item, context, seen);
      return;
    case "BinaryExpression":
      if (node.firstChild?.nextSibling?.name !== "ArithOp") break;
      read(setup, node.firstChild, context, seen);
      read(setup, node.lastChild!, context, seen);
      return;
    case "CallExpression": {
      const inner = wrapped(node, setup.source);
      if (inner === null) break;
      read(setup, inner, context, seen);
      return;
    }
    case "VariableName":
      if (followed(setup, node, context, seen)) return;
      break;
  }
  readComputed(setup, node, context);
}

/** Reads what a name is bound to, when that is one place; what changes it later is not understood. */
function followed(
  setup: SetupFile,
  node: PythonNode,
  context: ListContext,
  seen: Set<string>,
): boolean {
  const name = setup.source.slice(node.from, node.to);
  const binding = setup.bindings.get(name);
  const value = binding?.values[0];
  if (binding === undefined || binding.values.length !== 1 || value == null || seen.has(name))
    return false;
  if (
    !/^(Array|Tuple|Set|Parenthesized|Binary|Call)Expression$|String$|VariableName/.test(value.name)
  )
    return false;
  read(setup, value, context, new Set([...seen, name]));
  for (const change of binding.changes) {
    const reason = `${name} is changed here when setup.py runs; only literals are read`;
    setup.found.notUnderstood.push({ ...setup.place(change), reason });
  }
  return true;
}

/** The argument of `list(…)`, `sorted(…)` and the like, or null. */
function wrapped(call: PythonNode, source: string): PythonNode | null {
  const [callee, list] = childrenOf(call);
  if (callee === undefined || list === undefined) return null;
  if (!/^(list|tuple|set|sorted|frozenset)$/.test(source.slice(callee.from, callee.to)))
    return null;
  const items = contents(list);
  return items.length === 1 ? items[0]! : null;
}

function readComputed(setup: SetupFile, node: PythonNode, context: ListContext): void {
  const place = setup.place(node);
  const file = fileReadBy(node, setup.source, setup.bindings);
  if (file === null) {
    setup.found.notUnderstood.push({ ...place, reason: COMPUTED });
    return;
  }
  const at = setup.place({ from: file.start, to: file.end });
  const reference = { kind: "include", target: file.value, ...at } as const;
  const { group } = context;
  setup.found.references.push(group.kind === "main" ? reference : { ...reference, group });
  setup.found.notes.push({
    ...place,
    message: `setup.py reads ${file.value} with code of its own`,
  });
}

/** A string stands for one requirement a line; comments and empty lines do not count. */
function readString(setup: SetupFile, string: PythonString, context: ListContext): void {
  const exact = setup.source.slice(string.start, string.end) === string.value;
  let at = 0;
  for (const line of string.value.split("\n")) {
    const comment = line.startsWith("#") ? 0 : line.indexOf(" #");
    const { start, end } = trimmed(line, 0, comment < 0 ? line.length : comment);
    const from = exact ? string.start + at + start : string.start;
    const to = exact ? string.start + at + end : string.end;
    if (start < end) readPep508(line.slice(start, end), setup.place({ from, to }), context);
    at += line.length + 1;
  }
}

/**
 * The entries of a dictionary literal, of `dict(name=…)`, or of a name bound once to one; else null.
 * A later change is not understood, unless it is of one key that does not concern us.
 */
export function namedPairs(
  setup: SetupFile,
  node: PythonNode,
  concerns: (key: string) => boolean = () => true,
): readonly Pair[] | null {
  return pairs(setup, node, new Set(), concerns);
}

function pairs(
  setup: SetupFile,
  node: PythonNode,
  seen: Set<string>,
  concerns: (key: string) => boolean,
): Pair[] | null {
  const text = setup.source.slice(node.from, node.to);
  if (node.name === "VariableName") {
    const binding = setup.bindings.get(text);
    const value = binding?.values[0];
    if (binding === undefined || binding.values.length !== 1 || value == null || seen.has(text))
      return null;
    const known = pairs(setup, value, new Set([...seen, text]), concerns);
    for (const change of known === null ? [] : binding.changes) {
      const key = changedKey(setup, change);
      if (key !== null && !concerns(key)) continue;
      const reason = `${text} is changed here when setup.py runs; only literals are read`;
      setup.found.notUnderstood.push({ ...setup.place(change), reason });
    }
    return known;
  }
  if (node.name === "DictionaryExpression")
    return entriesOf(setup, childrenOf(node), ":", seen, concerns);
  if (node.name !== "CallExpression" || !/^dict\(/.test(text)) return null;
  return entriesOf(setup, childrenOf(node.lastChild!), "AssignOp", seen, concerns);
}

/** The literal key of `name["key"] = …`, or null. */
function changedKey(setup: SetupFile, change: PythonNode): string | null {
  const member = change.name === "AssignStatement" ? change.firstChild : null;
  const key = member?.name === "MemberExpression" ? childrenOf(member)[2] : undefined;
  return key === undefined ? null : (stringOf(key, setup.source)?.value ?? null);
}

function entriesOf(
  setup: SetupFile,
  children: readonly PythonNode[],
  separator: string,
  seen: Set<string>,
  concerns: (key: string) => boolean,
): Pair[] | null {
  const entries: Pair[] = [];
  for (const [at, child] of children.entries()) {
    const value = children[at + 1];
    const key = children[at - 1];
    if (child.name === "**" && value !== undefined) {
      const more = pairs(setup, value, seen, concerns);
      if (more === null)
        setup.found.notUnderstood.push({ ...setup.place(value), reason: COMPUTED });
      entries.push(...(more ?? []));
    } else if (child.name === separator && key !== undefined && value !== undefined) {
      const name = separator === ":" ? stringOf(key, setup.source)?.value : textAt(setup, key);
      if (name !== undefined) entries.push({ name, value });
      else setup.found.notUnderstood.push({ ...setup.place(key), reason: COMPUTED });
    }
  }
  return entries;
}

function textAt(setup: SetupFile, node: PythonNode): string {
  return setup.source.slice(node.from, node.to);
}
