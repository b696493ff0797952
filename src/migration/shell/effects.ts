import type { Assignment, Word } from "unbash";
import type { FinderInput } from "../input.ts";
import { evaluate } from "./evaluate.ts";
import type { Definition } from "./known-variables.ts";
import type { Active, Ran, Said } from "./model.ts";
import { ANY_START, nowhere, type Pair, type Place, placeAt } from "./place.ts";
import { at, type State, withVariable } from "./state.ts";
import { nameAt } from "./unwrap.ts";
import { location, locations, only, unknown, type Value } from "./value.ts";

interface Ground {
  readonly script: string | null;
  readonly input: FinderInput;
}

/** The shell after a command: directory, variables, activation. */
export function afterCommand(ran: Ran, before: State, ground: Ground): State {
  const { node, words, main } = ran;
  if (words.length === 0) return assigned(node.prefix.filter(isAssignment), ran, before, ground);
  if (ran.form !== "command") return before;
  const name = nameAt(words, main);
  const rest = words.slice(main + 1);
  if (ran.wrappers.length > 0 && !/^(command|builtin)$/.test(ran.wrappers.join(""))) {
    return name !== null && ran.wrappers[0] === "exec" ? { ...before, ended: true } : before;
  }
  switch (name) {
    case "cd":
    case "pushd": {
      const place = placeAfter(rest, before, ground);
      const stack = name === "pushd" ? [before.place, ...before.stack] : before.stack;
      return { ...at(before, place), stack };
    }
    case "popd": {
      const [place = nowhere, ...stack] = before.stack;
      return { ...at(before, place), stack };
    }
    case "exit":
    case "return":
      return { ...before, ended: true };
    case "export":
    case "local":
    case "declare":
    case "readonly":
    case "typeset":
      return assigned(node.args.filter(isAssignment), ran, before, ground);
    case "unset":
      return rest.reduce((state, { word }) => withVariable(state, word.text, unknown, []), before);
    case "read":
    case "mapfile":
    case "getopts":
    case "printf":
      return reading(name, rest, before);
    case ".":
    case "source":
      return sourced(ran, rest, before, ground.input);
    case "conda":
    case "mamba":
    case "micromamba":
      return conda(ran, rest, before);
    case "deactivate":
      return { ...before, active: null };
    case ":":
      return defaulted(ran, before, ground);
    default:
      return before;
  }
}

function isAssignment(one: { readonly type: string }): one is Assignment {
  return one.type === "Assignment";
}

function assigned(all: readonly Assignment[], ran: Ran, before: State, { script }: Ground): State {
  return all.reduce((state, one) => {
    if (one.value.type !== "Word" || one.index !== undefined || one.append === true) {
      return withVariable(state, one.name, unknown, []);
    }
    const { place, variables } = state;
    const word = one.value;
    const value = evaluate(word, { place, variables, script });
    const span = replaced(word);
    const definition: Definition = {
      name: one.name,
      fragment: ran.fragment,
      start: span.start,
      end: span.end,
      inside: span.default !== null,
      value: span.default === null ? value : evaluate(span.default, { place, variables, script }),
      place,
      variables,
      part: ran.part,
    };
    const before = span.of === null ? undefined : variables.get(span.of);
    return withVariable(state, one.name, value, [...(before?.definitions ?? []), definition]);
  }, before);
}

interface Replaced {
  readonly start: number;
  readonly end: number;
  /** The default that it is, and of which variable; null where it is the whole value. */
  readonly default: Word | null;
  readonly of: string | null;
}

/** The default of `${X:-default}`, where that is all that a value is; else the whole value. */
function replaced(word: Pick<Word, "parts" | "pos" | "end">): Replaced {
  const [first, ...more] = word.parts ?? [];
  const inner = first?.type === "DoubleQuoted" && more.length === 0 ? first.parts : word.parts;
  const [part, ...others] = inner ?? [];
  if (part?.type === "ParameterExpansion" && others.length === 0) {
    const { operation, parameter } = part;
    if (operation?.type === "Default" && /[-=]$/.test(operation.operator)) {
      const { operand } = operation;
      return { start: operand.pos, end: operand.end, default: operand, of: parameter };
    }
  }
  return { start: word.pos, end: word.end, default: null, of: null };
}

/** `: "${X:=default}"` sets X. */
function defaulted(ran: Ran, before: State, { script }: Ground): State {
  return ran.words.slice(ran.main + 1).reduce((state, { word, parts, value }) => {
    const { start, end, of, default: operand } = replaced({ ...word, parts });
    if (of === null || operand === null || !word.text.includes("=")) return state;
    const { place, variables } = state;
    const { fragment, part } = ran;
    const definition: Definition = {
      ...{ name: of, fragment, start, end, inside: true, place, variables, part },
      value: evaluate(operand, { place, variables, script }),
    };
    const known = variables.get(of)?.definitions ?? [];
    return withVariable(state, of, value, [...known, definition]);
  }, before);
}

function reading(name: string, rest: readonly Said[], before: State): State {
  if (name === "printf" && rest[0]?.word.text !== "-v") return before;
  return rest.reduce(
    (state, { word }) =>
      /^\w+$/.test(word.text) ? withVariable(state, word.text, unknown, []) : state,
    before,
  );
}

function placeAfter(rest: readonly Said[], { place, previous }: State, { input }: Ground): Place {
  const target = rest.find(({ word }) => !/^-[a-zA-Z]|^--$/.test(word.text));
  if (/^"?(-|\$OLDPWD|\$\{OLDPWD\})"?$/.test(target?.word.text ?? "")) return previous;
  if (target === undefined || target.value.open) return nowhere;
  return placeIn(target.value, place, input);
}

function placeIn({ texts }: Value, place: Place, { folders }: FinderInput): Place {
  const pairs: Pair[] = [];
  for (const text of texts) {
    const found = locations(text, place);
    if (found.length === 0 || found.some(({ path }) => path === null)) {
      // A folder above the root for one start is no folder: that start is ruled out.
      const inside = found.filter(({ path, start }) => path !== null && start !== null);
      if (inside.length === 0) return nowhere;
      pairs.push(...inside.map(({ start, path }) => ({ start: start!, folder: path! })));
      continue;
    }
    for (const { start, path } of found) {
      if (start !== null) pairs.push({ start, folder: path! });
      else pairs.push(...placeAt(path!, startsOf(place)).pairs);
    }
  }
  const real = pairs.filter(({ folder }) => folders.has(folder));
  const kept = real.length > 0 ? real : pairs;
  const once = new Map(kept.map((pair) => [`${pair.start}\n${pair.folder}`, pair]));
  const starts = new Set(kept.map(({ start }) => start));
  return { pairs: [...once.values()], moved: true, varied: once.size > starts.size };
}

/** The starts of a place; a place that is not known has one that rules nothing out. */
function startsOf({ pairs }: Place): readonly string[] {
  const starts = [...new Set(pairs.map(({ start }) => start))];
  return starts.length > 0 ? starts : [ANY_START];
}

/** A file that is read may activate an environment, or go somewhere. */
function sourced(ran: Ran, rest: readonly Said[], before: State, { textOf }: FinderInput): State {
  const path = rest[0] === undefined ? null : location(rest[0].value.texts[0] ?? "", before.place);
  const text = path === null ? null : textOf(path);
  if (text !== null && /^\s*(cd|pushd)\s/m.test(text)) return at(before, nowhere);
  return activated(ran, rest, before);
}

function activated(ran: Ran, rest: readonly Said[], before: State): State {
  const text = rest[0] === undefined ? null : (rest[0].value.texts[0] ?? null);
  if (text === null) return before;
  if (/(^|\/)(bin|Scripts)\/activate$/.test(text)) {
    const bare = /(^|\/)(mini|ana)?conda3?\/bin\/activate$/.test(text);
    return { ...before, active: { by: ran, kind: bare ? "conda" : "venv" } };
  }
  if (text === "activate" || /conda/.test(text)) {
    return text === "activate" && rest.length > 1
      ? { ...before, active: { by: ran, kind: "conda" } }
      : before;
  }
  return before;
}

function conda(ran: Ran, rest: readonly Said[], before: State): State {
  const verb = rest[0] === undefined ? null : only(rest[0].value);
  if (verb === "deactivate") return { ...before, active: null };
  const active: Active = { by: ran, kind: "conda" };
  return verb === "activate" ? { ...before, active } : before;
}
