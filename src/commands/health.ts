import { printLine } from "../consolidation/central-file.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Consolidation } from "../consolidation/consolidate.ts";
import type { LedgerEntry } from "../consolidation/ledger.ts";
import type { MergeSource } from "../consolidation/source.ts";
import { exists } from "../environment/exists.ts";
import type { Hands } from "../environment/ground.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { CENTRAL } from "../environment/layout.ts";
import type { CheckReport, Reason } from "../environment/setup-check.ts";
import { checkVenv, severity } from "../environment/setup-check.ts";
import type { Scan } from "../monorepo/scan.ts";
import { normalizeName } from "../requirements/name.ts";
import { text } from "./consolidation-plan.ts";
import { gather, propose } from "./propose.ts";

/** How the central venv stands against what is declared. */
export interface Health {
  readonly state: HealthState;
  /** Why, each with the command that mends it. */
  readonly reasons: readonly Reason[];
  /** What setup.py reported; null where it was not asked. */
  readonly report: CheckReport | null;
}

export type HealthState =
  | "not consolidated"
  | "no venv"
  | "healthy"
  | "out of date"
  | "sources changed"
  | "broken"
  | "not checked";

export interface HealthOptions {
  readonly hands: Hands;
  /** false in an untrusted folder: nothing runs, and nothing is known. */
  readonly processes: boolean;
  /** What a scan just found; without it the root is scanned. */
  readonly scan?: Scan;
  readonly signal?: AbortSignal;
}

const CONSOLIDATE = "One Venv: Consolidate Requirements, or one-venv consolidate --write";

/**
 * setup.py judges the venv against the central file, the brain judges the central file against
 * the sources. The venv comes first: a broken one is what stops people.
 */
export async function assessHealth(root: string, options: HealthOptions): Promise<Health> {
  const consolidated = await exists(root, CENTRAL);
  if (!consolidated) return { state: "not consolidated", reasons: [], report: null };
  if (!options.processes) return { state: "not checked", reasons: [], report: null };
  const { interpreter } = await findInterpreter();
  if (!interpreter) {
    const message =
      "No Python 3.8 or newer was found on this machine; install one and check again.";
    return {
      state: "broken",
      reasons: [{ code: "no-python", message, mend: "install Python" }],
      report: null,
    };
  }
  const report = await checkVenv(root, interpreter.path);
  const state = severity(report);
  // Where decisions.json cannot be read nothing else can be said.
  const unread = report.reasons.some(({ code }) => code === "decisions");
  const drift = unread ? [] : await driftReasons(root, options);
  const reasons = [...report.reasons, ...drift];
  return {
    state: state === "healthy" && drift.length > 0 ? "sources changed" : state,
    reasons,
    report,
  };
}

/** Why the central file is behind the sources; empty where it is not. */
export async function driftReasons(root: string, options: HealthOptions): Promise<Reason[]> {
  const material = await gather(root, { ...options, importRoots: [] });
  const { consolidation, plan } = propose(material, material.decisions, null);
  const open = openConflicts(consolidation).map(({ name, sentence }) => ({
    code: "conflict",
    message: `${name} is not decided: ${sentence}`,
    mend: CONSOLIDATE,
  }));
  const puzzles = notUnderstood(material.sources, consolidation.ledger);
  const behind = plan.changes.some(({ path }) => path === CENTRAL);
  if (open.length > 0 || !behind) return [...open, ...puzzles];
  const changed = changedLines(consolidation, text(material.ground.central) ?? "");
  const reasons = changed.map((message) => ({
    code: "sources-changed",
    message,
    mend: CONSOLIDATE,
  }));
  return [...reasons, ...puzzles];
}

/** What a consolidation would change in the central file, and who declares it. */
function changedLines({ merged, central: next }: Consolidation, now: string): string[] {
  const have = new Set(now.split("\n"));
  const fresh = merged.flatMap(({ line, needs }) => {
    if (!line || have.has(printLine(line)[0]!)) return [];
    const places = needs.map(({ declaration: { file, span } }) => `${file}:${span.line}`);
    return [`${line.requirement} is new: declared in ${places.join(", ")}`];
  });
  const wanted = new Set(next.split("\n"));
  const known = new Set(merged.map(({ name }) => name));
  const gone = now.split("\n").filter((line) => {
    const name = /^[A-Za-z0-9][\w.-]*/.exec(line)?.[0];
    return name !== undefined && !wanted.has(line) && !known.has(normalizeName(name));
  });
  const messages = [...fresh, ...gone.map((line) => `${line} is no longer declared`)];
  return messages.length > 0 ? messages : ["the central file would be written anew"];
}

/** Lines that nobody can account for: they are in no plan until a person mends them. */
function notUnderstood(sources: readonly MergeSource[], ledger: readonly LedgerEntry[]): Reason[] {
  const read = sources.flatMap(({ path, reading }) =>
    reading.notUnderstood.map(({ span, reason }) => ({ where: `${path}:${span.line}`, reason })),
  );
  const merged = ledger
    .filter(({ fate }) => fate === "not understood")
    .map(({ declaration: { file, span }, reason }) => ({ where: `${file}:${span.line}`, reason }));
  return [...read, ...merged].map(({ where, reason }) => ({
    code: "not-understood",
    message: `${where} is not understood: ${reason}`,
    mend: "mend the line, or leave its file out: one-venv consolidate --leave-out PATH=REASON",
  }));
}
