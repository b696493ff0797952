import type { FinderInput } from "../input.ts";
import type { Edit } from "../site.ts";
import { commandsOf, isActivation, isNeedless } from "./activation.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { callDraft } from "./calls.ts";
import { deletionDraft } from "./deleting.ts";
import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import { followers, venvDrafts } from "./followers.ts";
import type { Ground } from "./ground.ts";
import { guardsOf } from "./guards.ts";
import { heldBy } from "./held.ts";
import type { ShellJob } from "./job.ts";
import { type Decision, staying, withSetup } from "./ordering.ts";
import { isMember, onDemand, ownDraft } from "./own.ts";
import { noRemovals, partEdit, type Removals, statementEdit } from "./removing.ts";
import type { Roles } from "./roles.ts";
import { createdBy, stepOf } from "./step.ts";
import { insideGone, type Piece, takeOut, within } from "./taking-out.ts";
import { pythonVariables } from "./variables.ts";
import type { Walked } from "./walking.ts";
import { forOnePython } from "./whole-job.ts";

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
  const held = heldBy(steps, made, lineOf, excluded);
  const missing = new Set(steps.flatMap(({ install }) => install?.missing ?? []));
  const ground: Ground = { job, input, functions: walked.functions, held, made, missing };
  const making = new Set(
    steps.flatMap((step) =>
      step.act.kind === "create" || step.act.kind === "setup" ? [step.ran.spot.list.flow] : [],
    ),
  );
  const drafts = new Map<Step, Draft>();
  for (const step of steps) {
    const one =
      callDraft(step, ground) ??
      ownDraft(step, held, input.python) ??
      deletionDraft(step, making, input, made);
    if (one !== null && !excluded.has(one.key)) drafts.set(step, one);
  }
  onDemand(steps, drafts);
  const members = steps.filter((step) => isMember(step) && !drafts.has(step));
  const uses = { steps, drafts, members: new Set(members), walked, job };
  const activations = steps
    .filter(isActivation)
    .filter(({ act }) => act.env.where === "repository");
  const needless = activations.filter(
    (step) =>
      !excluded.has(step.ran.node) &&
      !held.has(step.act.env.key) &&
      !stillEnded(step, steps, excluded) &&
      isNeedless(step, uses),
  );
  const roles: Roles = {
    members: commandsOf(members),
    activations: commandsOf(needless),
    guards: guardsOf(steps, walked, input, made),
  };
  const removals = noRemovals();
  let blocks = blocksOf(members, roles, removals, job, input);
  const left = blocks.filter((block) => excluded.has(block.draft.key));
  if (left.length > 0) {
    // A block that was left out stays whole; the others are found again without it.
    const without = members.filter((step) => !left.some((block) => block.steps.includes(step)));
    removals.statements.clear();
    removals.parts.clear();
    blocks = blocksOf(without, { ...roles, members: commandsOf(without) }, removals, job, input);
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
    input,
  );
  for (const step of variables.absorbed) drafts.delete(step);
  for (const [step, one] of drafts) {
    if (one.kind === "rewrite" && isChosenOutside(step)) {
      drafts.set(step, { ...one, kind: "offer", reason: CHOSEN });
    }
  }
  const variableDrafts = variables.drafts.filter(({ key }) => !excluded.has(key));
  const out: Draft[] = [];
  const late: (() => Draft)[] = [];
  for (const block of blocks) late.push(() => finished(block, removals, listed));
  const swallowed = (one: Piece): boolean => insideGone(one, removals);
  for (const step of needless) {
    if (blocks.some((block) => within(step.ran, block))) continue;
    if (swallowed(step.ran)) continue;
    const gone = takeOut(step.ran, roles, removals);
    if (gone === null) continue;
    late.push(() => goneDraft(step, gone(), null));
    drafts.set(step, draft(step.ran.node, offsetOf(step.ran), "rewrite", ""));
  }
  for (const step of steps) {
    if (step.act.kind !== "deactivate" || step.ran.active === null) continue;
    const by = drafts.get(needless.find(({ ran }) => ran === step.ran.active!.by) ?? step);
    if (by === undefined) continue;
    const gone = takeOut(step.ran, roles, removals);
    const doubt = job.stops === true || isFollowed(step) ? null : DEACTIVATE;
    if (gone !== null) late.push(() => goneDraft(step, gone(), doubt));
  }
  const follow = followers(steps, walked, input, made, held, job).filter(
    ({ owner }) => !excluded.has(owner),
  );
  const named = venvDrafts(follow, steps, job, excluded, swallowed, blocks, input.folders);
  const reported = new Set(
    [...drafts.values()].flatMap(({ kind, key }) => (kind === "report" ? [key] : [])),
  );
  const edited = new Set(variables.drafts.map(({ key }) => key));
  for (const one of named) if (!reported.has(one.key) && !edited.has(one.key)) out.push(one);
  for (const [step, one] of drafts) {
    if (needless.some((other) => other === step) || swallowed(step.ran) || taken.has(step))
      continue;
    out.push(one);
  }
  out.push(...variableDrafts, ...doubtsOf(walked), ...late.map((make) => make()));
  const all = job.script ? forOnePython(out, steps, made, input, lineOf) : out;
  return withSetup(all, steps, blocks, job, lineOf);
}

/** Whether something runs behind it that does not ask how it ended: the exit code is that one's. */
function isFollowed({ ran: { spot } }: Step): boolean {
  const next = spot.list.statements[spot.index + 1];
  if (next === undefined || spot.chain !== null || spot.piped) return false;
  return !/\$\?/.test(spot.list.fragment.text.slice(next.pos, next.end));
}

/** Whether its program is a variable that whoever starts the script may set. */
function isChosenOutside({ act, ran }: Step): boolean {
  const variable = "variable" in act ? act.variable : null;
  return variable !== null && (ran.words[ran.main]?.value.open ?? false);
}

const CHOSEN = "Whoever starts it may choose the Python by this variable.";

/** Whether a `deactivate` that a person left out ends it: without activation there is no such command. */
function stillEnded({ ran }: Step, steps: readonly Step[], excluded: ReadonlySet<object>): boolean {
  return steps.some(
    (other) =>
      other.act.kind === "deactivate" &&
      other.ran.active?.by === ran &&
      excluded.has(other.ran.node),
  );
}

/** The step whose Python a block keeps, to run setup.py with. */
function bootOf(steps: readonly Step[]): readonly Step[] {
  const boot = steps.find(
    ({ act }) =>
      (act.kind === "create" || act.kind === "pip") && act.env === null && act.variable !== null,
  );
  return boot === undefined ? [] : [boot];
}

function finished(
  block: Block,
  removals: Removals,
  listed: ReadonlyMap<Step, Block | null>,
): Draft {
  const gone = block.gone.flatMap(({ list, index, node }) =>
    node === null ? statementEdit(removals, list, index) : [partEdit(removals, list, node, index)],
  );
  const stay = [...listed]
    .filter(([, other]) => other === block)
    .map(([step]) => offsetOf(step.ran));
  if (block.draft.kind === "report") return block.draft;
  return { ...block.draft, edits: [...block.draft.edits, ...gone], listed: stay };
}

const DEACTIVATE = "The exit code becomes that of the command before it, which deactivate hid.";

const NEEDLESS = "Nothing that follows needs the activated environment.";

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

function doubtsOf({ doubts }: Walked): readonly Draft[] {
  return doubts.map((doubt) =>
    draft(doubt, doubt.fragment.offsets[doubt.offset]!, "report", doubt.reason),
  );
}
