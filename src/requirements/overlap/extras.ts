import type { Comparison, Operand } from "../marker.ts";
import type { Possibility } from "./possibility.ts";

/**
 * Whether comparisons with extras or dependency groups can hold together. Several extras can
 * be asked for at once, so only the same name both wanted and unwanted is a contradiction.
 */
export function extrasPossible(comparisons: readonly Comparison[]): Possibility {
  const wanted = new Map<string, boolean>();
  let answer: Possibility = "yes";
  for (const comparison of comparisons) {
    const claim = claimOf(comparison);
    if (claim === null) {
      answer = "unknown";
      continue;
    }
    if (wanted.get(claim.name) === !claim.wanted) return "no";
    wanted.set(claim.name, claim.wanted);
  }
  return answer;
}

/** `extra == "x"` and `"x" in extras` want x, their opposites do not want it; null for the rest. */
function claimOf({ left, operator, right }: Comparison): { name: string; wanted: boolean } | null {
  const [variable, literal] = left.kind === "variable" ? [left, right] : [right, left];
  const isList = text(variable) !== "extra";
  if (isList && left.kind === "variable") return null;
  const [positive, negative] = isList ? ["in", "not in"] : ["==", "!="];
  if (operator !== positive && operator !== negative) return null;
  return { name: `${text(variable)} ${text(literal)}`, wanted: operator === positive };
}

function text(operand: Operand): string {
  return operand.kind === "variable" ? operand.name : operand.value;
}
