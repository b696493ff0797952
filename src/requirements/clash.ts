/** Which of several specifier sets cannot hold together. */
import { type Cut, compareCuts, EVERYTHING, type Range } from "./range.ts";
import type { SpecifierSet } from "./specifier.ts";
import { contains, isEmpty, rangesOf } from "./specifier-set.ts";

/**
 * The indexes, ascending, of a smallest choice of the sets that nothing satisfies together,
 * or null where all of them can be satisfied. Of equal texts the first counts; the answer is
 * the same for the same sets. Thousands of different pins are no effort.
 */
export function smallestClash(sets: readonly SpecifierSet[]): number[] | null {
  if (sets.length === 1) return isEmpty(sets[0]!) ? [0] : null;
  const places = placesOf(sets);
  const all = Array.from(places.coverage, (_, place) => place);
  for (let size = 0; size <= sets.length; size++) {
    const choice = chooseExcluding(places, all, size);
    if (choice === "none") return null;
    if (choice !== null) return choice.sort((a, b) => a - b);
  }
  return null;
}

/**
 * All places that could satisfy a set, numbered. Between two neighbouring cuts all versions are
 * alike and one place; what `===` names is a place of its own, behind those.
 */
interface Places {
  /** For each set the stretches of places that satisfy it, ascending, the end exclusive. */
  readonly stretches: readonly (readonly Stretch[])[];
  /** For each place how many sets it satisfies. */
  readonly coverage: readonly number[];
}

type Stretch = readonly [from: number, to: number];

function placesOf(sets: readonly SpecifierSet[]): Places {
  const ranges = sets.map((set) => (hasLiteral(set) ? [] : rangesOf(set)));
  const cuts = cutsOf(ranges);
  const literals = [
    ...new Set(
      sets.flatMap((set) => set.filter((one) => one.operator === "===").map((one) => one.version)),
    ),
  ];
  const stretches = sets.map((set, i): Stretch[] => [
    ...ranges[i]!.map(
      ({ from, to }): Stretch => [
        placeOf(cuts, from),
        to === null ? cuts.length : placeOf(cuts, to),
      ],
    ),
    ...literals.flatMap((literal, j): Stretch[] =>
      contains(set, literal) ? [[cuts.length + j, cuts.length + j + 1]] : [],
    ),
  ]);
  return { stretches, coverage: coverageOf(stretches, cuts.length + literals.length) };
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

/** The number of a cut among all cuts, of which it is one. */
function placeOf(cuts: readonly Cut[], cut: Cut): number {
  return firstFrom(cuts.length, (i) => compareCuts(cuts[i]!, cut) >= 0);
}

/** The first number below `end` of which a test holds that holds for all after it, else `end`. */
function firstFrom(end: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function coverageOf(stretches: Places["stretches"], count: number): number[] {
  const steps = new Array<number>(count + 1).fill(0);
  for (const [from, to] of stretches.flat()) {
    steps[from]!++;
    steps[to]!--;
  }
  let now = 0;
  return steps.slice(0, count).map((step) => (now += step));
}

/**
 * At most `size` sets that leave none of these places (ascending), found by trying the sets that
 * exclude the place that most sets like; null where there are none of that size, "none" where a
 * place satisfies every set.
 */
function chooseExcluding(
  places: Places,
  left: readonly number[],
  size: number,
): number[] | null | "none" {
  const { stretches, coverage } = places;
  if (left.length === 0) return [];
  const best = left.reduce((one, other) => (coverage[other]! > coverage[one]! ? other : one));
  if (coverage[best] === stretches.length) return "none";
  if (size === 0) return null;
  for (const [index, set] of stretches.entries()) {
    if (among([best], set).length > 0) continue;
    if (size === 1 && among(left, set).length > 0) continue;
    const rest = chooseExcluding(places, among(left, set), size - 1);
    if (rest !== null && rest !== "none") return [index, ...rest];
  }
  return null;
}

/** Those of the places (ascending) that lie in the stretches. */
function among(places: readonly number[], stretches: readonly Stretch[]): number[] {
  return stretches.flatMap(([from, to]) => {
    const start = firstFrom(places.length, (i) => places[i]! >= from);
    const end = firstFrom(places.length, (i) => places[i]! >= to);
    return places.slice(start, end);
  });
}
