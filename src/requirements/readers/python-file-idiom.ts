import { childrenOf, type PythonNode } from "../python-text.ts";
import type { Bindings } from "./python-bindings.ts";
import { contents, type PythonString, stringOf } from "./python-literal.ts";

const FILE = /(^|[/\\])[^/\\]*(require|reqs?|deps|dependenc)[^/\\]*\.[a-z]+$|\.(txt|in|pip)$/i;

/**
 * The one requirements file that an expression reads, when exactly one file name stands in it, in
 * what its names are bound to, or in the functions it calls (`open("requirements.txt").read()`,
 * `parse_requirements("requirements.txt")`); else null.
 */
export function fileReadBy(
  node: PythonNode,
  source: string,
  bindings: Bindings,
): PythonString | null {
  const files = new Map<string, PythonString>();
  const seen = new Set<string>();
  let unclear = false;
  const visit = (current: PythonNode): void => {
    if (current.name === "String" || current.name === "ContinuedString") {
      const string = stringOf(current, source);
      if (string !== null && FILE.test(string.value)) files.set(string.value, string);
      return;
    }
    const joined = joinedPath(current, source);
    if (joined !== null) {
      if (FILE.test(joined.value)) files.set(joined.value, joined);
      else unclear = true; // a folder, and the file's name comes from elsewhere
      return;
    }
    if (addsToName(current, source, bindings)) unclear = true;
    if (current.name === "VariableName") {
      const name = source.slice(current.from, current.to);
      const values = bindings.get(name)?.values ?? [];
      if (seen.has(name) || values.length !== 1 || values[0] === null) return;
      seen.add(name);
      visit(values[0]!);
      return;
    }
    for (const child of childrenOf(current)) visit(child);
  };
  visit(node);
  return files.size === 1 && !unclear ? [...files.values()][0]! : null;
}

/** Whether a function of the file is handed more text than a file's name: maybe a part of its path. */
function addsToName(node: PythonNode, source: string, bindings: Bindings): boolean {
  const [callee, list] = node.name === "CallExpression" ? childrenOf(node) : [];
  if (callee?.name !== "VariableName" || list === undefined) return false;
  if (!bindings.has(source.slice(callee.from, callee.to))) return false;
  const values = childrenOf(list);
  return values.some((value, at) => {
    const text = values[at - 1]?.name === "AssignOp" ? null : stringOf(value, source);
    return text !== null && !FILE.test(text.value);
  });
}

/** `os.path.join(here, "requirements", "base.txt")`, or with `/`, as a path relative to `here`. */
function joinedPath(node: PythonNode, source: string): PythonString | null {
  if (node.name === "BinaryExpression") return slashed(node, source);
  if (node.name !== "CallExpression") return null;
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list === undefined) return null;
  if (!/\bjoin$/.test(source.slice(callee.from, callee.to))) return null;
  const strings = contents(list).flatMap((argument) => stringOf(argument, source) ?? []);
  if (strings.length === 0) return null;
  const value = strings.map((part) => part.value).join("/");
  return { value, start: node.from, end: node.to };
}

function slashed(node: PythonNode, source: string): PythonString | null {
  const parts: string[] = [];
  let left = node;
  while (left.name === "BinaryExpression") {
    const [first, operator, last] = childrenOf(left);
    if (operator === undefined || source.slice(operator.from, operator.to) !== "/") return null;
    const text = last === undefined ? null : stringOf(last, source);
    if (text === null) return null;
    parts.unshift(text.value);
    left = first!;
  }
  return { value: parts.join("/"), start: node.from, end: node.to };
}
