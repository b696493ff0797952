import type { Group, Located, Reading } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { parseMarker } from "../marker.ts";
import { normalizeName } from "../name.ts";
import { childrenOf, type PythonNode, parsePython } from "../python-text.ts";
import { parseSpecifierSet } from "../specifier.ts";
import { noFindings, reading } from "./findings.ts";
import { bindingsOf } from "./python-bindings.ts";
import { stringOf } from "./python-literal.ts";
import { namedPairs, readRequirementList, type SetupFile } from "./setup-py-list.ts";

/**
 * Reads a setup.py by its syntax tree; it is never run. Literal lists, and names bound once to
 * them, give declarations; what is computed gives an entry in `notUnderstood`, or a reference
 * where it plainly reads one file. Never throws.
 */
export function readSetupPy(file: string, text: string): Reading {
  const parsed = parsePython(text);
  const found = noFindings();
  if (parsed === null) {
    const span = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    found.notUnderstood.push({ span, raw: "", reason: "not Python, and long" });
    return reading(file, "setup.py", found);
  }
  const { top, source, spanOf } = parsed;
  const setup: SetupFile = {
    ...{ file, source, found },
    bindings: bindingsOf(top, source),
    place: ({ from, to }) => ({ span: spanOf(from, to), raw: text.slice(from, to) }),
  };
  try {
    return reading(file, "setup.py", setup.found, readCalls(setup, top));
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    const reason = "nested too deeply to be read";
    setup.found.notUnderstood.push({ ...setup.place({ from: 0, to: text.length }), reason });
    return reading(file, "setup.py", setup.found);
  }
}

function readCalls(setup: SetupFile, top: PythonNode): Reading["metadata"] {
  let metadata: Reading["metadata"] = null;
  for (const call of setupCalls(top, setup.source)) {
    const broken = brokenIn(call);
    if (broken !== null)
      setup.found.notUnderstood.push({ ...setup.place(broken), reason: "not Python" });
    const values = keywordsOf(setup, call);
    readList(setup, values.get("install_requires"), { kind: "main", name: null });
    readList(setup, values.get("setup_requires"), { kind: "build", name: null });
    readList(setup, values.get("tests_require"), { kind: "group", name: "tests" });
    readExtras(setup, values.get("extras_require"));
    const plain = (name: string) => stringValue(setup, values.get(name))?.value ?? null;
    metadata = {
      name: plain("name"),
      version: plain("version"),
      requiresPython: pythonOf(setup, values),
    };
  }
  return metadata;
}

/** The arguments of setup that are read. */
const KEYWORDS = /^((install|setup|tests|extras|python)_requires?|name|version)$/;

/** Calls of `setup`, `setuptools.setup` or `distutils.core.setup`. */
function setupCalls(top: PythonNode, source: string): PythonNode[] {
  const calls: PythonNode[] = [];
  top.cursor().iterate((cursor) => {
    if (cursor.name !== "CallExpression") return;
    const callee = cursor.node.firstChild;
    if (callee === null) return;
    if (
      /^(setuptools\.|distutils\.core\.|core\.)?setup$/.test(source.slice(callee.from, callee.to))
    ) {
      calls.push(cursor.node);
    }
  });
  return calls;
}

/** The first place in a call where the text stops being Python, or null. */
function brokenIn(call: PythonNode): PythonNode | null {
  let broken: PythonNode | null = null;
  call.cursor().iterate((cursor) => {
    if (cursor.type.isError) broken ??= cursor.node;
  });
  return broken;
}

/** The keyword arguments of a call; those of a `**` are taken in where it can be followed. */
function keywordsOf(setup: SetupFile, call: PythonNode): Map<string, PythonNode> {
  const values = new Map<string, PythonNode>();
  const list = childrenOf(call).find((child) => child.name === "ArgList");
  const children = list === undefined ? [] : childrenOf(list);
  const unpacked: PythonNode[] = [];
  for (const [at, child] of children.entries()) {
    const value = children[at + 1];
    if (value === undefined) break;
    if (child.name === "AssignOp") values.set(textOf(setup, children[at - 1]!), value);
    else if (child.name === "**") unpacked.push(value);
  }
  for (const value of unpacked) {
    const pairs = namedPairs(setup, value, (key) => KEYWORDS.test(key));
    for (const pair of pairs ?? []) values.set(pair.name, pair.value);
    if (pairs === null && !values.has("install_requires")) {
      const reason =
        "the arguments of setup are computed when setup.py runs; only literals are read";
      setup.found.notUnderstood.push({ ...setup.place(value), reason });
    }
  }
  return values;
}

function readList(setup: SetupFile, value: PythonNode | undefined, group: Group): void {
  if (value !== undefined)
    readRequirementList(setup, value, { file: setup.file, group, found: setup.found });
}

/** `extras_require={"name": […], ":marker": […], "name:marker": […]}` */
function readExtras(setup: SetupFile, value: PythonNode | undefined): void {
  if (value === undefined || value.name === "None") return;
  const pairs = namedPairs(setup, value);
  if (pairs === null) {
    const reason = "extras are computed when setup.py runs; only literals are read";
    setup.found.notUnderstood.push({ ...setup.place(value), reason });
    return;
  }
  for (const pair of pairs) {
    const colon = pair.name.indexOf(":");
    const name = colon < 0 ? pair.name : pair.name.slice(0, colon);
    const marker = colon < 0 ? null : parseMarker(pair.name.slice(colon + 1));
    if (marker !== null && isFailure(marker)) {
      setup.found.notUnderstood.push({ ...setup.place(pair.value), reason: marker.message });
      continue;
    }
    const group: Group =
      name === "" ? { kind: "main", name: null } : { kind: "optional", name: normalizeName(name) };
    readRequirementList(setup, pair.value, { file: setup.file, group, found: setup.found, marker });
  }
}

function stringValue(setup: SetupFile, node: PythonNode | undefined): ReturnType<typeof stringOf> {
  if (node === undefined) return null;
  if (node.name !== "VariableName") return stringOf(node, setup.source);
  const binding = setup.bindings.get(textOf(setup, node));
  const [value] = binding?.values ?? [];
  const once = binding?.values.length === 1 && binding.changes.length === 0;
  return once && value != null ? stringOf(value, setup.source) : null;
}

function pythonOf(setup: SetupFile, values: ReadonlyMap<string, PythonNode>): Located | null {
  const node = values.get("python_requires");
  const string = stringValue(setup, node);
  if (node === undefined) return null;
  const refuse = (reason: string) => {
    setup.found.notUnderstood.push({ ...setup.place(node), reason });
    return null;
  };
  if (string === null) return node.name === "None" ? null : refuse("python_requires is computed");
  const set = parseSpecifierSet(string.value);
  if (isFailure(set)) return refuse(`python_requires: ${set.message}`);
  return { value: string.value, span: setup.place({ from: string.start, to: string.end }).span };
}

function textOf(setup: SetupFile, node: PythonNode): string {
  return setup.source.slice(node.from, node.to);
}
