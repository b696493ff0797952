import type { Command } from "unbash";
import type { Draft, Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import type { Walked } from "./walking.ts";

type Activation = Step & { readonly act: Extract<Step["act"], { kind: "activate" }> };

export function isActivation(step: Step): step is Activation {
  return step.act.kind === "activate";
}

/** What decides whether an activation may go. */
export interface Uses {
  readonly steps: readonly Step[];
  readonly drafts: ReadonlyMap<Step, Draft>;
  readonly members: ReadonlySet<Step>;
  readonly walked: Walked;
  readonly job: ShellJob;
}

/** Whether nothing that follows an activation needs it, once all is moved. */
export function isNeedless(one: Activation, uses: Uses): boolean {
  const { ran } = one;
  if (ran.inFunction || ran.node.redirects.some(({ type }) => type === "HereDoc")) return false;
  const under = uses.steps.filter((step) => step.ran.active?.by === ran);
  const ends = under.some(({ act }) => act.kind === "deactivate");
  if (uses.job.openEnd && !ends && ran.quoted === null) return false;
  return under.every((step) => managesWithout(step, uses));
}

function managesWithout(step: Step, uses: Uses): boolean {
  const { act, install } = step;
  if (uses.members.has(step)) return true;
  const drafted = uses.drafts.get(step);
  if (drafted !== undefined) return drafted.kind !== "report";
  switch (act.kind) {
    case "harmless":
    case "deactivate":
    case "setup":
    case "runner":
    case "activate":
      return true;
    case "python":
      return act.python.mode === "asks";
    case "pip":
      return install?.verdict === "query";
    case "program":
      // A function of the text: all that functions do must manage.
      return (
        uses.walked.functions.has(act.name) &&
        uses.steps.every(
          (inner) => !inner.ran.inFunction || managesWithout(inner, without(uses, act.name)),
        )
      );
    default:
      return false;
  }
}

/** A function that calls itself is looked into once. */
function without(uses: Uses, name: string): Uses {
  const functions = new Set(uses.walked.functions);
  functions.delete(name);
  return { ...uses, walked: { ...uses.walked, functions } };
}

export function commandsOf(steps: readonly Step[]): ReadonlySet<Command> {
  return new Set(steps.map(({ ran }) => ran.node));
}
