/** Which of several specifier sets cannot hold together. */
import { type Cut, compareCuts, EVERYTHING, includesCut, type Range } from "./range.ts";
import type { SpecifierSet } from "./specifier.ts";
import { contains, rangesOf } from "./specifier-set.ts";

/**
 * The indexes, ascending, of a smallest choice of the sets that nothing satisfies together,
 * or null where all of them can be satisfied. Of equal texts the first counts; the answer is
 * the same for the same sets.
 */
export function smallestClash(sets: readonly SpecifierSet[]): number[] | null {
  const points = excluders(sets);
  if (points.some((indexes) => indexes.length === 0)) return null;
  for (let size = 1; size <= sets.length; size++) {
    const choice = chooseHitting(points, size);
    if (choice !== null) return choice.sort((a, b) => a - b);
  }
  return null;
}

/**
 * For each place that could satisfy a set, the indexes of the sets that exclude it. Between
 * two neighbouring cuts all versions are alike; what `===` names is a place of its own.
 */
function excluders(sets: readonly SpecifierSet[]): number[][] {
  const ranges = sets.map((set) => (hasLiteral(set) ? [] : rangesOf(set)));
  const indexes = sets.map((_, index) => index);
  const segments = cutsOf(ranges).map((cut) =>
    indexes.filter((index) => !includesCut(ranges[index]!, cut)),
  );
  const literals = new Set(
    sets.flatMap((set) => set.filter((one) => one.operator === "===").map((one) => one.version)),
  );
  const spellings = [...literals].map((literal) =>
    indexes.filter((index) => !contains(sets[index]!, literal)),
  );
  return [...segments, ...spellings];
}

function hasLiteral(set: SpecifierSet): boolean {
  return set.some((one) => one.operator === "===");
}

/** The start of every stretch of versions that no range of any set divides further. */
function cutsOf(ranges: readonly (readonly Range[])[]): Cut[] {
  const cuts = [...EVERYTHING, ...ranges.flat()].flatMap(({ from, to }) =>
    to === null ? [from] : [from, to],
  );
  cuts.sort(compareCuts);
  return cuts.filter((cut, i) => i === 0 || compareCuts(cuts[i - 1]!, cut) !== 0);
}

/** At most `size` numbers such that each list holds one of them; null where there are none. */
function chooseHitting(lists: readonly (readonly number[])[], size: number): number[] | null {
  if (lists.length === 0) return [];
  if (size === 0) return null;
  const tightest = lists.reduce((best, list) => (list.length < best.length ? list : best));
  for (const index of tightest) {
    const rest = chooseHitting(
      lists.filter((list) => !list.includes(index)),
      size - 1,
    );
    if (rest !== null) return [index, ...rest];
  }
  return null;
}
