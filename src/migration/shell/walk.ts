import type {
  AndOr,
  Case,
  CommandNode,
  CompoundList,
  If,
  ParsedScript,
  PipelineNode,
  Statement,
} from "unbash";
import { parse } from "unbash";
import type { FinderInput } from "../input.ts";
import { redirections, simple } from "./commands.ts";
import type { ShellJob, ShellPart } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import { loopValues } from "./loop.ts";
import { mentionIn } from "./mention.ts";
import type { List, Spot } from "./model.ts";
import { isWithin, nowhere, samePlace, startPlace } from "./place.ts";
import { runnersOf } from "./runners.ts";
import { join, type State, withVariable } from "./state.ts";
import { unknown } from "./value.ts";
import { changesFolder, isTest, substitutions, tests } from "./walk-words.ts";
import {
  conditional,
  type Deferred,
  doubt,
  scope,
  type Walk,
  type Walked,
  type Where,
} from "./walking.ts";
/** Walks through the parts of a job. `starts` are where each part may start. */
export function walkJob(
  job: ShellJob,
  input: FinderInput,
  outer: Variables,
  starts: readonly (readonly string[])[],
): Walked {
  const w: Walk = {
    ...{
      job,
      input,
      ran: [],
      tested: [],
      doubts: [],
      functions: new Map(),
      pending: [],
      traps: [],
    },
    ...{ runners: runnersOf(job), moves: 0, recording: true, start: nowhere },
    script: (tree, state, where, kind) => script(w, tree, state, where, kind),
    substitutions: (word, state, where) => substitutions(w, word, state, where),
  };
  let state: State | null = null;
  for (const [i, one] of job.parts.entries()) {
    state = part(w, one, one.sameShell ? state : null, outer, starts[i]!);
  }
  finish(w, state?.variables ?? outer);
  const { ran, tested, doubts, functions } = w;
  return { ran, tested, doubts, functions: new Set(functions.keys()) };
}

function part(
  w: Walk,
  one: ShellPart,
  before: State | null,
  outer: Variables,
  starts: readonly string[],
): State {
  const { fragment } = one;
  if (before === null) w.start = startPlace(starts);
  const state: State = before ?? {
    place: w.start,
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
    script: w.job.script ? w.job.path : null,
  };
  return {
    ...script(w, parse(fragment.text), { ...state, ended: false }, where, "part"),
    ended: false,
  };
}

/** A text that could not be parsed is told where it mentions Python, and not looked into. */
function script(
  w: Walk,
  tree: ParsedScript,
  state: State,
  where: Where,
  kind: List["kind"],
): State {
  const error = tree.errors?.[0];
  if (error === undefined) return statements(w, tree.commands, state, where, kind);
  const at = mentionIn(where.fragment.text);
  if (at >= 0)
    doubt(w, where, at, `It cannot be parsed as shell (${error.message}): change it by hand.`);
  return { ...state, place: nowhere };
}

function statements(
  w: Walk,
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
    const after = node(w, command, state, { ...where, outer: spot }, spot);
    state = background === true ? state : after;
  }
  return state;
}

function node(
  w: Walk,
  command: PipelineNode | AndOr | CompoundList,
  state: State,
  where: Where,
  spot: Spot,
): State {
  switch (command.type) {
    case "AndOr":
      return andOr(w, command, state, where, spot);
    case "Pipeline": {
      if (command.commands.length === 1) {
        const piped = command.prefixes.some(({ type }) => type === "Negation");
        return node(w, command.commands[0]!, state, where, { ...spot, piped: spot.piped || piped });
      }
      for (const each of command.commands) {
        node(w, each, state, { ...where, apart: true }, { ...spot, piped: true });
      }
      return state;
    }
    case "Command":
      return simple(w, command, state, where, spot);
    case "Redirected":
      redirections(w, command.redirects, null, state, where);
      return node(w, command.command, state, where, spot);
    case "Subshell":
      statements(w, command.body.commands, state, { ...where, apart: true });
      return state;
    case "BraceGroup":
      return statements(w, command.body.commands, state, where);
    case "CompoundList":
      return statements(w, command.commands, state, where);
    case "If":
      return ofIf(w, command, state, where);
    case "Case":
      return ofCase(w, command, state, where);
    case "While": {
      const clause = statements(w, command.clause.commands, state, conditional(where));
      return loop(w, command.body, clause, where);
    }
    case "For":
    case "Select": {
      for (const word of command.wordlist ?? []) substitutions(w, word, state, where);
      const value =
        command.wordlist === undefined
          ? unknown
          : loopValues(command.wordlist, scope(state, where), w.input);
      return loop(w, command.body, withVariable(state, command.name.text, value, []), where);
    }
    case "ArithmeticFor":
      return loop(w, command.body, state, where);
    case "TestCommand":
      tests(w, command, state, where, spot);
      return state;
    case "Function": {
      const name = command.name.text;
      const body = command.body;
      const inside: Where = { ...where, inFunction: true, conditional: false, flow: body };
      const deferred: Deferred = {
        name,
        moves: changesFolder(body),
        calls: [],
        walk: (at) => void node(w, body, at, inside, spot),
      };
      w.functions.set(name, deferred);
      if (w.recording) w.pending.push(deferred);
      return state;
    }
    case "Coproc":
      node(w, command.body as CommandNode, state, where, { ...spot, piped: true });
      return state;
    default:
      return state;
  }
}

function andOr(w: Walk, command: AndOr, before: State, where: Where, spot: Spot): State {
  let state = before;
  let started = before;
  for (const [index, each] of command.commands.entries()) {
    const operator = command.operators[index - 1];
    const inside = index === 0 ? where : conditional(where);
    const chained: Spot = { ...spot, chain: { node: command, index } };
    if (operator === "||") {
      const other = node(w, each, { ...started, ended: false }, inside, chained);
      state = join(state, other);
    } else {
      started = state;
      const after = node(w, each, state, inside, chained);
      const tested = index > 0 && isTest(command.commands[index - 1]!);
      state = tested ? join(state, after) : after;
    }
  }
  return state;
}

function ofIf(w: Walk, command: If, before: State, where: Where): State {
  const inside = conditional(where);
  let clause = statements(w, command.clause.commands, before, inside);
  let after = statements(w, command.then.commands, clause, inside);
  for (const branch of command.elif) {
    clause = statements(w, branch.clause.commands, clause, inside);
    after = join(after, statements(w, branch.then.commands, clause, inside));
  }
  const otherwise = command.else;
  return join(after, otherwise ? statements(w, otherwise.commands, clause, inside) : clause);
}

function ofCase(w: Walk, command: Case, before: State, where: Where): State {
  substitutions(w, command.word, before, where);
  return command.items.reduce(
    (after, item) => join(after, statements(w, item.body.commands, before, conditional(where))),
    before,
  );
}

/** A body that moves is walked as one that may start anywhere. */
function loop(w: Walk, body: CompoundList, before: State, where: Where): State {
  const inside = conditional(where);
  // A trial inside of a trial would double with every loop around it.
  if (!w.recording) return join(before, statements(w, body.commands, before, inside));
  w.recording = false;
  const once = statements(w, body.commands, before, inside);
  w.recording = true;
  const stays = once.ended || isWithin(once.place, before.place);
  const state = stays ? before : { ...before, place: nowhere };
  return { ...join(before, statements(w, body.commands, state, inside)), ended: false };
}

function finish(w: Walk, variables: Variables): void {
  for (const trap of w.traps) trap();
  while (w.pending.length > 0) {
    // Callers usually stand below what they call.
    const { calls, walk } = w.pending.pop()!;
    const [first, ...more] = calls;
    const place =
      first === undefined
        ? w.moves > 0
          ? nowhere
          : w.start
        : more.every((other) => samePlace(first, other))
          ? first
          : nowhere;
    walk({ place, previous: nowhere, stack: [], variables, active: null, ended: false });
  }
}
