import type {
  Assignment,
  Case,
  Command,
  CommandNode,
  CompoundList,
  HereDoc,
  If,
  PipelineNode,
  Redirection,
  Script,
  Statement,
  SyntaxNode,
  TestCommand,
  Word,
} from "unbash";
import { forEachChild, parse } from "unbash";
import type { Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { afterCommand } from "./effects.ts";
import { splitProgram } from "./environment.ts";
import { evaluate } from "./evaluate.ts";
import type { ShellJob, ShellPart } from "./job.ts";
import { loopValues } from "./loop.ts";
import { environmentFolderIn, environmentIn, mentionIn } from "./mention.ts";
import type { List, Ran, Said, Spot, Variables } from "./model.ts";
import { isWithin, nowhere, type Place, samePlace, startPlace } from "./place.ts";
import { insideQuotes } from "./quoted.ts";
import { runnersOf } from "./runners.ts";
import { join, type State, withVariable } from "./state.ts";
import { nameAt, unwrap } from "./unwrap.ts";
import { literal, only, unknown } from "./value.ts";
import { named } from "./words.ts";
import { ASKING, SHELLS } from "./wrappers.ts";

/** What a walk through a job's text finds, in the order in which it runs. */
export interface Walked {
  readonly ran: readonly Ran[];
  /** Words of `[[ ]]`. */
  readonly tested: readonly Tested[];
  /** What only a person can judge. */
  readonly doubts: readonly Doubt[];
  /** Names of the functions that the text defines. */
  readonly functions: ReadonlySet<string>;
}

export interface Tested {
  readonly said: Said;
  /** The `[[ ]]` that it stands in. */
  readonly node: object;
  readonly fragment: Fragment;
  readonly part: ShellPart;
  readonly spot: Spot;
  readonly place: Place;
  readonly variables: Variables;
}

export interface Doubt {
  readonly fragment: Fragment;
  readonly offset: number;
  readonly reason: string;
}

/** Walks through the parts of a job. `starts` are where each part may start. */
export function walkJob(
  job: ShellJob,
  input: FinderInput,
  outer: Variables,
  starts: readonly (readonly string[])[],
): Walked {
  const walker = newWalker(job, input);
  let state: State | null = null;
  for (const [i, part] of job.parts.entries()) {
    state = walker.part(part, part.sameShell ? state : null, outer, starts[i]!);
  }
  walker.finish(state?.variables ?? outer);
  const { ran, tested, doubts, functions } = walker;
  return { ran, tested, doubts, functions: new Set(functions.keys()) };
}

interface Deferred {
  readonly name: string;
  readonly walk: (state: State) => void;
  readonly moves: boolean;
  readonly calls: Place[];
}

function newWalker(job: ShellJob, input: FinderInput) {
  const ran: Ran[] = [];
  const tested: Tested[] = [];
  const doubts: Doubt[] = [];
  const functions = new Map<string, Deferred>();
  const runners = runnersOf(job);
  const pending: Deferred[] = [];
  let moves = 0;
  const traps: (() => void)[] = [];
  let start: Place = nowhere;
  let recording = true;

  /** Where a walk is: the text, and what surrounds it. */
  interface Where {
    readonly fragment: Fragment;
    readonly part: ShellPart;
    readonly quoted: "single" | "double" | null;
    readonly inFunction: boolean;
    readonly conditional: boolean;
    readonly flow: unknown;
    /** A shell of its own: where it goes does not matter outside. */
    readonly apart: boolean;
    readonly outer: Spot | null;
    /** What the text around it is wrapped in, as in `sudo bash -c`. */
    readonly wrappers: readonly string[];
    readonly script: string | null;
  }

  function part(
    one: ShellPart,
    before: State | null,
    outer: Variables,
    starts: readonly string[],
  ): State {
    const { fragment } = one;
    if (before === null) start = startPlace(starts);
    const state: State = before ?? {
      place: start,
      previous: nowhere,
      stack: [],
      variables: outer,
      active: null,
      ended: false,
    };
    const where: Where = {
      fragment,
      part: one,
      quoted: null,
      inFunction: false,
      conditional: false,
      flow: one.group,
      apart: false,
      outer: null,
      wrappers: [],
      script: job.script ? job.path : null,
    };
    return {
      ...script(parse(fragment.text), { ...state, ended: false }, where, "part"),
      ended: false,
    };
  }

  /** A text that could not be parsed is told where it mentions Python, and not looked into. */
  function script(
    tree: Script & { errors?: readonly { message: string; pos: number }[] | undefined },
    state: State,
    where: Where,
    kind: List["kind"],
  ): State {
    const error = tree.errors?.[0];
    if (error === undefined) return statements(tree.commands, state, where, kind);
    const at = mentionIn(where.fragment.text);
    if (at >= 0)
      doubt(where, at, `It cannot be parsed as shell (${error.message}): change it by hand.`);
    return { ...state, place: nowhere };
  }

  function doubt({ fragment }: Where, offset: number, reason: string): void {
    if (recording) doubts.push({ fragment, offset, reason });
  }

  function statements(
    list: readonly Statement[],
    before: State,
    where: Where,
    kind: List["kind"] = "body",
  ): State {
    const here: List = {
      statements: list,
      fragment: where.fragment,
      part: where.part,
      kind,
      conditional: where.conditional,
      flow: where.flow,
      within: where.outer,
    };
    let state = before;
    for (const [index, { command, background }] of list.entries()) {
      const spot: Spot = { list: here, index, chain: null, piped: false };
      const after = node(command, state, { ...where, outer: spot }, spot);
      state = background === true ? state : after;
    }
    return state;
  }

  function node(
    one: PipelineNode | { readonly type: "AndOr" } | CompoundList,
    state: State,
    where: Where,
    spot: Spot,
  ): State {
    const command = one as CommandNode | PipelineNode | CompoundList | import("unbash").AndOr;
    switch (command.type) {
      case "AndOr":
        return andOr(command, state, where, spot);
      case "Pipeline": {
        if (command.commands.length === 1) {
          const piped = command.prefixes.some(({ type }) => type === "Negation");
          return node(command.commands[0]!, state, where, { ...spot, piped: spot.piped || piped });
        }
        for (const each of command.commands) {
          node(each, state, { ...where, apart: true }, { ...spot, piped: true });
        }
        return state;
      }
      case "Command":
        return simple(command, state, where, spot);
      case "Redirected":
        redirections(command.redirects, null, state, where);
        return node(command.command, state, where, spot);
      case "Subshell":
        statements(command.body.commands, state, { ...where, apart: true });
        return state;
      case "BraceGroup":
        return statements(command.body.commands, state, where);
      case "CompoundList":
        return statements(command.commands, state, where);
      case "If":
        return ofIf(command, state, where);
      case "Case":
        return ofCase(command, state, where);
      case "While": {
        const clause = statements(command.clause.commands, state, conditional(where));
        return loop(command.body, clause, where);
      }
      case "For":
      case "Select": {
        for (const word of command.wordlist ?? []) substitutions(word, state, where);
        const value =
          command.wordlist === undefined
            ? unknown
            : loopValues(command.wordlist, scope(state, where), input);
        return loop(command.body, withVariable(state, command.name.text, value, []), where);
      }
      case "ArithmeticFor":
        return loop(command.body, state, where);
      case "TestCommand":
        tests(command, state, where, spot);
        return state;
      case "Function": {
        const name = command.name.text;
        const body = command.body;
        const inside: Where = { ...where, inFunction: true, conditional: false, flow: body };
        const deferred: Deferred = {
          name,
          moves: changesFolder(body),
          calls: [],
          walk: (at) => void node(body, at, inside, spot),
        };
        functions.set(name, deferred);
        if (recording) pending.push(deferred);
        return state;
      }
      case "Coproc":
        node(command.body as CommandNode, state, where, { ...spot, piped: true });
        return state;
      default:
        return state;
    }
  }

  function conditional(where: Where): Where {
    return { ...where, conditional: true };
  }

  function andOr(command: import("unbash").AndOr, before: State, where: Where, spot: Spot): State {
    let state = before;
    let started = before;
    for (const [index, each] of command.commands.entries()) {
      const operator = command.operators[index - 1];
      const inside = index === 0 ? where : conditional(where);
      const chained: Spot = { ...spot, chain: { node: command, index } };
      if (operator === "||") {
        const other = node(each, { ...started, ended: false }, inside, chained);
        state = join(state, other);
      } else {
        started = state;
        const after = node(each, state, inside, chained);
        const tested = index > 0 && isTest(command.commands[index - 1]!);
        state = tested ? join(state, after) : after;
      }
    }
    return state;
  }

  function ofIf(command: If, before: State, where: Where): State {
    const inside = conditional(where);
    let clause = statements(command.clause.commands, before, inside);
    let after = statements(command.then.commands, clause, inside);
    for (const branch of command.elif) {
      clause = statements(branch.clause.commands, clause, inside);
      after = join(after, statements(branch.then.commands, clause, inside));
    }
    const otherwise = command.else;
    return join(after, otherwise ? statements(otherwise.commands, clause, inside) : clause);
  }

  function ofCase(command: Case, before: State, where: Where): State {
    substitutions(command.word, before, where);
    return command.items.reduce(
      (after, item) => join(after, statements(item.body.commands, before, conditional(where))),
      before,
    );
  }

  /** A body that moves is walked as one that may start anywhere. */
  function loop(body: CompoundList, before: State, where: Where): State {
    const inside = conditional(where);
    const was = recording;
    recording = false;
    const once = statements(body.commands, before, inside);
    recording = was;
    const stays = once.ended || isWithin(once.place, before.place);
    const state = stays ? before : { ...before, place: nowhere };
    return { ...join(before, statements(body.commands, state, inside)), ended: false };
  }

  function scope(state: State, where: Where) {
    return { variables: state.variables, place: state.place, script: where.script };
  }

  function said(word: Word, state: State, where: Where): Said {
    return { word, parts: word.parts, value: evaluate(word, scope(state, where)) };
  }

  function tests(node: TestCommand, state: State, where: Where, spot: Spot): void {
    const visit = (one: SyntaxNode): void => {
      if (one.type !== "Word") {
        forEachChild(one, visit);
        return;
      }
      substitutions(one, state, where);
      if (!recording) return;
      const { fragment, part: inPart } = where;
      const { place, variables } = state;
      const word = said(one, state, where);
      tested.push({ said: word, node, fragment, part: inPart, spot, place, variables });
    };
    visit(node.expression);
  }

  /** The commands inside of a word: `$(…)`, `<(…)`. */
  function substitutions(word: SyntaxNode, state: State, where: Where): void {
    const visit = (one: SyntaxNode): void => {
      if (one.type !== "Script") {
        forEachChild(one, visit);
        return;
      }
      if (one.source !== undefined && one.source !== where.fragment.text) {
        // Backslashes inside of backquotes: its offsets are not those of the file.
        const at = word.pos;
        if (mentionIn(one.source) >= 0) doubt(where, at, "A command inside of escaped backquotes.");
        return;
      }
      script(one, state, { ...conditional(where), apart: true }, "body");
    };
    visit(word);
  }

  function simple(command: Command, before: State, where: Where, spot: Spot): State {
    let state = before;
    const words: Said[] = [];
    for (const one of command.prefix) {
      if (one.type === "Assignment") assignment(one, state, where, spot);
    }
    if (command.name !== undefined) {
      words.push(said(command.name, state, where));
      for (const argument of command.args) {
        if (argument.type === "Word") words.push(said(argument, state, where));
        else words.push({ word: argument, parts: undefined, value: literal(argument.text) });
      }
    }
    const found = unwrap(words, runners, (one) => functions.has(one));
    const text = found.kind === "text" ? found.word : -1;
    for (const one of command.args) if (one.type === "Assignment") paths(one, where);
    const own = [...(command.name ? [command.name] : []), ...command.args];
    for (const [i, word] of own.entries()) if (i !== text) substitutions(word, state, where);
    const main = found.kind === "command" ? found.main : 0;
    const name = nameAt(words, main);
    redirections(command.redirects, found.kind === "elsewhere" ? null : name, state, where);
    if (found.kind === "text") innerText(words[text]!, found.wrappers, state, where, spot);
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
    if (recording) ran.push(record);
    if (found.kind === "command") {
      if (name === "eval" || name === "trap") strings(words, name, state, where, spot);
      const called = name === null ? undefined : functions.get(name);
      if (called !== undefined) {
        if (recording) called.calls.push(state.place);
        if (called.moves) {
          state = { ...state, place: nowhere };
          moves += 1;
        }
      }
    }
    const after = afterCommand(record, state, { script: where.script, input });
    if (after.place !== before.place && !where.apart) moves += 1;
    return after;
  }

  function assignment(one: Assignment, state: State, where: Where, spot: Spot): void {
    substitutions(one, state, where);
    paths(one, where);
    const [first, ...more] = one.value.type === "ArrayValue" ? one.value.elements : [];
    if (first === undefined || !recording) return;
    // CMD=(python3 x.py), to be run as "${CMD[@]}".
    const words = [first, ...more].map((word) => said(word, state, where));
    const name = only(words[0]!.value);
    if (name === null || named(splitProgram(name)?.name ?? name)?.kind !== "python") return;
    const { pos } = first;
    const { end } = more.at(-1) ?? first;
    const node: Command = {
      ...{ type: "Command", pos, end, name: first, prefix: [], suffix: more, args: more },
      redirects: [],
    };
    const { fragment, part: inPart, quoted, inFunction, wrappers: around } = where;
    const { place, variables, active } = state;
    ran.push({
      ...{ node, fragment, part: inPart, spot: { ...spot, piped: true }, place, variables, words },
      ...{ main: 0, wrappers: ["array"], around, form: "command", active, quoted, inFunction },
    });
  }

  /** PATH=venv/bin:$PATH activates an environment, too. */
  function paths({ name, text, pos }: Assignment, where: Where): void {
    const at = name === "PATH" ? environmentFolderIn(text) : -1;
    if (at >= 0) doubt(where, pos + at, NAMES_PATH);
  }

  /** The text that `bash -c` and the like run. */
  function innerText(
    { word, parts, value }: Said,
    wrappers: readonly string[],
    state: State,
    where: Where,
    spot: Spot,
  ): void {
    const inner = insideQuotes(where.fragment, parts);
    if (inner === null) {
      const known = value.texts.join("\n");
      if (mentionIn(`${word.text}\n${known}`) >= 0) doubt(where, word.pos, FROM_STRINGS);
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
    const variables = inner.quotes === "single" ? new Map() : state.variables;
    const tree = parse(inner.fragment.text);
    script(tree, { ...state, variables }, inside, "body");
  }

  /** Strings that become commands: told, never edited. */
  function strings(
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
      const before = moves;
      if (recording)
        traps.push(() => {
          const place = moves === before ? state.place : nowhere;
          innerText(first, [], { ...state, place }, where, spot);
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
    if (mentionIn(texts.join(" ")) >= 0) doubt(where, words[0]!.word.pos, FROM_STRINGS);
  }

  function redirections(
    all: readonly Redirection[],
    name: string | null,
    state: State,
    where: Where,
  ): void {
    for (const one of all) {
      if (one.type !== "HereDoc") {
        if (one.target !== undefined) substitutions(one.target, state, where);
        continue;
      }
      const at = mentionIn(one.body.text);
      const names = name === null ? -1 : environmentIn(one.body.text);
      if (at >= 0 && hereDocumentRuns(name, one)) doubt(where, one.body.pos + at, IN_HERE_DOCUMENT);
      else if (names >= 0) doubt(where, one.body.pos + names, NAMES_ENVIRONMENT);
    }
  }

  function finish(variables: Variables): void {
    for (const trap of traps) trap();
    while (pending.length > 0) {
      // Callers usually stand below what they call.
      const { calls, walk } = pending.pop()!;
      const [first, ...more] = calls;
      const place =
        first === undefined
          ? moves > 0
            ? nowhere
            : start
          : more.every((other) => samePlace(first, other))
            ? first
            : nowhere;
      walk({ place, previous: nowhere, stack: [], variables, active: null, ended: false });
    }
  }

  return { ran, tested, doubts, functions, part, finish };
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

function isTest(node: PipelineNode): boolean {
  if (node.type === "TestCommand" || node.type === "ArithmeticCommand") return true;
  if (node.type === "Pipeline") return node.commands.length > 1 || isTest(node.commands[0]!);
  const name = node.type === "Command" ? node.name?.value : undefined;
  return name !== undefined && (ASKING.has(name) || /^(\[|test|command|grep)$/.test(name));
}

function isCommands({ type }: { readonly type: string }): boolean {
  return type === "CommandExpansion";
}

/** Whether a function's own text changes directory for its caller. */
function changesFolder(node: SyntaxNode): boolean {
  let moves = false;
  const visit = (one: SyntaxNode): void => {
    if (one.type === "Subshell" || one.type === "Script" || one.type === "Function") return;
    if (one.type === "Command" && /^(cd|pushd|popd)$/.test(one.name?.value ?? "")) moves = true;
    forEachChild(one, visit);
  };
  visit(node);
  return moves;
}
