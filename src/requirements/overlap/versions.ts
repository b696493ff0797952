/** Comparisons that speak of versions, seen as ranges. */
import type { Comparison } from "../marker.ts";
import { EVERYTHING, intersectRanges, type Range, rangesOfSpecifier } from "../range.ts";
import { parseSpecifier } from "../specifier.ts";
import { parseVersion, printVersion, type Version, withoutLocal } from "../version.ts";

/** What the literal's side of `"3.8" <= python_version` says of the variable, at least. */
const MIRRORED: Readonly<Record<string, string>> = {
  "==": "==",
  "<=": ">=",
  "<": ">=",
  ">=": "<=",
  ">": "<=",
};

/**
 * Ranges that hold every version with which all the comparisons of one variable can be true.
 * They may hold more: what is not understood limits nothing, and a literal on the left side
 * limits only roughly.
 */
export function rangesAllowing(comparisons: readonly Comparison[]): readonly Range[] {
  return comparisons.map(rangesOfComparison).reduce(intersectRanges, EVERYTHING);
}

function rangesOfComparison({ left, operator, right }: Comparison): readonly Range[] {
  if (right.kind === "literal" && operator !== "in" && operator !== "not in") {
    // Text that is equal to a version's is that version.
    const specifier = parseSpecifier((operator === "===" ? "==" : operator) + right.value);
    return specifier === null ? EVERYTHING : rangesOfSpecifier(specifier);
  }
  const version = left.kind === "literal" ? parseVersion(left.value) : null;
  const mirrored = MIRRORED[operator];
  if (version === null || mirrored === undefined) return EVERYTHING;
  return rangesOfSpecifier(parseSpecifier(mirrored + printVersion(withoutLocal(version)))!);
}

/** Some version in the range. */
export function versionIn({ from, to }: Range): Version {
  const { version } = from;
  if (from.after) return { ...version, local: [...version.local!, 0] };
  if (version.post !== Number.POSITIVE_INFINITY) return version;
  // After all post releases of 1.0: something like 1.0.0.1, with zeros enough to stay below `to`.
  const length = Math.max(version.release.length, to?.version.release.length ?? 0);
  const zeros = Array.from({ length: length - version.release.length + 1 }, () => 0);
  return { ...version, release: [...version.release, ...zeros, 1], post: null };
}
