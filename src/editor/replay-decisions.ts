import { isDeepStrictEqual } from "node:util";
import type { Decisions } from "../consolidation/decision.ts";
import { key } from "../consolidation/decision.ts";

/**
 * The decisions on disk with what was decided in a review that began from others: what was added,
 * changed and taken back there, and nothing else. `lines` and `python` stay those on disk.
 */
export function replayDecisions(start: Decisions, mine: Decisions, disk: Decisions): Decisions {
  const itself = (item: string) => item;
  return {
    ...disk,
    decisions: replay(start.decisions, mine.decisions, disk.decisions, key),
    leftOut: replay(start.leftOut, mine.leftOut, disk.leftOut, ({ path }) => path),
    included: replay(start.included, mine.included, disk.included, itself),
    buildConstraints: replay(
      start.buildConstraints,
      mine.buildConstraints,
      disk.buildConstraints,
      itself,
    ),
  };
}

function replay<T>(
  start: readonly T[],
  mine: readonly T[],
  disk: readonly T[],
  nameOf: (item: T) => string,
): T[] {
  const names = new Set(mine.map(nameOf));
  const changed = mine.filter((item) => !start.some((one) => isDeepStrictEqual(one, item)));
  const touched = new Set([
    ...start.map(nameOf).filter((name) => !names.has(name)),
    ...changed.map(nameOf),
  ]);
  return [...disk.filter((item) => !touched.has(nameOf(item))), ...changed];
}
