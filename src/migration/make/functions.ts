import { ROOT } from "../shell/value.ts";
import { afterReference } from "./text.ts";
import type { Origin } from "./variables.ts";
import { type Reference, substituted, unknown, type Writer } from "./writer.ts";

/** A span of an origin's text: one argument as written. */
interface Argument {
  readonly from: number;
  readonly to: number;
}

/** Make's functions: how many arguments each takes at most. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  abspath: 1,
  addprefix: 2,
  addsuffix: 2,
  and: 99,
  basename: 1,
  call: 99,
  dir: 1,
  error: 1,
  eval: 1,
  file: 2,
  filter: 2,
  "filter-out": 2,
  findstring: 2,
  firstword: 1,
  flavor: 1,
  foreach: 3,
  guile: 1,
  if: 3,
  info: 1,
  intcmp: 5,
  join: 2,
  lastword: 1,
  let: 3,
  notdir: 1,
  or: 99,
  origin: 1,
  patsubst: 3,
  realpath: 1,
  shell: 1,
  sort: 1,
  strip: 1,
  subst: 3,
  suffix: 1,
  value: 1,
  warning: 1,
  wildcard: 1,
  word: 2,
  wordlist: 3,
  words: 1,
};

/** Expands a call of one of make's functions; false where the reference is none. */
export function functionCall(
  writer: Writer,
  reference: Reference,
  start: number,
  end: number,
): boolean {
  const { text } = reference.origin.text;
  const name = /^[a-z-]+(?=[\s])/.exec(text.slice(start, end))?.[0];
  if (name === undefined || !Object.hasOwn(ARGUMENTS, name)) return false;
  let from = start + name.length;
  while (/\s/.test(text[from] ?? "") && from < end) from++;
  const all = splitArguments(text, from, end, ARGUMENTS[name]!);
  const { origin } = reference;
  const aside = (i: number) => {
    const one = all[i];
    return one ? writer.aside(origin, one.from, one.to, name) : "";
  };
  const made = (what: string) =>
    writer.follow(reference, [], 1, (inner) => writer.made(what, origin, inner));
  const pass = (one: Argument | undefined) =>
    writer.follow(reference, [], 1, (inner) => {
      if (one) writer.text(origin, one.from, one.to, inner);
    });
  if (name === "call") call(writer, reference, all, aside(0).trim());
  else if (name === "foreach") foreach(writer, reference, all, aside);
  else if (name === "if") pass(chosen(writer, aside(0), all[1], all[2]));
  else if (name === "or") pass(all.find((_, i) => aside(i).trim() !== ""));
  else if (name === "and")
    pass(all.some((_, i) => aside(i).trim() === "") ? undefined : all.at(-1));
  else if (name === "strip") pass(stripped(text, all[0]!));
  else if (name === "eval") pass(all[0]);
  else if (/^(info|warning|error|file)$/.test(name)) made("");
  else {
    const values = all.map((_, i) => aside(i));
    made(computed(name, values, writer.scope.given.get("CURDIR") ?? "") ?? unknown(name));
  }
  return true;
}

/** Arguments by their commas; the last takes what is left. White space stays, as make keeps it. */
export function splitArguments(
  text: string,
  from: number,
  end: number,
  most: number,
): readonly Argument[] {
  const found: Argument[] = [];
  let depth = 0;
  let start = from;
  for (let i = from; i < end; i++) {
    if (text[i] === "$") i = Math.min(afterReference(text, i), end) - 1;
    else if (text[i] === "(" || text[i] === "{") depth++;
    else if (text[i] === ")" || text[i] === "}") depth--;
    else if (text[i] === "," && depth === 0 && found.length < most - 1) {
      found.push({ from: start, to: i });
      start = i + 1;
    }
  }
  return [...found, { from: start, to: end }];
}

function call(writer: Writer, reference: Reference, all: readonly Argument[], name: string): void {
  const { origin } = reference;
  const bound = new Map(all.map((one, i) => [String(i), { origin, ...one }]));
  writer.with(bound, () =>
    writer.variable(name, reference, () =>
      writer.follow(reference, [], 1, (inner) => writer.made(unknown(name), origin, inner)),
    ),
  );
}

function foreach(
  writer: Writer,
  reference: Reference,
  all: readonly Argument[],
  aside: (i: number) => string,
): void {
  const { origin } = reference;
  const body = all[2];
  if (!body) return;
  const list = aside(1).split(/\s+/).filter(Boolean);
  writer.follow(reference, [], list.length, (inner) => {
    for (const [i, item] of list.entries()) {
      if (i > 0) writer.made(" ", origin, inner);
      writer.looping(aside(0).trim(), item, () => writer.text(origin, body.from, body.to, inner));
    }
  });
}

/** Where the condition is not known, either may come: the choice is one of the scope's. */
function chosen(
  writer: Writer,
  condition: string,
  yes: Argument | undefined,
  no: Argument | undefined,
): Argument | undefined {
  if (!condition.includes("${")) return condition.trim() === "" ? no : yes;
  return writer.scope.decide(condition) ? yes : no;
}

function stripped(text: string, { from, to }: Argument): Argument {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { from: start, to: end };
}

/** Functions of text alone; null where the result is not known. */
function computed(name: string, values: readonly string[], here: string): string | null {
  const [first = "", second = "", third = ""] = values;
  const python = name === "shell" ? lookedUp(first) : null;
  if (python !== null) return python;
  if (name === "shell" && /^\s*pwd(\s+-P)?\s*$/.test(first)) return here;
  if (
    name === "shell" &&
    /^\s*git rev-parse --show-toplevel\s*(2>\s*\/dev\/null\s*)?$/.test(first)
  ) {
    return ROOT;
  }
  if (values.some((value) => value.includes("${"))) return null;
  const list = first.split(/\s+/).filter(Boolean);
  const others = second.split(/\s+/).filter(Boolean);
  switch (name) {
    case "abspath":
    case "realpath":
      return list.map((path) => normal(isAbsolute(path) ? path : `${here}/${path}`)).join(" ");
    case "dir":
      return list.map((path) => path.slice(0, path.lastIndexOf("/") + 1) || "./").join(" ");
    case "notdir":
      return list.map((path) => path.slice(path.lastIndexOf("/") + 1)).join(" ");
    case "firstword":
      return list[0] ?? "";
    case "lastword":
      return list.at(-1) ?? "";
    case "words":
      return String(list.length);
    case "word":
      return others[Number(first) - 1] ?? "";
    case "sort":
      return [...new Set(list)].sort().join(" ");
    case "addprefix":
      return others.map((word) => first.trim() + word).join(" ");
    case "addsuffix":
      return others.map((word) => word + first.trim()).join(" ");
    case "filter":
      return others.filter((word) => list.some((one) => fits(word, one))).join(" ");
    case "filter-out":
      return others.filter((word) => !list.some((one) => fits(word, one))).join(" ");
    case "subst":
      return first === "" ? third : third.replaceAll(first, second);
    case "patsubst":
      return third
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => substituted(word, first.trim(), second.trim()))
        .join(" ");
    default:
      return null;
  }
}

function fits(word: string, pattern: string): boolean {
  const [head = "", tail] = pattern.split("%");
  if (tail === undefined) return word === pattern;
  return word.startsWith(head) && word.endsWith(tail) && word.length >= pattern.length - 1;
}

/** An absolute path without `.` and `..`; the root's own begins with its mark. */
export function normal(path: string): string {
  const parts: string[] = [];
  for (const one of path.split("/")) {
    if (one === "..") parts.pop();
    else if (one !== "" && one !== ".") parts.push(one);
  }
  return parts[0] === ROOT ? parts.join("/") : `/${parts.join("/")}`;
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || path.startsWith(ROOT);
}

const TOOL = String.raw`(python[\d.]*|pip[\d.]*|py\.?test|sphinx-[a-z]+)`;
const LOOKS_UP = String.raw`(?:which|command\s+-v|type\s+-p)\s+${TOOL}\s*(?:2>\s*/dev/null)?`;
const WHICH = new RegExp(String.raw`^\s*${LOOKS_UP}(?:\s*\|\|\s*${LOOKS_UP})*\s*$`);
const SAYS = String.raw`echo\s+["']?([^\s"'&|;]*\bpython[\d.]*)["']?`;
const TEST = String.raw`(?:test|\[{1,2}|which|command\s+-v)\s[^;&|]*(?:&>|>&|2>&1)?[^;&|]*`;
/** `test … && echo A || echo B`. */
const CHOOSES = new RegExp(String.raw`^\s*${TEST}&&\s*${SAYS}\s*\|\|\s*${SAYS}\s*$`);
/** The same with `if`, and as many `elif` as there are. */
const BRANCHES = new RegExp(
  String.raw`^\s*if\s+${TEST};\s*then\s+${SAYS}\s*(?:;\s*elif\s+${TEST};\s*then\s+${SAYS}\s*)*;\s*else\s+${SAYS}\s*;\s*fi\s*$`,
);

/** The Python (or pip, pytest, Sphinx) that a command only looks up, as `which python3` does, or null. */
export function lookedUp(command: string): string | null {
  const found = WHICH.exec(command) ?? CHOOSES.exec(command) ?? BRANCHES.exec(command);
  return found?.[1] ?? null;
}

/** The references of a text that are calls of the function `shell`, with their command. */
export function shellCalls(origin: Origin): readonly Argument[] {
  const { text } = origin.text;
  const found: Argument[] = [];
  for (const match of text.matchAll(/\$([({])shell\s+/g)) {
    if (
      text[match.index - 1] === "$" &&
      !/[^$]\$\$(\$\$)*$/.test(`x${text.slice(0, match.index)}`)
    ) {
      continue;
    }
    found.push({
      from: match.index + match[0].length,
      to: afterReference(text, match.index) - 1,
    });
  }
  return found;
}
