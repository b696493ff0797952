/** Whether two markers can hold in one environment. */
import type { Comparison, Marker } from "./marker.ts";
import { type Subject, subjectOf, variablesOf } from "./marker-variables.ts";
import { extrasPossible } from "./overlap/extras.ts";
import { platformPossible } from "./overlap/platform.ts";
import { type Possibility, worst } from "./overlap/possibility.ts";
import { pythonPossible } from "./overlap/python.ts";

/** More alternatives than this are not looked through; real markers have a handful. */
const MOST_ALTERNATIVES = 512;

/**
 * Whether some environment satisfies both markers; null is the marker that always holds.
 * "no" is proved and "yes" has a witness. "unknown" is neither: tools disagree on what a
 * comparison means, or the only witness is a platform that nobody has met.
 */
export function markersOverlap(a: Marker | null, b: Marker | null): Possibility {
  const choices = alternatives([a, b].filter((marker) => marker !== null));
  if (choices === null) return "unknown";
  let answer: Possibility = "no";
  for (const choice of choices) {
    const possible = canHold(choice);
    if (possible === "yes") return "yes";
    if (possible === "unknown") answer = "unknown";
  }
  return answer;
}

/** The ways in which all the markers hold, each as the comparisons that it needs; null: too many. */
function alternatives(markers: readonly Marker[]): Comparison[][] | null {
  let product: Comparison[][] = [[]];
  for (const marker of markers) {
    const ways = waysOf(marker);
    if (ways === null || product.length * ways.length > MOST_ALTERNATIVES) return null;
    product = product.flatMap((left) => ways.map((right) => [...left, ...right]));
  }
  return product;
}

function waysOf(marker: Marker): Comparison[][] | null {
  if (marker.kind === "comparison") return [[marker]];
  if (marker.kind === "and") return alternatives(marker.items);
  const ways: Comparison[][] = [];
  for (const item of marker.items) {
    const more = waysOf(item);
    if (more === null || ways.length + more.length > MOST_ALTERNATIVES) return null;
    ways.push(...more);
  }
  return ways;
}

/** Whether the comparisons can all hold together; variables of different subjects are independent. */
function canHold(comparisons: readonly Comparison[]): Possibility {
  const about = (subject: Subject | null) => comparisons.filter((one) => topicOf(one) === subject);
  return worst([
    pythonPossible(about("python")),
    platformPossible(about("platform")),
    extrasPossible(about("extra")),
    about(null).length === 0 ? "yes" : "unknown",
  ]);
}

/** What a comparison of one variable with one text is about; null for any other comparison. */
function topicOf(comparison: Comparison): Subject | null {
  const [first, ...others] = variablesOf(comparison);
  return first === undefined || others.length > 0 ? null : subjectOf(first);
}
