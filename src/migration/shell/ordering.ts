import type { Block } from "./blocks.ts";
import { type Draft, offsetOf, type Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import { unsettled } from "./unsettled.ts";
import { preparesMachine } from "./whole-job.ts";

/** What a job comes to. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly setup: boolean;
}

/** A line that makes the venv whenever its flow runs. */
interface Maker {
  readonly flow: unknown;
  /** The index of its first step. */
  readonly first: number;
  /** The block that becomes it; null where it is there already. */
  readonly block: Block | null;
}

/**
 * Calls that run before the venv is made, in the flow of the first line that makes it: they stay.
 * Takes them out of `drafts`.
 */
export function staying(
  steps: readonly Step[],
  drafts: Map<Step, Draft>,
  blocks: readonly Block[],
): ReadonlyMap<Step, Block | null> {
  const found = new Map<Step, Block | null>();
  const flows = new Set<unknown>();
  for (const { flow, first, block } of makersOf(steps, blocks)) {
    if (flows.has(flow)) continue;
    flows.add(flow);
    for (const step of steps.slice(0, first)) {
      const { act, ran } = step;
      if (ran.spot.list.flow !== flow || ran.active !== null) continue;
      if ((act.kind !== "python" && act.kind !== "program") || act.env !== null) continue;
      const drafted = drafts.get(step);
      if (drafted === undefined || drafted.kind === "report") continue;
      drafts.delete(step);
      found.set(step, block);
    }
  }
  return found;
}

function makersOf(steps: readonly Step[], blocks: readonly Block[]): readonly Maker[] {
  const order = new Map(steps.map((step, i) => [step, i]));
  const made = blocks
    .filter(
      ({ certain, head, draft }) => certain && !head.ran.inFunction && draft.kind !== "report",
    )
    .map((block): Maker => {
      const first = Math.min(...block.steps.map((step) => order.get(step)!));
      return { flow: block.flow, first, block };
    });
  const there = steps.flatMap(({ act, ran }, first): readonly Maker[] => {
    const { list, chain } = ran.spot;
    if (act.kind !== "setup" || list.conditional || chain !== null || ran.inFunction) return [];
    return [{ flow: list.flow, first, block: null }];
  });
  return [...made, ...there].sort((a, b) => a.first - b.first);
}

/** Where nothing is there before the job, a call waits for setup.py. */
export function withSetup(
  drafts: readonly Draft[],
  steps: readonly Step[],
  blocks: readonly Block[],
  job: ShellJob,
  lineOf: (offset: number) => number,
): Decision {
  // In the order in which they run: what a CI job takes from a template may stand further down.
  const order = new Map(steps.map(({ ran }, i) => [offsetOf(ran), i]));
  const calls = [
    ...steps.filter(({ act }) => act.kind === "setup").map(({ ran }) => order.get(offsetOf(ran))!),
    ...blocks
      .filter(({ draft: one }) => one.kind !== "report")
      .map(({ head }) => order.get(offsetOf(head.ran))!),
  ];
  const first = Math.min(...calls);
  const firstAt = Math.min(...[...order].filter(([, i]) => i === first).map(([at]) => at));
  const after = (at: number) => {
    const index = order.get(at);
    if (index !== undefined) return index > first;
    // A path that the file sets outside of its commands is there whenever they run.
    return at > firstAt || (first < Infinity && !job.parts.some((part) => isIn(part, at)));
  };
  const setup = calls.length > 0;
  const machine = job.script && preparesMachine(steps);
  if (!job.bareCheckout && !machine) return { drafts, setup };
  const heads = new Set(blocks.map(({ draft: one }) => one.key));
  const open = job.bareCheckout ? unsettled(steps) : null;
  const doubt = open === null ? null : filledBeside(lineOf(offsetOf(open.ran)));
  return {
    setup,
    drafts: drafts.map((each): Draft => {
      const held = doubt !== null && each.kind === "rewrite";
      const one: Draft = held ? { ...each, kind: "offer", reason: doubt } : each;
      if (one.kind === "report" || heads.has(one.key) || after(one.offset)) return one;
      const reason = one.kind === "offer" ? one.reason : machine ? MACHINE : BARE;
      return { ...one, kind: "offer", reason, unprepared: true };
    }),
  };
}

function isIn({ fragment: { offsets } }: ShellJob["parts"][number], at: number): boolean {
  return at >= offsets[0]! && at <= offsets.at(-1)!;
}

/** What runs beside an install that stays may need both: all of it moves, or nothing. */
function filledBeside(line: number): string {
  return `Line ${line} goes on to fill the job's own Python, which what runs here may need: settle that first.`;
}

const MACHINE =
  "It also installs packages of the system: where it runs, the venv may not be there.";
const BARE = "It starts from a bare checkout, and nothing in it makes the venv.";
