import type { ParseFailure } from "./failure.ts";
import { isFailure } from "./failure.ts";
import { normalizeName } from "./name.ts";
import { printLiteral, readLiteral } from "./python-string.ts";

/** What a marker can ask of an interpreter; the first eleven are in its marker environment. */
export type Variable =
  | "python_version"
  | "python_full_version"
  | "implementation_name"
  | "implementation_version"
  | "platform_python_implementation"
  | "os_name"
  | "sys_platform"
  | "platform_machine"
  | "platform_release"
  | "platform_system"
  | "platform_version"
  | "extra"
  | "extras"
  | "dependency_groups";

export type Operand =
  | { readonly kind: "variable"; readonly name: Variable }
  | { readonly kind: "literal"; readonly value: string };

export type MarkerOperator = "===" | "==" | "!=" | "~=" | "<=" | ">=" | "<" | ">" | "in" | "not in";

export interface Comparison {
  readonly kind: "comparison";
  readonly left: Operand;
  readonly operator: MarkerOperator;
  readonly right: Operand;
}

/** Markers joined by one word; `grouped` where the author wrote parentheses around them. */
export interface Combination {
  readonly kind: "and" | "or";
  readonly items: readonly Marker[];
  readonly grouped: boolean;
}

/** A condition on the environment that a requirement is for (PEP 508). */
export type Marker = Comparison | Combination;

const SPACES = /[ \t]*/y;
const WORD_OPERATOR = /in\b|not[ \t]+in\b/y;
const OPERATOR = /===|==|~=|!=|<=|>=|<|>/y;
const BOOLEAN = /\b(?:and|or)\b/y;
const QUOTED = /'[^']*'|"[^"]*"/y;
const VARIABLE =
  /(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_(?:release|system)|platform[._](?:version|machine|python_implementation)|python_implementation|implementation_(?:name|version)|extras?|dependency_groups)\b/y;
const DOTS = /\./g;
const GAPS = /[ \t]+/g;

/** How deep parentheses may nest before a marker counts as not understood. */
const DEEPEST = 200;

/** Reads a whole text as one marker. */
export function parseMarker(text: string): Marker | ParseFailure {
  const read = parseMarkerAt(text, 0);
  if (isFailure(read)) return read;
  return read.end === text.length
    ? read.marker
    : { message: "expected 'and', 'or' or the end of the marker", offset: read.end };
}

/** Reads the marker that begins at `start` and says where it ends (white space after it included). */
export function parseMarkerAt(
  text: string,
  start: number,
): { readonly marker: Marker; readonly end: number } | ParseFailure {
  const cursor: Cursor = { text, position: start, depth: 0 };
  const marker = parseChoice(cursor);
  return isFailure(marker) ? marker : { marker, end: cursor.position };
}

interface Cursor {
  readonly text: string;
  position: number;
  depth: number;
}

/** `a and b or c`: alternatives, each of conditions that hold together. */
function parseChoice(cursor: Cursor): Marker | ParseFailure {
  const choices: Marker[] = [];
  let together: Marker[] = [];
  for (;;) {
    const one = parseAtom(cursor);
    if (isFailure(one)) return one;
    together.push(one);
    const word = take(cursor, BOOLEAN);
    if (word !== "and") {
      choices.push(join("and", together));
      together = [];
    }
    if (word === null) return join("or", choices);
  }
}

function parseAtom(cursor: Cursor): Marker | ParseFailure {
  take(cursor, SPACES);
  const open = cursor.position;
  if (cursor.text[open] !== "(") return parseComparison(cursor);
  if (cursor.depth === DEEPEST) return { message: "parentheses nest too deep", offset: open };
  cursor.position++;
  cursor.depth++;
  const inner = parseChoice(cursor);
  cursor.depth--;
  if (isFailure(inner)) return inner;
  if (cursor.text[cursor.position] !== ")") {
    return { message: "this parenthesis is never closed", offset: open };
  }
  cursor.position++;
  take(cursor, SPACES);
  return inner.kind === "comparison" ? inner : { ...inner, grouped: true };
}

function parseComparison(cursor: Cursor): Comparison | ParseFailure {
  const left = parseOperand(cursor);
  if (isFailure(left)) return left;
  take(cursor, SPACES);
  const written = take(cursor, OPERATOR) ?? take(cursor, WORD_OPERATOR);
  if (written === null) {
    return {
      message: "expected one of <=, <, !=, ==, >=, >, ~=, ===, in, not in",
      offset: cursor.position,
    };
  }
  take(cursor, SPACES);
  const right = parseOperand(cursor);
  if (isFailure(right)) return right;
  take(cursor, SPACES);
  const operator = written.replace(GAPS, " ") as MarkerOperator;
  return normalizeExtra({ kind: "comparison", left, operator, right });
}

function parseOperand(cursor: Cursor): Operand | ParseFailure {
  const start = cursor.position;
  const variable = take(cursor, VARIABLE);
  if (variable !== null) return { kind: "variable", name: variableName(variable) };
  const quoted = take(cursor, QUOTED);
  if (quoted === null)
    return { message: "expected a marker variable or a quoted string", offset: start };
  const value = readLiteral(quoted);
  if (value === null) return { message: "not a valid quoted string", offset: start };
  return { kind: "literal", value };
}

/** The names that setuptools and PEP 345 used are accepted for the same variables. */
function variableName(written: string): Variable {
  const name = written.replace(DOTS, "_");
  return name === "python_implementation" ? "platform_python_implementation" : (name as Variable);
}

/** Names of extras and groups compare in their normal form, so they are kept in it (PEP 685). */
function normalizeExtra(comparison: Comparison): Comparison {
  const { left, right } = comparison;
  if (isVariable(left, "extra") && right.kind === "literal") {
    return { ...comparison, right: { kind: "literal", value: normalizeName(right.value) } };
  }
  if (left.kind === "literal" && right.kind === "variable" && namesExtras(right.name)) {
    return { ...comparison, left: { kind: "literal", value: normalizeName(left.value) } };
  }
  return comparison;
}

function namesExtras(name: Variable): boolean {
  return name === "extra" || name === "extras" || name === "dependency_groups";
}

function isVariable(operand: Operand, name: Variable): boolean {
  return operand.kind === "variable" && operand.name === name;
}

/** The marker as `packaging` prints it: double quotes, only the parentheses that were written. */
export function printMarker(marker: Marker): string {
  if (marker.kind === "comparison") {
    return `${printOperand(marker.left)} ${marker.operator} ${printOperand(marker.right)}`;
  }
  return marker.items
    .map((item) => {
      const text = printMarker(item);
      const needed = item.kind === "or" && marker.kind === "and";
      return item.kind !== "comparison" && (item.grouped || needed) ? `(${text})` : text;
    })
    .join(` ${marker.kind} `);
}

function printOperand(operand: Operand): string {
  return operand.kind === "variable" ? operand.name : printLiteral(operand.value);
}

/** One marker of several; a single one stays itself. */
function join(kind: "and" | "or", items: readonly Marker[]): Marker {
  return items.length === 1 ? items[0]! : { kind, items, grouped: false };
}

function take(cursor: Cursor, rule: RegExp): string | null {
  rule.lastIndex = cursor.position;
  if (!rule.test(cursor.text)) return null;
  const start = cursor.position;
  cursor.position = rule.lastIndex;
  return cursor.text.slice(start, cursor.position);
}
