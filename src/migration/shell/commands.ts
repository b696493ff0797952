import { type Assignment, type Command, type HereDoc, parse, type Redirection } from "unbash";
import { afterCommand } from "./effects.ts";
import { splitProgram } from "./environment.ts";
import { Variables } from "./known-variables.ts";
import { environmentFolderIn, environmentIn, mentionIn } from "./mention.ts";
import type { Ran, Said, Spot } from "./model.ts";
import { nowhere } from "./place.ts";
import { insideQuotes } from "./quoted.ts";
import type { State } from "./state.ts";
import { nameAt, unwrap } from "./unwrap.ts";
import { literal, only } from "./value.ts";
import { doubt, said, type Walk, type Where } from "./walking.ts";
import { named } from "./words.ts";
import { SHELLS } from "./wrappers.ts";

/** Walks through a simple command: its words, what it runs, and the shell after it. */
export function simple(w: Walk, command: Command, before: State, where: Where, spot: Spot): State {
  let state = before;
  const words: Said[] = [];
  for (const one of command.prefix) {
    if (one.type === "Assignment") assignment(w, one, state, where, spot);
  }
  if (command.name !== undefined) {
    words.push(said(command.name, state, where));
    for (const argument of command.args) {
      if (argument.type === "Word") words.push(said(argument, state, where));
      else words.push({ word: argument, parts: undefined, value: literal(argument.text) });
    }
  }
  const found = unwrap(words, w.runners, (one) => w.functions.has(one));
  const text = found.kind === "text" ? found.word : -1;
  for (const one of command.args) if (one.type === "Assignment") paths(w, one, where);
  const own = [...(command.name ? [command.name] : []), ...command.args];
  for (const [i, word] of own.entries()) if (i !== text) w.substitutions(word, state, where);
  const main = found.kind === "command" ? found.main : 0;
  const name = nameAt(words, main);
  redirections(w, command.redirects, found.kind === "elsewhere" ? null : name, state, where);
  if (found.kind === "text") innerText(w, words[text]!, found.wrappers, state, where, spot);
  const record: Ran = {
    node: command,
    fragment: where.fragment,
    part: where.part,
    spot,
    place: state.place,
    variables: state.variables,
    words,
    main,
    wrappers: "wrappers" in found ? found.wrappers : [],
    around: where.wrappers,
    form: found.kind,
    active: state.active,
    quoted: where.quoted,
    inFunction: where.inFunction,
  };
  if (w.recording) w.ran.push(record);
  if (found.kind === "command") {
    if (name === "eval" || name === "trap") strings(w, words, name, state, where, spot);
    const called = name === null ? undefined : w.functions.get(name);
    if (called !== undefined) {
      if (w.recording) called.calls.push(state.place);
      if (called.moves) {
        state = { ...state, place: nowhere };
        w.moves += 1;
      }
    }
  }
  const after = afterCommand(record, state, { script: where.script, input: w.input });
  if (after.place !== before.place && !where.apart) w.moves += 1;
  return after;
}

/** `X=$(…)`, and arrays that hold a command. */
function assignment(w: Walk, one: Assignment, state: State, where: Where, spot: Spot): void {
  w.substitutions(one, state, where);
  paths(w, one, where);
  const [first, ...more] = one.value.type === "ArrayValue" ? one.value.elements : [];
  if (first === undefined || !w.recording) return;
  // CMD=(python3 x.py), to be run as "${CMD[@]}".
  const words = [first, ...more].map((word) => said(word, state, where));
  const name = only(words[0]!.value);
  if (name === null || named(splitProgram(name)?.name ?? name)?.kind !== "python") return;
  // What is no argument of Python's makes it a list of names.
  if (!/^-|[/$]|\.py["']?$/.test(more[0]?.text ?? "")) return;
  const { pos } = first;
  const { end } = more.at(-1) ?? first;
  const node: Command = {
    ...{ type: "Command", pos, end, name: first, prefix: [], suffix: more, args: more },
    redirects: [],
  };
  const { fragment, part: inPart, quoted, inFunction, wrappers: around } = where;
  const { place, variables, active } = state;
  w.ran.push({
    ...{ node, fragment, part: inPart, spot: { ...spot, piped: true }, place, variables, words },
    ...{ main: 0, wrappers: ["array"], around, form: "command", active, quoted, inFunction },
  });
}

/** PATH=venv/bin:$PATH activates an environment, too. */
function paths(w: Walk, { name, text, pos }: Assignment, where: Where): void {
  const at = name === "PATH" ? environmentFolderIn(text) : -1;
  if (at >= 0) doubt(w, where, pos + at, NAMES_PATH);
}

/** The text that `bash -c` and the like run. */
function innerText(
  w: Walk,
  { word, parts, value }: Said,
  wrappers: readonly string[],
  state: State,
  where: Where,
  spot: Spot,
): void {
  const inner = insideQuotes(where.fragment, parts);
  if (inner === null) {
    const known = value.texts.join("\n");
    if (mentionIn(`${word.text}\n${known}`) >= 0) doubt(w, where, word.pos, FROM_STRINGS);
    return;
  }
  const inside: Where = {
    ...where,
    fragment: inner.fragment,
    quoted: inner.quotes,
    conditional: true,
    apart: true,
    outer: spot,
    wrappers: [...where.wrappers, ...wrappers],
  };
  const variables = inner.quotes === "single" ? Variables.none : state.variables;
  const tree = parse(inner.fragment.text);
  w.script(tree, { ...state, variables }, inside, "body");
}

/** Strings that become commands: told, never edited. */
function strings(
  w: Walk,
  words: readonly Said[],
  name: string,
  state: State,
  where: Where,
  spot: Spot,
): void {
  const [, first] = words;
  if (
    name === "trap" &&
    first !== undefined &&
    insideQuotes(where.fragment, first.parts) !== null
  ) {
    // It runs later: where the shell is then is known only if it goes nowhere in between.
    const before = w.moves;
    if (w.recording)
      w.traps.push(() => {
        const place = w.moves === before ? state.place : nowhere;
        innerText(w, first, [], { ...state, place }, where, spot);
      });
    return;
  }
  const texts = words.slice(1).map(({ word, parts, value }) => {
    // What a substitution inside runs is a call of its own.
    const own = parts?.every(
      (part) => part.type === "DoubleQuoted" && part.parts.every(isCommands),
    );
    return own === true ? "" : `${word.text} ${value.texts.join(" ")}`;
  });
  if (mentionIn(texts.join(" ")) >= 0) doubt(w, where, words[0]!.word.pos, FROM_STRINGS);
}

/** Here-documents, and the commands inside of what is redirected to. */
export function redirections(
  w: Walk,
  all: readonly Redirection[],
  name: string | null,
  state: State,
  where: Where,
): void {
  for (const one of all) {
    if (one.type !== "HereDoc") {
      if (one.target !== undefined) w.substitutions(one.target, state, where);
      continue;
    }
    const at = mentionIn(one.body.text);
    const names = name === null ? -1 : environmentIn(one.body.text);
    if (at >= 0 && hereDocumentRuns(name, one))
      doubt(w, where, one.body.pos + at, IN_HERE_DOCUMENT);
    else if (names >= 0) doubt(w, where, one.body.pos + names, NAMES_ENVIRONMENT);
  }
}

/** Whether a shell runs the text here, or commands inside of it. */
function hereDocumentRuns(name: string | null, { body }: HereDoc): boolean {
  if (name !== null && (SHELLS.has(name) || name === "su")) return true;
  return body.parts?.some((part) => isCommands(part) && mentionIn(part.text) >= 0) ?? false;
}

const NAMES_PATH = "PATH names an environment that goes: build/python/venv/bin takes its place.";
const NAMES_ENVIRONMENT = "The text that it writes names an environment that goes.";
const FROM_STRINGS = "A command made from strings: change it by hand.";
const IN_HERE_DOCUMENT =
  "A here-document that a shell runs here: it is never edited, change it by hand.";

function isCommands({ type }: { readonly type: string }): boolean {
  return type === "CommandExpansion";
}
