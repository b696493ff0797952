import { isMap, isNode, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import type { Located, Reading } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { parseSpecifierSet, writtenSpecifiers } from "../specifier.ts";
import { type Findings, noFindings, type Place, reading } from "./findings.ts";
import { logicalLines } from "./logical-lines.ts";
import { readLine } from "./requirements-line.ts";
import { lineStarts, spanOf } from "./text.ts";

interface Environment {
  readonly file: string;
  readonly source: string;
  readonly found: Findings;
  readonly place: (start: number, end: number) => Place;
}

/**
 * Reads a Conda environment file: the lines of its `pip:` list as a requirements file has them, its
 * `python` as a bound, and every other Conda package as a note, since nothing of pip's can stand
 * for it. Never throws.
 */
export function readEnvironment(file: string, text: string): Reading {
  const starts = lineStarts(text);
  const place = (start: number, end: number): Place => ({
    span: spanOf(starts, start, end),
    raw: text.slice(start, end),
  });
  const environment: Environment = { file, source: text, found: noFindings(), place };
  const requiresPython = readDocument(environment);
  const metadata = { name: null, version: null, requiresPython };
  return reading(file, "environment.yml", environment.found, metadata);
}

/** Longer than what people write; the parser's time must have a bound. */
const LONGEST = 200_000;

function readDocument(environment: Environment): Located | null {
  const { found, place, source } = environment;
  // Without that word it is somebody else's file, valid or not.
  if (!source.includes("dependencies")) return null;
  if (source.length > LONGEST) {
    const reason = `longer than ${LONGEST} characters: too long for an environment file`;
    found.notUnderstood.push({ ...place(0, 0), reason });
    return null;
  }
  try {
    // Every scalar stays the text it is: 3.10 must not become 3.1.
    const document = parseDocument(source, {
      schema: "failsafe",
      logLevel: "silent",
      prettyErrors: false,
      uniqueKeys: false, // its time grows with the square of the keys
    });
    const [problem] = document.errors;
    if (problem !== undefined) {
      const [start, end] = problem.pos;
      const reason = `not valid YAML: ${problem.message}`;
      found.notUnderstood.push({
        ...place(start, Math.min(Math.max(end, start), source.length)),
        reason,
      });
      return null;
    }
    if (!isMap(document.contents)) return null;
    const lists = document.contents.items.filter(({ key }) => isNamed(key, "dependencies"));
    for (const { key } of lists.slice(1)) refuse(environment, key, "a second list of dependencies");
    const list = lists[0]?.value;
    return isSeq(list) ? readItems(environment, list.items) : null;
  } catch (problem) {
    const reason = problem instanceof RangeError ? "YAML nested too deeply" : "not valid YAML";
    found.notUnderstood.push({ ...place(0, source.length), reason });
    return null;
  }
}

function readItems(environment: Environment, items: readonly unknown[]): Located | null {
  let python: Located | null = null;
  for (const item of items) {
    if (isText(item)) python = readConda(environment, item) ?? python;
    else if (!isMap(item)) refuse(environment, item);
    else {
      for (const { key, value } of item.items) {
        if (!isNamed(key, "pip")) refuse(environment, key);
        else
          for (const line of isSeq(value) ? value.items : [value]) readPipLines(environment, line);
      }
    }
  }
  return python;
}

function isNamed(key: unknown, name: string): boolean {
  return isScalar(key) && key.value === name;
}

function refuse(
  { found, place }: Environment,
  node: unknown,
  reason = "expected a package, or a list of lines under pip:",
): void {
  const range = isNode(node) ? node.range : null;
  if (range == null) return;
  found.notUnderstood.push({ ...place(range[0], range[1]), reason });
}

type Text = Scalar<string> & { range: NonNullable<Scalar["range"]> };

function isText(node: unknown): node is Text {
  return isScalar(node) && typeof node.value === "string" && node.range != null;
}

/** Conda writes each item of the `pip:` list as a line of a requirements file. */
function readPipLines(environment: Environment, item: unknown): void {
  if (!isText(item)) {
    refuse(environment, item);
    return;
  }
  const { file, found, place, source } = environment;
  const [start, end] = item.range;
  const quotes = /^["']/.test(source.slice(start, end)) ? 1 : 0;
  const exact = source.slice(start + quotes, end - quotes) === item.value;
  for (const line of logicalLines(item.value).lines) {
    const first = line.pieces[0]!.offset;
    const placeOf = (from: number, to: number) =>
      exact && line.pieces.length === 1
        ? place(start + quotes + first + from, start + quotes + first + to)
        : place(start, end);
    readLine(file, line.text, placeOf, { kind: "main", name: null }, found);
  }
}

/** A package of Conda's. Only `python` says something to us: which Python it wants. */
function readConda({ found, place }: Environment, item: Text): Located | null {
  const at = place(item.range[0], item.range[1]);
  const spec = item.value.replace(/^.*::/, "").trim();
  const bound = /^python(?=$|[\s=<>!~[])/i.test(spec)
    ? pythonBound(spec.slice("python".length))
    : null;
  if (bound !== null) return bound === "" ? null : { value: bound, span: at.span };
  if (/^pip(?=$|[\s=<>!~[])/i.test(spec)) return null; // every environment with a `pip:` list has it
  found.notes.push({ ...at, message: "a Conda package: pip cannot install it from here" });
  return null;
}

/** Conda's version constraint in PEP 440: `=3.10` is any 3.10; null where it cannot be said. */
function pythonBound(constraint: string): string | null {
  const text = constraint.trim();
  if (text === "" || text === "*") return "";
  const plain = /^=?\s*(\d+(?:\.\d+)*)(?:\.?\*)?(?:[=\s]\S+)?$/.exec(text)?.[1];
  if (plain !== undefined) return `==${plain}.*`;
  const set = parseSpecifierSet(text);
  return isFailure(set) ? null : writtenSpecifiers(set);
}
