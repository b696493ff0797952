import type { Block } from "./blocks.ts";
import { type Draft, offsetOf, type Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";

/** What a job comes to. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly setup: boolean;
}

/** Calls that run before the venv is made, by the first block of their flow: they stay. */
export function staying(
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

/** Where nothing is there before the job, a call waits for setup.py. */
export function withSetup(
  drafts: readonly Draft[],
  steps: readonly Step[],
  blocks: readonly Block[],
  job: ShellJob,
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
    return index === undefined ? at > firstAt : index > first;
  };
  const setup = calls.length > 0;
  if (!job.bareCheckout) return { drafts, setup };
  const heads = new Set(blocks.map(({ draft: one }) => one.key));
  return {
    setup,
    drafts: drafts.map((one) =>
      one.kind === "report" || heads.has(one.key) || after(one.offset)
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
