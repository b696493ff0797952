import { MARK } from "../consolidation/central-file.ts";
import type { Consolidation } from "../consolidation/consolidate.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { printDecisions } from "../consolidation/decision.ts";
import { withHeldLimits } from "../consolidation/limits.ts";
import {
  attributesText,
  buildConstraintsText,
  pythonpathText,
  textChange,
} from "../consolidation/writing.ts";
import type { Ground, Hands } from "../environment/ground.ts";
import { handState } from "../environment/hands.ts";
import {
  ATTRIBUTES,
  BUILD_CONSTRAINTS,
  CENTRAL,
  CONSTRAINTS,
  DECISIONS,
  PYTHONPATH,
  RUNNER,
  SETUP,
} from "../environment/layout.ts";
import type { FileChange, FileState, Plan } from "../plan/plan.ts";
import { withoutNoChanges } from "../plan/plan.ts";

/** What a consolidation would write, and the files it would write over only after asking. */
export interface ConsolidationPlan {
  readonly plan: Plan;
  /** Files that a person made or changed, which the plan replaces. */
  readonly replaces: readonly string[];
}

/** The plan of a consolidation. `python` is the base Python as major.minor, null where unknown. */
export function consolidationPlan(
  { central, decisions, constraints }: Consolidation,
  ground: Ground,
  hands: Hands,
  importRoots: readonly string[],
): ConsolidationPlan {
  const pythonpath = pythonpathText(text(ground.pythonpath), importRoots);
  const changes: FileChange[] = [
    textChange(CENTRAL, ground.central, central),
    textChange(DECISIONS, ground.decisions, printDecisions(decisions)),
    ...handChange(SETUP, ground.setup, hands.setup),
    ...handChange(RUNNER, ground.runner, hands.runner),
    ...(pythonpath === null ? [] : [textChange(PYTHONPATH, ground.pythonpath, pythonpath)]),
    ...constraintsChange(
      CONSTRAINTS,
      ground.constraints,
      withHeldLimits(constraints, text(ground.constraints), decisions.removed),
    ),
    ...constraintsChange(
      BUILD_CONSTRAINTS,
      ground.buildConstraints,
      buildConstraintsText(decisions.buildConstraints),
    ),
    textChange(ATTRIBUTES, ground.attributes, attributesText(text(ground.attributes))),
    ...ground.ignoreChanges,
  ];
  const plan = withoutNoChanges({ title: "Consolidate Requirements", changes });
  return { plan, replaces: replacedFiles(ground, hands) };
}

/** A file of constraints without our first line is a person's, and is left alone. */
function constraintsChange(path: string, now: FileState | null, wanted: string): FileChange[] {
  if (now === null && wanted === "") return [];
  if (now !== null && !text(now)!.includes(MARK)) return [];
  if (wanted === "") return [{ path, before: now, after: null }];
  return [textChange(path, now, wanted)];
}

/** A newer setup.py or run.py is used as it is; every other one becomes ours. */
function handChange(path: string, now: FileState | null, ours: FileState): FileChange[] {
  const state = handState(now, ours);
  return state === "newer" || state === "same" ? [] : [{ path, before: now, after: ours }];
}

function replacedFiles(ground: Ground, hands: Hands): string[] {
  const asked = (path: string, now: FileState | null, ours: FileState) =>
    ["edited", "foreign"].includes(handState(now, ours)) ? [path] : [];
  const foreign = ground.central !== null && !text(ground.central)!.includes(MARK);
  return [
    ...(foreign ? [CENTRAL] : []),
    ...asked(SETUP, ground.setup, hands.setup),
    ...asked(RUNNER, ground.runner, hands.runner),
  ];
}

export function text(state: FileState | null): string | null {
  return state && Buffer.from(state.bytes).toString("utf8");
}

/** The base Python's version as decisions.json keeps it. */
export function withPython(decisions: Decisions, version: string | null): Decisions {
  if (decisions.python !== null || version === null) return decisions;
  return { ...decisions, python: version.split(".").slice(0, 2).join(".") };
}
