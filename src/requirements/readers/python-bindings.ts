import { childrenOf, type SyntaxNode } from "./python-literal.ts";

/** How a name of a Python file gets its value. */
export interface Binding {
  /** What it is bound to, once for each place; null where that is no plain expression. */
  readonly values: (SyntaxNode | null)[];
  /** Places that change what it is bound to, such as `names.append(…)`. */
  readonly changes: SyntaxNode[];
}

export type Bindings = ReadonlyMap<string, Binding>;

const CHANGING = /^(append|extend|insert|remove|pop|clear|update|setdefault|add|discard)$/;

/** Every name that a file binds, whatever its scope. */
export function bindingsOf(top: SyntaxNode, source: string): Bindings {
  const bindings = new Map<string, Binding>();
  const of = (node: SyntaxNode): Binding => {
    const name = source.slice(node.from, node.to);
    const known = bindings.get(name) ?? { values: [], changes: [] };
    bindings.set(name, known);
    return known;
  };
  top.cursor().iterate((cursor) => {
    if (cursor.name !== "VariableName") return;
    const node = cursor.node;
    const parent = node.parent;
    if (parent === null) return;
    const value = boundValue(node, parent);
    if (value !== undefined) of(node).values.push(value);
    else if (parent.name === "UpdateStatement" && parent.firstChild?.from === node.from) {
      of(node).changes.push(parent);
    } else if (parent.name === "MemberExpression" && parent.firstChild?.from === node.from) {
      const change = changeOf(parent, source);
      if (change !== null) of(node).changes.push(change);
    }
  });
  return bindings;
}

/** What a name is bound to where it stands; null where that is no plain expression, undefined where it is only used. */
function boundValue(node: SyntaxNode, parent: SyntaxNode): SyntaxNode | null | undefined {
  const children = childrenOf(parent);
  const at = children.findIndex((child) => child.from === node.from);
  switch (parent.name) {
    case "AssignStatement": {
      const operators = children.flatMap((child, index) =>
        child.name === "AssignOp" ? [index] : [],
      );
      if (operators.length === 0 || at > operators.at(-1)!) return undefined;
      const commas = children.slice(0, operators.at(-1)).some((child) => child.name === ",");
      return commas ? null : children.at(-1)!;
    }
    case "WithStatement":
      return children[at - 1]?.name === "as" ? children[at - 2]! : undefined;
    case "FunctionDefinition":
      return parent.lastChild;
    case "ForStatement":
      return at < children.findIndex((child) => child.name === "in") ? null : undefined;
    case "ImportStatement":
    case "ParamList":
    case "ClassDefinition":
      return null;
    case "TupleExpression":
    case "ArrayExpression":
      return parent.nextSibling?.name === "AssignOp" ? null : undefined;
    default:
      return undefined;
  }
}

/** The statement that changes a name through a member of it (`x.append(…)`, `x["a"] = …`), or null. */
function changeOf(member: SyntaxNode, source: string): SyntaxNode | null {
  const outer = member.parent;
  const last = member.lastChild;
  if (outer === null || last === null) return null;
  if (outer.name === "CallExpression" && last.name === "PropertyName") {
    return CHANGING.test(source.slice(last.from, last.to)) ? outer : null;
  }
  const target = outer.firstChild?.from === member.from;
  return target && /^(Assign|Update|Delete)Statement$/.test(outer.name) ? outer : null;
}
