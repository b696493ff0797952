import type { Span } from "../requirements/declaration.ts";
import {
  childrenOf,
  type PythonNode,
  type PythonText,
  parsePython,
} from "../requirements/python-text.ts";
import { stringOf } from "../requirements/readers/python-literal.ts";
import { lineStarts, spanOf } from "../requirements/readers/text.ts";

/**
 * Where a Python file's `__main__` blocks are: the span of each `if` (or `elif`) with its
 * condition, in the order of the file. A block counts where it runs when the file is run:
 * at module level (also inside `try`, `with` or another `if` there), with a condition that
 * compares `__name__` with `"__main__"`, either way round, alone or joined by `and` or `or`.
 */
export function mainBlocks(text: string): Span[] {
  if (!text.includes("__main__") || !text.includes("__name__")) return [];
  const parsed = parsePython(text);
  if (parsed === null) return plainBlocks(text);
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
        if (asksForMain(condition, parsed)) found.push(parsed.spanOf(part.from, condition.to));
      } else if (part.name === "Body") visit(part);
    }
  };

  visit(parsed.top);
  return found;
}

/** The blocks of a text that cannot be parsed, as far as their first lines tell. */
function plainBlocks(text: string): Span[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/^if __name__ == (["'])__main__\1/gm)].map(({ index, 0: condition }) =>
    spanOf(starts, index, index + condition.length),
  );
}

const HOLDS_MODULE_LEVEL = new Set([
  "TryStatement",
  "WithStatement",
  "ForStatement",
  "WhileStatement",
  "Body",
]);

function asksForMain(condition: PythonNode, file: PythonText): boolean {
  const parts = childrenOf(condition);
  if (condition.name === "ParenthesizedExpression") {
    return parts.some((part) => asksForMain(part, file));
  }
  if (condition.name !== "BinaryExpression" || parts.length < 3) return false;
  const [left, operator, right] = parts as [PythonNode, PythonNode, PythonNode];
  switch (file.textOf(operator)) {
    case "and":
    case "or":
      return asksForMain(left, file) || asksForMain(right, file);
    case "==":
      return isNameAndMain(left, right, file) || isNameAndMain(right, left, file);
    case "in":
      return isName(left, file) && childrenOf(right).some((item) => isMain(item, file));
    default:
      return false;
  }
}

function isNameAndMain(name: PythonNode, main: PythonNode, file: PythonText): boolean {
  return isName(inner(name), file) && isMain(main, file);
}

function isName(node: PythonNode, { textOf }: PythonText): boolean {
  return textOf(node) === "__name__";
}

function isMain(node: PythonNode, { source }: PythonText): boolean {
  return stringOf(node, source)?.value === "__main__";
}

function inner(node: PythonNode): PythonNode {
  const content = node.name === "ParenthesizedExpression" ? childrenOf(node)[1] : undefined;
  return content ? inner(content) : node;
}
