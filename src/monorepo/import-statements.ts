import type { Span } from "../requirements/declaration.ts";
import { childrenOf, type PythonNode, parsePython } from "../requirements/python-text.ts";

/** One module that a Python file imports. */
export interface Import {
  /** Dotted, as written; `""` in `from . import x`. */
  readonly module: string;
  /** What follows `import` in `from MODULE import …`: names, or modules of that package. */
  readonly names: readonly string[];
  /** The leading dots; 0 for an absolute import. */
  readonly level: number;
  /** Whether the file expects that it may fail: under `try … except` or `TYPE_CHECKING`. */
  readonly guarded: boolean;
  /** The whole statement. */
  readonly span: Span;
}

/** The imports of a Python file, in its order, those inside functions included. Never throws. */
export function importsOf(text: string): Import[] {
  if (!text.includes("import")) return [];
  const parsed = parsePython(text);
  if (parsed === null) return [];
  const { top, spanOf, textOf } = parsed;
  const found: Import[] = [];
  const visit = (node: PythonNode, guarded: boolean) => {
    if (node.name === "ImportStatement") {
      const span = spanOf(node.from, node.to);
      for (const one of modulesIn(childrenOf(node), textOf)) found.push({ ...one, guarded, span });
      return;
    }
    const guards = guarded || node.name === "TryStatement" || isForTypes(node, textOf);
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child, guards);
  };
  visit(top, false);
  return found;
}

/** Whether a Python file changes where modules are found, as far as its words say. */
export function setsItsPath(text: string): boolean {
  return /\bsys\s*\.\s*path\s*(\.\s*(insert|append|extend)|\[|\+?=[^=])|\baddsitedir\b/.test(text);
}

type TextOf = (node: PythonNode) => string;

function isForTypes(node: PythonNode, textOf: TextOf): boolean {
  if (node.name !== "IfStatement") return false;
  const condition = childrenOf(node)[1];
  return condition !== undefined && /(^|\.)TYPE_CHECKING$/.test(textOf(condition));
}

function modulesIn(parts: readonly PythonNode[], textOf: TextOf) {
  const words = parts.map(textOf);
  if (words[0] !== "from") {
    return items(words.slice(1)).map((module) => ({ module, names: [], level: 0 }));
  }
  const middle = words.indexOf("import");
  const source = words.slice(1, middle < 0 ? undefined : middle).join("");
  const module = source.replace(/^\.+/, "");
  const names = middle < 0 ? [] : items(words.slice(middle + 1));
  return [{ module, names, level: source.length - module.length }];
}

/** The items of a list as `a.b as c, d`, without what they are renamed to. */
function items(words: readonly string[]): string[] {
  const found = [""];
  let renamed = false;
  for (const word of words) {
    if (word === ",") found.push("");
    if (word === "," || word === "as") renamed = word === "as";
    else if (!renamed && word !== "(" && word !== ")") found[found.length - 1] += word;
  }
  return found.filter((item) => item !== "");
}
