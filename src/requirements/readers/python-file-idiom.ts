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
  const visit = (current: PythonNode): void => {
    if (current.name === "String" || current.name === "ContinuedString") {
      const string = stringOf(current, source);
      if (string !== null && FILE.test(string.value)) files.set(string.value, string);
      return;
    }
    const joined = joinedPath(current, source);
    if (joined !== null && FILE.test(joined.value)) {
      files.set(joined.value, joined);
      return;
    }
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
  return files.size === 1 ? [...files.values()][0]! : null;
}

/** `os.path.join(here, "requirements", "base.txt")` as a path relative to `here`. */
function joinedPath(node: PythonNode, source: string): PythonString | null {
  if (node.name !== "CallExpression") return null;
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list === undefined) return null;
  if (!/\bjoin$/.test(source.slice(callee.from, callee.to))) return null;
  const strings = contents(list).flatMap((argument) => stringOf(argument, source) ?? []);
  if (strings.length === 0) return null;
  const value = strings.map((part) => part.value).join("/");
  return { value, start: node.from, end: node.to };
}
