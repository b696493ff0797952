/** Writing the intersection of many specifiers as few of them. */
import { compareCuts, rangesOfSpecifier } from "./range.ts";
import {
  asksForPrereleases,
  isPrefix,
  type Specifier,
  type SpecifierSet,
  versionOf,
  writtenSpecifiers,
} from "./specifier.ts";
import { admissionOf, sameAdmission } from "./specifier-set.ts";
import { compareVersions, type Version } from "./version.ts";

/**
 * Conditions of the set, none of them without need, that still allow exactly the same versions,
 * and pre-releases exactly where the whole set does: `>=1.20,>=1.24.0,<2.0.0,!=1.0` gives
 * `>=1.24.0,<2.0.0`. Each is kept as it was written; the order does not depend on the input's.
 */
export function printReduced(set: SpecifierSet): string {
  const distinct = withoutOutdone([
    ...new Map(set.map((one) => [one.operator + one.version, one])).values(),
  ]);
  const [byPrefix, byBounds] = [reduce(distinct, easiestToMiss), reduce(distinct, prefixesFirst)];
  const shorter = byPrefix.length < byBounds.length ? byPrefix : byBounds;
  return writtenSpecifiers([...shorter].sort(inReadingOrder));
}

/**
 * Of many bounds on one side only the tightest matter, and those that ask for pre-releases: the
 * others say nothing. So that thousands of them need not be compared with one another.
 */
function withoutOutdone(set: SpecifierSet): SpecifierSet {
  if (set.length < MANY) return set;
  const tightest = new Map<string, Version>();
  const tighter = ({ operator }: Specifier, a: Version, b: Version) =>
    operator.startsWith(">") ? compareVersions(a, b) > 0 : compareVersions(a, b) < 0;
  for (const one of set.filter(isBound)) {
    const [version, best] = [versionOf(one)!, tightest.get(one.operator)];
    if (!best || tighter(one, version, best)) tightest.set(one.operator, version);
  }
  return set.filter((one) => {
    const best = isBound(one) && tightest.get(one.operator);
    return !best || asksForPrereleases([one]) || !tighter(one, best, versionOf(one)!);
  });
}

const MANY = 8;

function isBound({ operator }: Specifier): boolean {
  return [">=", ">", "<=", "<"].includes(operator);
}

/** Drops conditions, the first in the given order first, as long as nothing changes. */
function reduce(set: SpecifierSet, order: (specifier: Specifier) => number): SpecifierSet {
  const goal = admissionOf(set);
  const prereleases = asksForPrereleases(set);
  const candidates = [...set].sort((a, b) => order(a) - order(b) || longestFirst(a, b));
  return candidates.reduce<SpecifierSet>((kept, candidate) => {
    const rest = kept.filter((one) => one !== candidate);
    const same = sameAdmission(admissionOf(rest), goal) && asksForPrereleases(rest) === prereleases;
    return same ? rest : kept;
  }, candidates);
}

function easiestToMiss(specifier: Specifier): number {
  if (specifier.operator === "!=") return 0;
  if (isCompound(specifier)) return 2;
  return specifier.operator === "==" || specifier.operator === "===" ? 3 : 1;
}

function prefixesFirst(specifier: Specifier): number {
  return isCompound(specifier) ? -1 : easiestToMiss(specifier);
}

/** Whether one condition bounds from below and above at once: `~=1.4.2`, `==1.4.*`. */
function isCompound(specifier: Specifier): boolean {
  return specifier.operator === "~=" || (specifier.operator === "==" && isPrefix(specifier));
}

function longestFirst(a: Specifier, b: Specifier): number {
  return b.version.length - a.version.length || compareText(b, a);
}

const READING_ORDER = ["===", "==", "~=", ">=", ">", "<=", "<", "!="];

/** What it is, from where, up to where, what not. */
function inReadingOrder(a: Specifier, b: Specifier): number {
  const rank = READING_ORDER.indexOf(a.operator) - READING_ORDER.indexOf(b.operator);
  return rank || compareStarts(a, b) || compareText(a, b);
}

/** By the version named: `!=1.9` before `!=1.10`. */
function compareStarts(a: Specifier, b: Specifier): number {
  const [first, second] = [rangesOfSpecifier(a).at(-1), rangesOfSpecifier(b).at(-1)];
  return first === undefined || second === undefined ? 0 : compareCuts(first.from, second.from);
}

function compareText(a: Specifier, b: Specifier): number {
  const [left, right] = [a.operator + a.version, b.operator + b.version];
  return left < right ? -1 : left > right ? 1 : 0;
}
