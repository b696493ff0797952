import { smallestClash } from "../requirements/clash.ts";
import type { Span } from "../requirements/declaration.ts";
import { isFailure } from "../requirements/failure.ts";
import type { Environment } from "../requirements/marker-evaluate.ts";
import type { SpecifierSet } from "../requirements/specifier.ts";
import { parseSpecifierSet } from "../requirements/specifier.ts";
import { contains } from "../requirements/specifier-set.ts";
import type { Claim } from "./claim.ts";
import { place, sentenceOf } from "./claim.ts";
import type { Conflict } from "./conflict.ts";
import type { Decision, Decisions } from "./decision.ts";
import { standingDecision } from "./decision.ts";
import { phrase } from "./phrase.ts";
import type { MergeMember, MergeSource } from "./source.ts";

/** A `requires-python` and who says it. */
export interface PythonBound {
  readonly file: string;
  readonly span: Span;
  readonly project: string;
  readonly value: string;
  readonly specifier: SpecifierSet;
}

/** Whether one Python can serve all projects, and whether the base Python is such a one. */
export function pythonConflict(
  sources: readonly MergeSource[],
  members: readonly MergeMember[],
  decisions: Decisions,
  environment: Partial<Environment>,
): { readonly conflict: Conflict | null; readonly decision: Decision | null } {
  const bounds = pythonBounds(sources, members, decisions);
  const base = environment.python_full_version;
  const clash = smallestClash(bounds.map(({ specifier }) => specifier));
  const unmet =
    base === undefined ? [] : bounds.filter(({ specifier }) => !contains(specifier, base));
  if (!clash && unmet.length === 0) return { conflict: null, decision: null };
  const claims = bounds.map((bound, i) =>
    claim(bound, clash ? clash.includes(i) : unmet.includes(bound)),
  );
  const declared = bounds.map(({ file, value }) => `${file}: ${value}`).sort();
  const line = { name: "python", marker: null };
  const decision = standingDecision(decisions, line, declared);
  if (decision) return { conflict: null, decision };
  const sentence = clash
    ? sentenceOf(claims)
    : `${sentenceOf(claims)}, and the base Python is ${base}`;
  const title =
    base === undefined ? "Go on all the same" : `Go on with Python ${base} all the same`;
  const drop = { choice: "drop" as const, of: null, title, requirement: null };
  const dropped = claims.filter(({ clashes }) => clashes);
  const conflict = {
    ...line,
    kind: "python" as const,
    claims,
    declared,
    sentence,
    choices: [{ ...drop, drops: dropped }],
  };
  return { conflict, decision: null };
}

/** Every `requires-python` that limits the Python of a consolidation, once for each place. */
export function pythonBounds(
  sources: readonly MergeSource[],
  members: readonly MergeMember[],
  { leftOut }: Pick<Decisions, "leftOut">,
): PythonBound[] {
  const said = [
    ...members.map(({ file, path, requiresPython }) => ({ file, project: path, requiresPython })),
    ...sources.map(({ path, project, reading }) => ({
      ...{ file: path, project },
      requiresPython: reading.metadata?.requiresPython ?? null,
    })),
  ];
  const bounds = said.flatMap(({ file, project, requiresPython }): PythonBound[] => {
    if (requiresPython === null || leftOut.some(({ path }) => path === file || path === project))
      return [];
    const specifier = parseSpecifierSet(requiresPython.value);
    return isFailure(specifier) ? [] : [{ file, project, specifier, ...requiresPython }];
  });
  const byPlace = new Map(bounds.map((bound) => [place(bound), bound]));
  return [...byPlace.values()];
}

function claim({ file, span, project, value, specifier }: PythonBound, clashes: boolean): Claim {
  return {
    ...{ file, span, project, wants: value, words: phrase("Python", specifier) },
    clashes,
    declaration: null,
  };
}
