import type { FinderInput } from "../input.ts";
import type { Edit } from "../site.ts";
import { type Act, actOf, targetOf } from "./act.ts";
import { commandsOf, isActivation, isNeedless } from "./activation.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { callDraft, type Ground } from "./calls.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import { type Environment, environmentAt, isEnvironment, splitProgram } from "./environment.ts";
import { following, type Standing } from "./follow.ts";
import { type Install, readInstall } from "./install.ts";
import type { ShellJob } from "./job.ts";
import type { Definition, Ran, Said } from "./model.ts";
import {
  canEmpty,
  noRemovals,
  partEdit,
  type Removals,
  removePart,
  removeStatement,
  statementEdit,
} from "./removing.ts";
import { type Roles, roleOf } from "./roles.ts";
import { toolUse } from "./tools.ts";
import { nameAt } from "./unwrap.ts";
import { locations, only, UNKNOWN } from "./value.ts";
import { pythonVariables, venvVariable } from "./variables.ts";
import type { Walked } from "./walk.ts";

/** What a job comes to. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly setup: boolean;
}

/** Decides over all commands of a job; those whose key is in `excluded` stay as they are. */
export function decide(
  job: ShellJob,
  input: FinderInput,
  walked: Walked,
  lineOf: (offset: number) => number,
  excluded: ReadonlySet<object>,
): Decision {
  const steps = walked.ran.map((ran) => stepOf(ran, input));
  const made = new Set(steps.flatMap((step) => createdBy(step)?.key ?? []));
  const held = heldBy(steps, lineOf, excluded);
  const ground: Ground = { job, input, functions: walked.functions, held };
  const drafts = new Map<Step, Draft>();
  for (const step of steps) {
    const one = callDraft(step, ground) ?? ownDraft(step, held);
    if (one !== null && !excluded.has(one.key)) drafts.set(step, one);
  }
  onDemand(steps, drafts);
  const members = steps.filter((step) => isMember(step, held) && !drafts.has(step));
  const uses = { steps, drafts, members: new Set(members), walked, job };
  const activations = steps
    .filter(isActivation)
    .filter(({ act }) => act.env.where === "repository");
  const needless = activations.filter(
    (step) => !excluded.has(step.ran.node) && !held.has(step.act.env.key) && isNeedless(step, uses),
  );
  const roles: Roles = {
    members: commandsOf(members),
    activations: commandsOf(needless),
    guards: guardsOf(steps, walked, input, made),
  };
  const removals = noRemovals();
  let blocks = blocksOf(members, roles, removals, job, input.python);
  const left = blocks.filter((block) => excluded.has(block.draft.key));
  if (left.length > 0) {
    // A block that was left out stays whole; the others are found again without it.
    const without = members.filter((step) => !left.some((block) => block.steps.includes(step)));
    removals.statements.clear();
    removals.parts.clear();
    blocks = blocksOf(
      without,
      { ...roles, members: commandsOf(without) },
      removals,
      job,
      input.python,
    );
  }
  const taken = new Set(blocks.flatMap((block) => block.steps));
  const listed = staying(steps, drafts, blocks);
  const boots = new Set(blocks.flatMap(({ steps: all }) => bootOf(all)));
  const variables = pythonVariables(
    steps.filter((step) => !listed.has(step)),
    drafts,
    boots,
    taken,
    job,
    input.python,
  );
  for (const step of variables.absorbed) drafts.delete(step);
  const variableDrafts = variables.drafts.filter(({ key }) => !excluded.has(key));
  const out: Draft[] = [];
  const late: (() => Draft)[] = [];
  for (const block of blocks) late.push(() => finished(block, removals, listed));
  const swallowed = (ran: Ran): boolean => insideGone(ran, removals);
  for (const step of needless) {
    if (blocks.some((block) => within(step.ran, block))) continue;
    const gone = takeOut(step.ran, roles, removals);
    if (gone === null) continue;
    late.push(() => goneDraft(step, gone(), deactivationDoubt(step, steps)));
    drafts.set(step, draft(step.ran.node, offsetOf(step.ran), "rewrite", ""));
  }
  for (const step of steps) {
    if (step.act.kind !== "deactivate" || step.ran.active === null) continue;
    const by = drafts.get(needless.find(({ ran }) => ran === step.ran.active!.by) ?? step);
    if (by === undefined) continue;
    const gone = takeOut(step.ran, roles, removals);
    if (gone !== null) late.push(() => goneDraft(step, gone(), DEACTIVATE));
  }
  const follow = followers(steps, walked, input, made, held).filter(
    ({ owner }) => !excluded.has(owner),
  );
  const named = venvDrafts(follow, held, job, excluded, removals, swallowed, blocks);
  for (const { drafted } of named) out.push(drafted);
  for (const [step, one] of drafts) {
    if (needless.some((other) => other === step) || swallowed(step.ran) || taken.has(step))
      continue;
    out.push(one);
  }
  out.push(...variableDrafts, ...doubtsOf(walked), ...late.map((make) => make()));
  return withSetup(out, steps, blocks, job);
}

function stepOf(ran: Ran, input: FinderInput): Step {
  let act: Act = actOf(ran);
  let install: Install | null = null;
  if (act.kind === "tool") {
    const use = toolUse(act);
    const { args } = act;
    const { word } = ran.words[ran.main]!;
    const program = { start: word.pos, end: word.end, env: null, variable: null };
    if (use.kind === "pip") act = { kind: "pip", ...program, args: use.args };
    if (use.kind === "create") act = { kind: "create", ...program, target: targetOf(use.args) };
    if (use.kind === "install") {
      const found = use.files.flatMap((file) =>
        locations(file, ran.place).flatMap(({ path }) => path ?? []),
      );
      const sources = found.filter((path) => input.accounted.has(path));
      const all = found.filter((path) => input.tree.has(path) || input.accounted.has(path));
      const verdict = sources.length > 0 ? "declared" : "report";
      const reason = sources.length > 0 ? TOOL_GOES : TOOL_STAYS;
      install = { verdict, reason, sources: [...new Set(all)] };
      act = { kind: "pip", ...program, args };
    }
  }
  if (act.kind === "pip" && install === null) install = readInstall(act.args, ran, input);
  return { ran, act, install };
}

const TOOL_GOES =
  "The central requirements account for what it installs; its own environment is no longer used.";
const TOOL_STAYS =
  "The central requirements do not account for what it installs: consolidate first.";

/** The environment that a step makes. */
function createdBy({ act, ran }: Step): Environment | null {
  if (act.kind !== "create") return null;
  const text = act.target === null ? ".venv" : (act.target.value.texts[0] ?? UNKNOWN);
  return environmentAt(text, ran.place);
}

/** The environment that a step fills: pip's own, or the active one. */
function filledBy({ act, ran }: Step): string | null {
  if (act.kind !== "pip") return null;
  if (act.env !== null) return act.env.key;
  const by = ran.active?.by;
  if (by === undefined) return null;
  const active = actOf(by);
  return active.kind === "activate" ? active.env.key : null;
}

/** Environments that lines which stay still make or fill, with the line that does. */
function heldBy(
  steps: readonly Step[],
  lineOf: (offset: number) => number,
  excluded: ReadonlySet<object>,
): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const step of steps) {
    const fills =
      step.install?.verdict === "report" && verbOf(step) === "install" ? filledBy(step) : null;
    const stays = excluded.has(step.ran.node) ? (createdBy(step)?.key ?? filledBy(step)) : null;
    const key = fills ?? stays;
    if (key !== null && !held.has(key)) held.set(key, lineOf(offsetOf(step.ran)));
  }
  return held;
}

function verbOf({ act }: Step): string | null {
  if (act.kind !== "pip") return null;
  const verb = act.args.find(({ word }) => !word.text.startsWith("-"));
  return verb === undefined ? null : only(verb.value);
}

/** What pip and venv themselves come to where they are no part of a block. */
function ownDraft(step: Step, held: ReadonlyMap<string, number>): Draft | null {
  const { act, install, ran } = step;
  const at = offsetOf(ran);
  const names = install?.sources ?? [];
  if (install?.verdict === "report")
    return draft(ran.node, at, "report", install.reason, { names });
  const created = createdBy(step);
  const key = created?.key ?? filledBy(step);
  if (created !== null && (created.where === "elsewhere" || created.where === "unknown")) {
    return draft(
      ran.node,
      at,
      "report",
      "Makes an environment outside of what is known here: decide whether it is still needed.",
    );
  }
  if (
    (created !== null || install !== null) &&
    key !== null &&
    held.has(key) &&
    install?.verdict !== "query"
  ) {
    return draft(
      ran.node,
      at,
      "report",
      `Line ${held.get(key)} fills this environment with what the central requirements do not name: settle that first.`,
      { names },
    );
  }
  if (install !== null && install.verdict !== "query" && install.verdict !== "tools") {
    if (ran.active?.kind === "conda" || (act.kind === "pip" && act.env?.where === "elsewhere")) {
      return draft(
        ran.node,
        at,
        "report",
        "It fills an environment outside of the repository: decide whether that is still needed.",
        { names },
      );
    }
    if (act.kind === "pip" && act.env?.where === "unknown") {
      return draft(ran.node, at, "report", "Which environment it fills is not known.", { names });
    }
  }
  return null;
}

function isMember({ act, install }: Step, _held: ReadonlyMap<string, number>): boolean {
  if (act.kind === "create") return true;
  if (act.kind !== "pip" || install === null) return false;
  if (act.env?.where === "elsewhere" || act.env?.where === "unknown") return false;
  return (
    install.verdict === "covered" || install.verdict === "declared" || install.verdict === "tools"
  );
}

/** `python3 -c "import x" || pip install x`: the whole line waits for the install to be settled. */
function onDemand(steps: readonly Step[], drafts: Map<Step, Draft>): void {
  for (const step of steps) {
    const { chain, list } = step.ran.spot;
    if (step.install?.verdict !== "report" || chain === null) continue;
    if (chain.node.operators[chain.index - 1] !== "||") continue;
    for (const other of steps) {
      const spot = other.ran.spot;
      if (spot.list === list && spot.chain?.node === chain.node && spot.chain.index < chain.index) {
        if (drafts.get(other)?.kind !== "report") drafts.delete(other);
      }
    }
  }
}

/** Tests of what a block makes. */
function guardsOf(
  steps: readonly Step[],
  walked: Walked,
  input: FinderInput,
  made: ReadonlySet<string>,
): ReadonlySet<object> {
  const guards = new Set<object>();
  const asks = (said: Said, ran: Pick<Ran, "place">): boolean => {
    const text = only(said.value);
    if (/\bVIRTUAL_ENV\b/.test(said.word.text)) return true;
    if (text === null || text === "") return false;
    if (namedEnvironment(text, ran, input, made) !== null) return true;
    return locations(text, ran.place).some(
      ({ path }) => path !== null && input.accounted.has(path),
    );
  };
  for (const { ran } of steps) {
    const name = nameAt(ran.words, ran.main);
    if ((name === "[" || name === "test") && ran.words.some((said) => asks(said, ran)))
      guards.add(ran.node);
  }
  for (const one of walked.tested) if (asks(one.said, one)) guards.add(one.node);
  return guards;
}

/** The environment that a text names, or names something in. */
function namedEnvironment(
  text: string,
  { place }: Pick<Ran, "place">,
  input: FinderInput,
  made: ReadonlySet<string>,
): { readonly env: Environment; readonly text: string } | null {
  const inside =
    splitProgram(text)?.env ?? /^(.+)\/(?:bin|Scripts|pyvenv\.cfg|lib)$/.exec(text)?.[1];
  const env = environmentAt(inside ?? text, place);
  if (!isEnvironment(env, input, made)) return null;
  return { env, text: (inside ?? text).replace(/\/+$/, "") };
}

/** Calls that run before the venv is made, by the first block of their flow: they stay. */
function staying(
  steps: readonly Step[],
  drafts: Map<Step, Draft>,
  blocks: readonly Block[],
): ReadonlyMap<Step, Block> {
  const found = new Map<Step, Block>();
  const order = new Map(steps.map((step, i) => [step, i]));
  for (const block of blocks) {
    if (!block.certain || block.head.ran.inFunction) continue;
    const first = Math.min(...block.steps.map((step) => order.get(step)!));
    for (const step of steps.slice(0, first)) {
      const { act, ran } = step;
      if (ran.spot.list.flow !== block.flow || ran.active !== null) continue;
      if ((act.kind !== "python" && act.kind !== "program") || act.env !== null) continue;
      const drafted = drafts.get(step);
      if (drafted === undefined || drafted.kind === "report" || found.has(step)) continue;
      if (
        blocks.some(
          (other) =>
            other !== block &&
            other.certain &&
            other.flow === block.flow &&
            order.get(other.head)! < order.get(step)!,
        )
      )
        continue;
      drafts.delete(step);
      found.set(step, block);
    }
  }
  return found;
}

/** The step whose Python a block keeps, to run setup.py with. */
function bootOf(steps: readonly Step[]): readonly Step[] {
  const boot = steps.find(
    ({ act }) =>
      (act.kind === "create" || act.kind === "pip") && act.env === null && act.variable !== null,
  );
  return boot === undefined ? [] : [boot];
}

function finished(block: Block, removals: Removals, listed: ReadonlyMap<Step, Block>): Draft {
  const gone = block.gone.flatMap(({ list, index, node }) =>
    node === null ? statementEdit(removals, list, index) : [partEdit(removals, list, node, index)],
  );
  const stay = [...listed]
    .filter(([, other]) => other === block)
    .map(([step]) => offsetOf(step.ran));
  if (block.draft.kind === "report") return block.draft;
  return { ...block.draft, edits: [...block.draft.edits, ...gone], listed: stay };
}

function within(ran: Ran, block: Block): boolean {
  const { spot, fragment } = block.head.ran;
  void spot;
  if (ran.fragment !== fragment) return false;
  return (
    block.draft.edits.some(({ start, end }) => {
      const at = ran.fragment.offsets[ran.node.pos]!;
      return at >= start && at < end;
    }) ||
    block.gone.some(({ list, index, node }) => {
      const piece = node === null ? list.statements[index]! : node.commands[index]!;
      return (
        list.fragment === ran.fragment && ran.node.pos >= piece.pos && ran.node.end <= piece.end
      );
    })
  );
}

function insideGone(ran: Ran, { statements, parts }: Removals): boolean {
  const inside = (one: { readonly pos: number; readonly end: number }): boolean =>
    ran.node.pos >= one.pos && ran.node.end <= one.end;
  for (const { list, gone } of statements.values()) {
    if (list.fragment === ran.fragment && [...gone].some((i) => inside(list.statements[i]!)))
      return true;
  }
  for (const [node, { list, gone }] of parts) {
    if (list.fragment === ran.fragment && [...gone].some((i) => inside(node.commands[i]!)))
      return true;
  }
  return false;
}

/** Takes a command out, with the test around it; null where that leaves nothing that may stand. */
function takeOut(ran: Ran, roles: Roles, removals: Removals): (() => readonly Edit[]) | null {
  let spot = ran.spot;
  const whole = (at: typeof spot): boolean =>
    roleOf(at.list.statements[at.index]!.command, roles) === "soft";
  const own = spot;
  if (whole(spot)) {
    for (let up = spot.list.within; up !== null && whole(up); up = up.list.within) spot = up;
    const { list, index } = spot;
    const others = list.statements.some(
      (_, i) => i !== index && !(removals.statements.get(list.statements)?.gone.has(i) ?? false),
    );
    if (!others && !canEmpty(list)) return null;
    removeStatement(removals, list, index);
    return () => statementEdit(removals, list, index);
  }
  const { chain, list, index, piped } = own;
  if (piped) return null;
  const statement = list.statements[index]!.command;
  if (statement === ran.node) {
    const others = list.statements.some(
      (_, i) => i !== index && !(removals.statements.get(list.statements)?.gone.has(i) ?? false),
    );
    if (!others && !canEmpty(list)) return null;
    removeStatement(removals, list, index);
    return () => statementEdit(removals, list, index);
  }
  if (chain === null || statement !== chain.node || chain.node.commands[chain.index] !== ran.node)
    return null;
  const around = [chain.node.operators[chain.index - 1], chain.node.operators[chain.index]];
  if (around.includes("||")) return null;
  const out = removals.parts.get(chain.node)?.gone ?? new Set<number>();
  if (!chain.node.commands.some((_, i) => i !== chain.index && !out.has(i))) return null;
  removePart(removals, list, chain.node, chain.index);
  return () => [partEdit(removals, list, chain.node, chain.index)];
}

const DEACTIVATE = "The exit code becomes that of the command before it, which deactivate hid.";
const NEEDLESS = "Nothing that follows needs the activated environment.";

function deactivationDoubt(_step: Step, _steps: readonly Step[]): string | null {
  return null;
}

function goneDraft(step: Step, edits: readonly Edit[], doubt: string | null): Draft {
  const offer = doubt ?? step.ran.part.offer;
  const env = step.act.kind === "activate" ? step.act.env.folder : null;
  return draft(
    step.ran.node,
    offsetOf(step.ran),
    offer === null ? "rewrite" : "offer",
    offer ?? NEEDLESS,
    {
      edits,
      ...(env === null ? {} : { names: [env] }),
    },
  );
}

interface Follower extends Standing {
  readonly owner: object;
  readonly ran: Ran | null;
  readonly env: Environment;
  readonly text: string;
  readonly offset: number;
  readonly offer: string | null;
}

/** Words that name an environment which goes: in activations that stay, in tests, behind `rm`. */
function followers(
  steps: readonly Step[],
  walked: Walked,
  input: FinderInput,
  made: ReadonlySet<string>,
  held: ReadonlyMap<string, number>,
): readonly Follower[] {
  const found: Follower[] = [];
  const look = (
    said: Said,
    one: Omit<Standing, "said">,
    owner: object,
    ran: Ran | null,
    offer: string | null,
  ): void => {
    const text = only(said.value);
    const named = text === null ? null : namedEnvironment(text, one, input, made);
    if (named === null || held.has(named.env.key)) return;
    const offset = ran === null ? one.fragment.offsets[said.word.pos]! : offsetOf(ran);
    const { fragment, place, variables } = one;
    found.push({
      said,
      fragment,
      place,
      variables,
      owner,
      ran,
      env: named.env,
      text: named.text,
      offset,
      offer,
    });
  };
  for (const step of steps) {
    const { ran, act } = step;
    const name = nameAt(ran.words, ran.main);
    const offer = ran.part.offer;
    if (act.kind === "activate") look(act.said, ran, ran.node, ran, offer);
    else if (
      ran.form === "command" &&
      act.kind === "harmless" &&
      /^(\[|test|rm|ls)$/.test(name ?? "")
    ) {
      for (const said of ran.words.slice(ran.main + 1)) look(said, ran, ran.node, ran, offer);
    } else if (act.kind === "create" && act.target !== null)
      look(act.target, ran, ran.node, ran, offer);
    else if (
      (act.kind === "python" || act.kind === "pip" || act.kind === "program") &&
      act.env !== null
    ) {
      look(ran.words[ran.main]!, ran, ran.node, ran, offer);
    }
  }
  for (const one of walked.tested) look(one.said, one, one.said.word, null, one.part.offer);
  return found;
}

/** The drafts of words that follow the venv, and of the variables that hold its path. */
function venvDrafts(
  follow: readonly Follower[],
  _held: ReadonlyMap<string, number>,
  job: ShellJob,
  excluded: ReadonlySet<object>,
  _removals: Removals,
  swallowed: (ran: Ran) => boolean,
  blocks: readonly Block[],
): readonly { readonly drafted: Draft }[] {
  const drafts: { drafted: Draft }[] = [];
  const variables = new Map<Definition, Environment>();
  const words = new Map<object, { first: Follower; edits: Edit[] }>();
  for (const one of follow) {
    const result = following(one, one.text, job);
    if (result === "variable" || result === null) {
      const name = /^["']?\$\{?(\w+)/.exec(one.said.word.text)?.[1];
      const found = name === undefined ? undefined : one.variables.get(name);
      for (const definition of found?.definitions ?? []) variables.set(definition, one.env);
      continue;
    }
    const { ran } = one;
    if (ran !== null) {
      if (swallowed(ran) || blocks.some((block) => within(ran, block))) continue;
      const act = actOf(ran).kind;
      if (act === "create" || act === "python" || act === "pip" || act === "program") continue;
    }
    const entry = words.get(one.owner) ?? { first: one, edits: [] };
    words.set(one.owner, entry);
    entry.edits.push(result);
  }
  for (const { first, edits } of words.values()) {
    drafts.push({
      drafted: draft(
        first.owner,
        first.offset,
        first.offer === null ? "rewrite" : "offer",
        first.offer ?? FOLLOWS,
        {
          edits,
          ...(first.env.folder === null ? {} : { names: [first.env.folder] }),
        },
      ),
    });
  }
  for (const [definition, env] of deepest(variables, job)) {
    if (excluded.has(definition)) continue;
    const edit = venvVariable(definition, env, job);
    if (edit === null) continue;
    drafts.push({
      drafted: draft(
        definition,
        definition.fragment.offsets[definition.start]!,
        "rewrite",
        FOLLOWS,
        {
          edits: [edit],
          ...(env.folder === null ? {} : { names: [env.folder] }),
        },
      ),
    });
  }
  return drafts;
}

const FOLLOWS = "The path follows the venv.";

/** A variable that another variable makes the path of, as in PYTHON := $(VENV)/bin/python. */
function deepest(
  all: ReadonlyMap<Definition, Environment>,
  _job: ShellJob,
): ReadonlyMap<Definition, Environment> {
  const found = new Map<Definition, Environment>();
  const visit = (definition: Definition, env: Environment): void => {
    if (found.has(definition)) return;
    const text = only(definition.value);
    const path = text === null ? null : text.replace(/\/+$/, "");
    if (path !== null && environmentAt(path, definition.place).key === env.key) {
      const inner = /^\s*["']?\$\{?(\w+)\}?["']?\s*$/.exec(
        definition.fragment.text.slice(definition.start, definition.end),
      )?.[1];
      const next = inner === undefined ? undefined : definition.variables.get(inner);
      if (next !== undefined) for (const other of next.definitions) visit(other, env);
      else found.set(definition, env);
      return;
    }
    const name = /^\s*["']?\$\{?(\w+)\}?/.exec(
      definition.fragment.text.slice(definition.start, definition.end),
    )?.[1];
    const next = name === undefined ? undefined : definition.variables.get(name);
    for (const other of next?.definitions ?? []) visit(other, env);
  };
  for (const [definition, env] of all) visit(definition, env);
  return found;
}

function doubtsOf({ doubts }: Walked): readonly Draft[] {
  return doubts.map((doubt) =>
    draft(doubt, doubt.fragment.offsets[doubt.offset]!, "report", doubt.reason),
  );
}

/** Where nothing is there before the job, a call waits for setup.py. */
function withSetup(
  drafts: readonly Draft[],
  steps: readonly Step[],
  blocks: readonly Block[],
  job: ShellJob,
): Decision {
  const calls = [
    ...steps.filter(({ act }) => act.kind === "setup").map(({ ran }) => offsetOf(ran)),
    ...blocks
      .filter(({ draft: one }) => one.kind !== "report")
      .map(({ head }) => offsetOf(head.ran)),
  ];
  const first = Math.min(...calls);
  const setup = calls.length > 0;
  if (!job.bareCheckout) return { drafts, setup };
  const heads = new Set(blocks.map(({ draft: one }) => one.key));
  return {
    setup,
    drafts: drafts.map((one) =>
      one.kind === "report" || heads.has(one.key) || one.offset > first
        ? one
        : {
            ...one,
            kind: "offer",
            reason: one.kind === "offer" ? one.reason : BARE,
            unprepared: true,
          },
    ),
  };
}

const BARE = "It starts from a bare checkout, and nothing in it makes the venv.";
