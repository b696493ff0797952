/** What a set of version specifiers allows: membership, intersection, emptiness. */
import {
  EVERYTHING,
  holdOnlyPrereleases,
  includesVersion,
  intersectRanges,
  type Range,
  rangesOfSpecifier,
  sameRanges,
} from "./range.ts";
import { asksForPrereleases, type Specifier, type SpecifierSet } from "./specifier.ts";
import { isPrerelease, parseVersion } from "./version.ts";

/**
 * What a set lets through: the versions in `ranges`, or, where it uses `===`, only the one
 * spelling `literal` (in lower case; it need not be a version). No ranges: nothing.
 */
export interface Admission {
  readonly ranges: readonly Range[];
  readonly literal: string | null;
}

const NOTHING: Admission = { ranges: [], literal: null };
const ANYTHING: Admission = { ranges: EVERYTHING, literal: null };

/** Works out what a set lets through. */
export function admissionOf(set: SpecifierSet): Admission {
  return set.reduce<Admission>(
    (left, one) => (left.ranges.length === 0 ? left : bothAdmit(left, admissionOfOne(one))),
    ANYTHING,
  );
}

function admissionOfOne(one: Specifier): Admission {
  const literal = one.operator === "===" ? one.version.toLowerCase() : null;
  return { ranges: rangesOfSpecifier(one), literal };
}

/** What two sets let through together. */
export function bothAdmit(a: Admission, b: Admission): Admission {
  if (a === ANYTHING || b === ANYTHING) return a === ANYTHING ? b : a;
  const ranges = intersectRanges(a.ranges, b.ranges);
  const literal = a.literal ?? b.literal;
  if (literal === null) return { ranges, literal };
  if (a.literal !== null && b.literal !== null)
    return a.literal === b.literal ? { ranges, literal } : NOTHING;
  // A spelling that is no version satisfies no condition but its own.
  const version = parseVersion(literal);
  return version !== null && includesVersion(ranges, version) ? { ranges, literal } : NOTHING;
}

/** Whether two sets let the same through. */
export function sameAdmission(a: Admission, b: Admission): boolean {
  return a.literal === b.literal && (a.literal !== null || sameRanges(a.ranges, b.ranges));
}

/** The versions that a set allows, ascending and apart; `===` is left out of account. */
export function rangesOf(set: SpecifierSet): readonly Range[] {
  return admissionOf(set.filter((one) => one.operator !== "===")).ranges;
}

/** The set that allows what all of these allow. */
export function intersect(...sets: readonly SpecifierSet[]): SpecifierSet {
  return sets.flat();
}

/** Whether nothing at all satisfies the set: a conflict, proved. */
export function isEmpty(set: SpecifierSet): boolean {
  return admissionOf(set).ranges.length === 0;
}

/** Whether something satisfies the set, but only alphas, betas, candidates and dev releases. */
export function onlyPrereleases(set: SpecifierSet): boolean {
  const { ranges, literal } = admissionOf(set);
  if (ranges.length === 0) return false;
  if (literal === null) return holdOnlyPrereleases(ranges);
  const version = parseVersion(literal);
  return version !== null && isPrerelease(version);
}

/** Whether each version that `set` allows is also allowed by `other`. */
export function isSubset(set: SpecifierSet, other: SpecifierSet): boolean {
  return sameAdmission(admissionOf(set), admissionOf(intersect(set, other)));
}

/**
 * Whether the set allows this version. What is no version satisfies only `===` and the empty
 * set. Pre-releases count unless `prereleases` is false.
 */
export function contains(
  set: SpecifierSet,
  versionText: string,
  options: { readonly prereleases?: boolean } = {},
): boolean {
  const version = parseVersion(versionText);
  if (options.prereleases === false && version !== null && isPrerelease(version)) return false;
  return set.every((one) =>
    one.operator === "==="
      ? one.version.toLowerCase() === versionText.toLowerCase()
      : version !== null && includesVersion(rangesOfSpecifier(one), version),
  );
}

/**
 * Those of the versions that pip would choose from, in their order: pre-releases only where
 * they are asked for (by `prereleases` or by a condition that names one) or nothing else is left.
 */
export function filterVersions(
  set: SpecifierSet,
  versions: readonly string[],
  options: { readonly prereleases?: boolean } = {},
): string[] {
  const allowed = versions.filter((version) => contains(set, version, options));
  if (options.prereleases !== undefined || asksForPrereleases(set)) return allowed;
  const finals = allowed.filter((version) => {
    const parsed = parseVersion(version);
    return parsed === null || !isPrerelease(parsed);
  });
  return finals.some((version) => parseVersion(version) !== null) ? finals : allowed;
}
