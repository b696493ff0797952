import { childrenOf, type PythonNode } from "../python-text.ts";

/** How a name of a Python file gets its value. */
export interface Binding {
  /** What it is bound to, once for each place; null where that is no plain expression. */
  readonly values: (PythonNode | null)[];
  /** Places that change what it is bound to, such as `names.append(…)`. */
  readonly changes: PythonNode[];
}

export type Bindings = ReadonlyMap<string, Binding>;

const CHANGING = /^(append|extend|insert|remove|pop|clear|update|setdefault|add|discard)$/;

/** Every name that a file binds, whatever its scope. */
export function bindingsOf(top: PythonNode, source: string): Bindings {
  const bindings = new Map<string, Binding>();
  const of = (node: PythonNode): Binding => {
    const name = source.slice(node.from, node.to);
    const known = bindings.get(name) ?? { values: [], changes: [] };
    bindings.set(name, known);
    return known;
  };
  top.cursor().iterate((cursor) => {
    if (BINDING.test(cursor.name)) {
      for (const [name, value] of boundBy(cursor.node)) of(name).values.push(value);
    } else if (cursor.name === "UpdateStatement") {
      const target = cursor.node.firstChild;
      if (target?.name === "VariableName") of(target).changes.push(cursor.node);
    } else if (cursor.name === "MemberExpression") {
      const target = cursor.node.firstChild;
      const change = target?.name === "VariableName" ? changeOf(cursor.node, source) : null;
      if (change !== null) of(target!).changes.push(change);
    }
  });
  return bindings;
}

const BINDING =
  /^(AssignStatement|WithStatement|FunctionDefinition|ForStatement|ImportStatement|ParamList|ClassDefinition)$/;

type Bound = readonly [name: PythonNode, value: PythonNode | null];

/** The names that a statement binds, each with its value where that is a plain expression. */
function boundBy(statement: PythonNode): Bound[] {
  const children = childrenOf(statement);
  switch (statement.name) {
    case "AssignStatement": {
      const last = children.findLastIndex((child) => child.name === "AssignOp");
      const targets = children.slice(0, Math.max(last, 0));
      const several = targets.some((target) => target.name === ",");
      return targets.flatMap((target) => namesIn(target, several ? null : children.at(-1)!));
    }
    case "WithStatement":
      return children.flatMap((child, at) =>
        children[at - 1]?.name === "as" ? namesIn(child, children[at - 2]!) : [],
      );
    case "FunctionDefinition":
      return children.slice(0, 3).flatMap((child) => namesIn(child, statement.lastChild));
    case "ForStatement": {
      const end = children.findIndex((child) => child.name === "in");
      return children.slice(0, Math.max(end, 0)).flatMap((child) => namesIn(child, null));
    }
    default:
      return children.flatMap((child) => namesIn(child, null));
  }
}

/** A name alone has the value; those of a tuple have a part of it, which is not followed. */
function namesIn(node: PythonNode, value: PythonNode | null): Bound[] {
  if (node.name === "VariableName") return [[node, value]];
  if (!/^(Tuple|Array|Parenthesized)Expression$/.test(node.name)) return [];
  return childrenOf(node).flatMap((child) =>
    child.name === "VariableName" ? [[child, null]] : [],
  );
}

/** The statement that changes a name through a member of it (`x.append(…)`, `x["a"] = …`), or null. */
function changeOf(member: PythonNode, source: string): PythonNode | null {
  const outer = member.parent;
  const last = member.lastChild;
  if (outer === null || last === null) return null;
  if (outer.name === "CallExpression" && last.name === "PropertyName") {
    return CHANGING.test(source.slice(last.from, last.to)) ? outer : null;
  }
  const target = outer.firstChild?.from === member.from;
  return target && /^(Assign|Update|Delete)Statement$/.test(outer.name) ? outer : null;
}
