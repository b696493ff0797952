import type { Consolidation } from "../consolidation/consolidate.ts";
import { consolidate } from "../consolidation/consolidate.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { readDecisions } from "../consolidation/decision.ts";
import type { MergeSource } from "../consolidation/source.ts";
import type { Ground, Hands } from "../environment/ground.ts";
import { readGround } from "../environment/ground.ts";
import type { Interpreter } from "../environment/interpreter.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { CENTRAL, DECISIONS } from "../environment/layout.ts";
import type { ImportRoot } from "../monorepo/import-roots.ts";
import { findImportRoots } from "../monorepo/import-roots.ts";
import type { Scan } from "../monorepo/scan.ts";
import { scan } from "../monorepo/scan.ts";
import { MessageError } from "../plan/message.ts";
import type { ConsolidationPlan } from "./consolidation-plan.ts";
import { consolidationPlan, text, withPython } from "./consolidation-plan.ts";
import { mergeSources } from "./merge-sources.ts";

/** What a proposal starts from. */
export interface ProposeOptions {
  /** setup.py and run.py as this One Venv ships them. */
  readonly hands: Hands;
  /** false in an untrusted folder: no process is started. */
  readonly processes: boolean;
  readonly signal?: AbortSignal;
}

/** All that was read before merging; the same for every choice that follows. */
export interface Material {
  readonly root: string;
  readonly scan: Scan;
  readonly ground: Ground;
  readonly hands: Hands;
  readonly decisions: Decisions;
  /** The base Python that answers markers; null where none was found or none may be asked. */
  readonly interpreter: Interpreter | null;
  readonly importRoots: readonly ImportRoot[];
  readonly sources: readonly MergeSource[];
}

/** A consolidation that a person can look at, decide on and apply. */
export interface Proposal extends ConsolidationPlan {
  readonly consolidation: Consolidation;
}

/** Text that was typed into a proposal, and what was undecided in it. */
export interface Typed {
  readonly central: string;
  readonly open: readonly string[];
}

/** Reads all that a consolidation of this root needs. */
export async function gather(root: string, options: ProposeOptions): Promise<Material> {
  const { hands, processes, signal } = options;
  const [scanned, ground] = await Promise.all([
    scan(root, { git: processes, ...(signal ? { signal } : {}) }),
    readGround(root, processes),
  ]);
  const decisions = readDecisions(text(ground.decisions));
  if ("problem" in decisions) {
    throw new MessageError(
      `${DECISIONS} ${decisions.problem}. Mend it, or remove it to decide anew.`,
    );
  }
  const found = processes ? await findInterpreter(decisions.python) : null;
  const interpreter = found?.interpreter ?? null;
  const sources = mergeSources(scanned);
  const importRoots = await findImportRoots(scanned, signal);
  const python = interpreter?.version ?? null;
  return {
    ...{ root, ground, hands, interpreter, importRoots, sources },
    scan: scanned,
    decisions: withPython(decisions, python),
  };
}

/** The proposal for this material with these decisions, and with what a person typed so far. */
export function propose(material: Material, decisions: Decisions, typed: Typed | null): Proposal {
  const { ground, hands, sources, interpreter, importRoots } = material;
  const consolidation = consolidate({
    sources,
    centralPath: CENTRAL,
    central: typed?.central ?? text(ground.central),
    decisions,
    environment: interpreter?.environment ?? {},
    open: typed?.open ?? [],
  });
  const roots = importRoots.map(({ folder }) => folder);
  return { consolidation, ...consolidationPlan(consolidation, ground, hands, roots) };
}
