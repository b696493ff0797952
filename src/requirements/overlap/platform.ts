import type { Comparison, Variable } from "../marker.ts";
import { comparesAsVersion, evaluateComparison } from "../marker-evaluate.ts";
import { variablesOf } from "../marker-variables.ts";
import { printVersion } from "../version.ts";
import { kinship, knownValues } from "./known-platforms.ts";
import type { Possibility } from "./possibility.ts";
import { type Candidate, textsFor } from "./texts.ts";
import { rangesAllowing, versionIn } from "./versions.ts";

/** Whether comparisons with variables of the platform and the interpreter can hold together. */
export function platformPossible(comparisons: readonly Comparison[]): Possibility {
  const variables = [...new Set(comparisons.flatMap((one) => [...variablesOf(one)]))];
  const candidates = variables.map((variable) =>
    representatives(
      variable,
      candidatesFor(
        variable,
        comparisons.filter((one) => variablesOf(one).has(variable)),
      ),
    ),
  );
  return bestChoice(variables, candidates, []);
}

function candidatesFor(variable: Variable, comparisons: readonly Comparison[]): Candidate[] {
  if (!comparisons.some((one) => comparesAsVersion(one, variable))) {
    return textsFor(variable, comparisons);
  }
  // What is compared as a version must be one.
  return rangesAllowing(comparisons).map((range) => {
    const value = printVersion(versionIn(range));
    const sure = comparisons.every(
      (one) => evaluateComparison(one, { [variable]: value }) === true,
    );
    return { value, sure };
  });
}

/** Of values that no known platform has, one is as good as any; a sure one is better. */
function representatives(variable: Variable, candidates: readonly Candidate[]): Candidate[] {
  const known = knownValues(variable);
  const foreign = candidates.filter(({ value }) => !known.has(value));
  const chosen = foreign.find(({ sure }) => sure) ?? foreign[0];
  return [
    ...candidates.filter(({ value }) => known.has(value)),
    ...(chosen === undefined ? [] : [chosen]),
  ];
}

/** Tries every choice of one candidate for each variable. */
function bestChoice(
  variables: readonly Variable[],
  candidates: readonly (readonly Candidate[])[],
  chosen: readonly Candidate[],
): Possibility {
  const next = chosen.length;
  if (next === variables.length) return chosen.every(({ sure }) => sure) ? "yes" : "unknown";
  let best: Possibility = "no";
  for (const candidate of candidates[next]!) {
    const kin = chosen.map((other, i) =>
      kinship(variables[i]!, other.value, variables[next]!, candidate.value),
    );
    if (kin.includes("impossible")) continue;
    const sure = candidate.sure && !kin.includes("unheard of");
    const possible = bestChoice(variables, candidates, [...chosen, { ...candidate, sure }]);
    if (possible === "yes") return "yes";
    if (possible === "unknown") best = "unknown";
  }
  return best;
}
