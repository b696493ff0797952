import type { Conflict, Suggestion } from "../consolidation/conflict.ts";
import type { Consolidation } from "../consolidation/consolidate.ts";
import { key } from "../consolidation/decision.ts";
import { isBuildFailure, speaksOfPython } from "../consolidation/explanation.ts";
import type { MergedLine } from "../consolidation/merge.ts";
import type { ResolverWords } from "../consolidation/resolution.ts";
import {
  anyVersion,
  linesNamed,
  questionText,
  resolverConflict,
} from "../consolidation/resolution.ts";
import type { ResolveAnswer } from "../environment/setup-resolve.ts";

/** Asks the resolver about requirements; `change` is what differs from the plan's own question. */
export type Ask = (requirements: string, change?: AskChange) => Promise<ResolveAnswer>;

export interface AskChange {
  readonly buildConstraint?: string;
  /** A base Python, as `--python` takes it. */
  readonly base?: string;
}

/** What the resolver found against a plan. */
export interface Finding {
  readonly conflict: Conflict;
  readonly words: ResolverWords;
  /** The lines that it is about. */
  readonly lines: readonly MergedLine[];
  /** Lines of other findings, by key, as they are asked meanwhile. */
  readonly aside: ReadonlyMap<string, string>;
  readonly suggestions: readonly Suggestion[];
}

/** The resolver's word on a plan: what it would install, or all that it found against it. */
export interface Resolution {
  readonly tool: string;
  readonly findings: readonly Finding[];
  /** Without findings: every package with its version. */
  readonly pins: ResolveAnswer["pins"];
}

/** More findings than this are shown after the first ones are mended. */
const MOST = 8;

/**
 * All that the resolver finds, not only what it stops at: the lines of a finding are set aside
 * (any version will do) and it is asked again.
 */
export async function resolvePlan(plan: Consolidation, ask: Ask): Promise<Resolution> {
  const found: Omit<Finding, "aside" | "suggestions">[] = [];
  const aside = new Map<string, string>();
  for (;;) {
    const answer = await ask(questionText(plan, aside));
    const lines =
      answer.outcome === "ok"
        ? []
        : linesNamed(plan, answer.names).filter((line) => !aside.has(key(line)));
    if (answer.outcome === "ok" || lines.length === 0 || found.length === MOST) {
      const words = answer.outcome === "ok" ? null : { ...answer, outcome: answer.outcome };
      // Words that name no line of ours are a finding of their own.
      if (words && found.length === 0)
        found.push({ conflict: resolverConflict([], words), words, lines: [] });
      const findings = found.map((one) => ({
        ...one,
        aside: without(aside, one.lines),
        suggestions: [],
      }));
      return { tool: answer.tool, findings, pins: found.length === 0 ? answer.pins : [] };
    }
    const words = { ...answer, outcome: answer.outcome };
    found.push({ conflict: resolverConflict(lines, words), words, lines });
    for (const line of lines) aside.set(key(line), anyVersion(line));
  }
}

function without(
  all: ReadonlyMap<string, string>,
  lines: readonly MergedLine[],
): Map<string, string> {
  const own = new Set(lines.map(key));
  return new Map([...all].filter(([lineKey]) => !own.has(lineKey)));
}

/** Which kind of help a finding asks for. */
export function remedyOf({ words }: Finding): "build constraint" | "loosen" | "python" {
  if (isBuildFailure(words.text)) return "build constraint";
  return speaksOfPython(words.text) ? "python" : "loosen";
}
