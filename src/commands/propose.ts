import type { Consolidation } from "../consolidation/consolidate.ts";
import { consolidate } from "../consolidation/consolidate.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { readDecisions } from "../consolidation/decision.ts";
import type { PythonBound } from "../consolidation/python.ts";
import { pythonBounds } from "../consolidation/python.ts";
import type { MergeMember, MergeSource } from "../consolidation/source.ts";
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
import { contains } from "../requirements/specifier-set.ts";
import { buildTargets } from "./build-targets.ts";
import type { ConsolidationPlan } from "./consolidation-plan.ts";
import { consolidationPlan, text, withPython } from "./consolidation-plan.ts";
import { mergeMembers, mergeSources } from "./merge-sources.ts";

/** What a proposal starts from. */
export interface ProposeOptions {
  /** setup.py and run.py as this One Venv ships them. */
  readonly hands: Hands;
  /** false in an untrusted folder: no process is started. */
  readonly processes: boolean;
  /** The base Python (major.minor) in place of the one that decisions.json names. */
  readonly python?: string;
  /** What a scan just found; without it the root is scanned. */
  readonly scan?: Scan;
  /** The base Python where it is known already; null where there is none. */
  readonly interpreter?: Interpreter | null;
  /** Import roots where they are known, or none where only the requirements are asked about. */
  readonly importRoots?: readonly ImportRoot[];
  readonly signal?: AbortSignal;
}

/** All that was read before merging; the same for every choice that follows. */
export interface Material {
  readonly root: string;
  readonly scan: Scan;
  readonly ground: Ground;
  readonly hands: Hands;
  /** `Makefile:3` where a target named build is not phony and build/ does not exist yet. */
  readonly buildTargets: readonly string[];
  readonly decisions: Decisions;
  /** The base Python that answers markers; null where none was found or none may be asked. */
  readonly interpreter: Interpreter | null;
  readonly importRoots: readonly ImportRoot[];
  readonly sources: readonly MergeSource[];
  readonly members: readonly MergeMember[];
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
  const [scanned, ground, targets] = await Promise.all([
    options.scan ?? scan(root, { git: processes, ...(signal ? { signal } : {}) }),
    readGround(root, processes),
    buildTargets(root),
  ]);
  const read = readDecisions(text(ground.decisions));
  if ("problem" in read) {
    throw new MessageError(`${DECISIONS} ${read.problem}. Mend it, or remove it to decide anew.`);
  }
  const decisions = options.python === undefined ? read : { ...read, python: options.python };
  const sources = mergeSources(scanned);
  const members = mergeMembers(scanned);
  const bounds = pythonBounds(sources, members, decisions);
  const interpreter =
    options.interpreter !== undefined
      ? options.interpreter
      : processes
        ? await basePython(decisions.python, bounds)
        : null;
  const importRoots = options.importRoots ?? (await findImportRoots(scanned, signal));
  return {
    ...{ root, ground, hands, interpreter, importRoots, sources, members },
    scan: scanned,
    buildTargets: targets,
    decisions: withPython(decisions, interpreter?.version ?? null),
  };
}

/** The Python that decisions.json names, else the first that all projects can use, else the first. */
async function basePython(
  decided: string | null,
  bounds: readonly PythonBound[],
): Promise<Interpreter | null> {
  const fits = ({ version }: Interpreter) =>
    bounds.every(({ specifier }) => contains(specifier, version));
  const wanted = (one: Interpreter) =>
    decided === null ? fits(one) : one.version.startsWith(`${decided}.`);
  return (await findInterpreter(wanted)).interpreter;
}

/** The proposal for this material with these decisions, and with what a person typed so far. */
export function propose(material: Material, decisions: Decisions, typed: Typed | null): Proposal {
  const { ground, hands, sources, members, interpreter, importRoots } = material;
  const consolidation = consolidate({
    ...{ sources, members, decisions },
    centralPath: CENTRAL,
    central: typed?.central ?? text(ground.central),
    environment: environmentOf(interpreter, decisions.python),
    open: typed?.open ?? [],
  });
  const roots = importRoots.map(({ folder }) => folder);
  return { consolidation, ...consolidationPlan(consolidation, ground, hands, roots) };
}

/**
 * What the base Python says of itself. Where this machine has none of the decided version, its
 * version is known from decisions.json, and what only it could tell stays unknown.
 */
function environmentOf(
  interpreter: Interpreter | null,
  decided: string | null,
): Readonly<Record<string, string>> {
  if (!interpreter || decided === null || interpreter.version.startsWith(`${decided}.`)) {
    return interpreter?.environment ?? {};
  }
  const { python_full_version, implementation_version, ...rest } = interpreter.environment;
  return { ...rest, python_version: decided };
}
