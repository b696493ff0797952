import type { Span } from "../requirements/declaration.ts";
import { childrenOf, type PythonNode, parsePython, plainString } from "./python-text.ts";

/**
 * Where a Python file's `__main__` blocks are: the span of each `if` (or `elif`) with its
 * condition, in the order of the file. A block counts where it runs when the file is run:
 * at module level (also inside `try`, `with` or another `if` there), with a condition that
 * compares `__name__` with `"__main__"`, either way round, alone or joined by `and` or `or`.
 */
export function mainBlocks(text: string): Span[] {
  if (!text.includes("__main__") || !text.includes("__name__")) return [];
  const { top, spanOf, textOf } = parsePython(text);
  const found: Span[] = [];

  const visit = (node: PythonNode) => {
    for (const child of childrenOf(node)) {
      if (child.name === "IfStatement") visitBranches(child);
      else if (HOLDS_MODULE_LEVEL.has(child.name)) visit(child);
    }
  };

  const visitBranches = (statement: PythonNode) => {
    const parts = childrenOf(statement);
    for (const [index, part] of parts.entries()) {
      const condition = parts[index + 1];
      if ((part.name === "if" || part.name === "elif") && condition) {
        if (asksForMain(condition, textOf)) found.push(spanOf(part.from, condition.to));
      } else if (part.name === "Body") visit(part);
    }
  };

  visit(top);
  return found;
}

const HOLDS_MODULE_LEVEL = new Set([
  "TryStatement",
  "WithStatement",
  "ForStatement",
  "WhileStatement",
  "Body",
]);

function asksForMain(condition: PythonNode, textOf: (node: PythonNode) => string): boolean {
  const parts = childrenOf(condition);
  if (condition.name === "ParenthesizedExpression") {
    return parts.some((part) => asksForMain(part, textOf));
  }
  if (condition.name !== "BinaryExpression" || parts.length < 3) return false;
  const [left, operator, right] = parts as [PythonNode, PythonNode, PythonNode];
  switch (textOf(operator)) {
    case "and":
    case "or":
      return asksForMain(left, textOf) || asksForMain(right, textOf);
    case "==":
      return isNameAndMain(left, right, textOf) || isNameAndMain(right, left, textOf);
    case "in":
      return textOf(left) === "__name__" && childrenOf(right).some((item) => isMain(item, textOf));
    default:
      return false;
  }
}

function isNameAndMain(name: PythonNode, main: PythonNode, textOf: (node: PythonNode) => string) {
  return textOf(inner(name)) === "__name__" && isMain(inner(main), textOf);
}

function isMain(node: PythonNode, textOf: (node: PythonNode) => string): boolean {
  return node.name === "String" && plainString(textOf(node)) === "__main__";
}

function inner(node: PythonNode): PythonNode {
  const content = node.name === "ParenthesizedExpression" ? childrenOf(node)[1] : undefined;
  return content ? inner(content) : node;
}
