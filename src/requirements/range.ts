/**
 * Sets of versions as ranges on PEP 440's line.
 *
 * A range runs from one cut up to another. A cut lies between versions: just before one, just
 * after one that has a local label, or after all post releases of one. Where the next possible
 * version is known (after `1.0` and its labels comes `1.0.post0.dev0`), the cut is written as
 * lying before that, so that two cuts with no version between them are always equal. Hence a
 * range is empty exactly when it does not end after its start, and equal sets have equal ranges.
 */
import { isPrefix, type Specifier, versionOf } from "./specifier.ts";
import { compareVersions, isPrerelease, successor, type Version, withoutLocal } from "./version.ts";

/** A place between versions; a post number of Infinity stands for "after every post release". */
export interface Cut {
  readonly version: Version;
  /** After the version instead of before it (only where it has a local label). */
  readonly after: boolean;
}

/** All versions from one cut to another; null where there is no upper end. Never empty. */
export interface Range {
  readonly from: Cut;
  readonly to: Cut | null;
}

const LOWEST: Cut = before({ epoch: 0, release: [0], pre: null, post: null, dev: 0, local: null });

/** Every version. */
export const EVERYTHING: readonly Range[] = [{ from: LOWEST, to: null }];

/** The versions that one condition allows, ascending; `===` compares text and limits no range. */
export function rangesOfSpecifier(specifier: Specifier): readonly Range[] {
  const version = versionOf(specifier);
  if (specifier.operator === "===" || version === null) return EVERYTHING;
  switch (specifier.operator) {
    case ">=":
      return between(before(version), null);
    case ">":
      return between(afterPosts(version), null);
    case "<=":
      return between(LOWEST, afterLocals(version));
    case "<":
      return between(LOWEST, before(isPrerelease(version) ? version : { ...version, dev: 0 }));
    case "~=":
      return between(before(version), endOfPrefix(version, version.release.length - 1));
    case "==":
      return equalTo(specifier, version);
    case "!=":
      return complement(equalTo(specifier, version));
  }
}

/** The versions that are in both. */
export function intersectRanges(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    const from = compareCuts(left.from, right.from) >= 0 ? left.from : right.from;
    const leftEndsFirst = compareEnds(left.to, right.to) < 0;
    const to = leftEndsFirst ? left.to : right.to;
    if (compareEnds(from, to) < 0) result.push({ from, to });
    if (leftEndsFirst) i++;
    else j++;
  }
  return result;
}

/** Whether both hold the same versions. */
export function sameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (range, i) =>
        compareCuts(range.from, b[i]!.from) === 0 && compareEnds(range.to, b[i]!.to) === 0,
    )
  );
}

/** Whether the version is in one of the ranges. */
export function includesVersion(ranges: readonly Range[], version: Version): boolean {
  return includesCut(ranges, before(version));
}

/** Whether the versions that follow the cut directly are in one of the ranges. */
export function includesCut(ranges: readonly Range[], cut: Cut): boolean {
  return ranges.some(({ from, to }) => compareCuts(from, cut) <= 0 && compareEnds(cut, to) < 0);
}

/** Whether every version in the ranges is a pre-release (so also if they are empty). */
export function holdOnlyPrereleases(ranges: readonly Range[]): boolean {
  return ranges.every(({ from, to }) => compareEnds(leastFinal(from), to) >= 0);
}

/** Negative, zero or positive as cut `a` lies before, at or after cut `b`. */
export function compareCuts(a: Cut, b: Cut): number {
  return compareVersions(a.version, b.version) || Number(a.after) - Number(b.after);
}

/** All versions whose release begins with the first `length` numbers of the version's. */
export function prefixRange(version: Version, length: number): Range {
  const release = version.release.slice(0, length);
  const first = { ...version, release, pre: null, post: null, dev: 0, local: null };
  return { from: before(first), to: endOfPrefix(version, length) };
}

function equalTo(specifier: Specifier, version: Version): readonly Range[] {
  if (isPrefix(specifier)) return [prefixRange(version, version.release.length)];
  const end = version.local === null ? afterLocals(version) : { version, after: true };
  return between(before(version), end);
}

function between(from: Cut, to: Cut | null): readonly Range[] {
  return compareEnds(from, to) < 0 ? [{ from, to }] : [];
}

function complement(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  let from: Cut | null = LOWEST;
  for (const range of ranges) {
    if (from !== null) result.push(...between(from, range.from));
    from = range.to;
  }
  return from === null ? result : [...result, { from, to: null }];
}

function before(version: Version): Cut {
  return { version, after: false };
}

/** Behind the version and all its local labels. */
function afterLocals(version: Version): Cut {
  const { post, dev } = version;
  if (dev !== null) return before({ ...withoutLocal(version), dev: successor(dev) });
  return before({ ...withoutLocal(version), post: post === null ? 0 : successor(post), dev: 0 });
}

/** Behind the version and all its post releases. */
function afterPosts(version: Version): Cut {
  const { pre, post, dev } = version;
  if (post !== null || dev !== null) return afterLocals(version);
  if (pre === null) return before({ ...version, post: Number.POSITIVE_INFINITY });
  return before({ ...version, pre: { ...pre, number: successor(pre.number) }, dev: 0 });
}

/** Before the first version that no longer begins with these numbers: 1.3.dev0 for 1.2. */
function endOfPrefix(version: Version, length: number): Cut {
  const release = version.release.slice(0, length);
  release[length - 1] = successor(release[length - 1]!);
  return before({ epoch: version.epoch, release, pre: null, post: null, dev: 0, local: null });
}

/** The place before which no final version follows the cut, as near as ranges need it. */
function leastFinal(cut: Cut): Cut {
  const { version } = cut;
  if (!isPrerelease(version)) return cut;
  if (version.pre === null) return before({ ...version, dev: null, local: null });
  return before({ ...version, pre: null, post: null, dev: null, local: null });
}

/** Like compareCuts, with null for no upper end. */
function compareEnds(a: Cut | null, b: Cut | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareCuts(a, b);
}
