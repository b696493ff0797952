import type { Declaration } from "../requirements/declaration.ts";
import { requirementOf } from "./choices.ts";
import type { MergedLine } from "./merge.ts";
import type { Need } from "./need.ts";

/**
 * What became of a declaration. `conflict`: it waits for a decision. Every declaration of every
 * source has one entry: no pin is lost.
 */
export type Fate =
  | "kept"
  | "merged"
  | "decided"
  | "conflict"
  | "inactive"
  | "constraint"
  | "preference"
  | "optional"
  | "information"
  | "left out"
  | "not understood";

/** A declaration that does not merge, and why. */
export interface Other {
  readonly declaration: Declaration;
  readonly fate: Fate;
  readonly reason: string | null;
}

export interface LedgerEntry {
  readonly declaration: Declaration;
  readonly fate: Fate;
  /** The line of the central file that stands for it, without the comment; null for none. */
  readonly line: string | null;
  /** Why, where the fate alone does not say it. */
  readonly reason: string | null;
}

/** What became of every declaration: of those that merged, and of the others. */
export function ledgerOf(
  merged: readonly MergedLine[],
  limits: readonly Need[],
  others: readonly Other[],
): LedgerEntry[] {
  const entries = merged.flatMap((line) => {
    const requirement = line.line?.requirement ?? null;
    const asking = line.needs.filter(({ limit }) => !limit);
    // What was found out for one text holds for all that say the same.
    const alone = new Map<string, boolean>();
    return asking.map((need) => {
      const { declaration } = need;
      const text = `${declaration.specifier}[${declaration.extras}]${declaration.link}`;
      // Nobody else has a say in it: the line is the declaration.
      const only = line.needs.length === 1 && line.decision === null;
      if (!alone.has(text)) alone.set(text, only || requirement === requirementOf([need]));
      return {
        declaration,
        fate: fateOf(line, alone.get(text)!),
        line: requirement,
        reason: line.decision?.reason ?? null,
      };
    });
  });
  const limiting = limits.map(({ declaration }) => ({
    ...{ declaration, fate: "constraint" as const, line: null, reason: null },
  }));
  return [...entries, ...limiting, ...others.map((other) => ({ ...other, line: null }))].sort(
    byPlace,
  );
}

function fateOf({ conflict, decision, line }: MergedLine, same: boolean): Fate {
  if (conflict && conflict.kind !== "latent") return "conflict";
  if (decision) return line ? "decided" : "left out";
  return same ? "kept" : "merged";
}

function byPlace({ declaration: a }: LedgerEntry, { declaration: b }: LedgerEntry): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.span.line - b.span.line || a.span.column - b.span.column;
}
