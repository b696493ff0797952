import { compareVersions, parseVersion, printVersion, type Version } from "../version.ts";

/** From a version (that included) to another one (that excluded); null where there is no bound. */
interface Stretch {
  readonly from: Version | null;
  readonly to: Version | null;
}

/**
 * One set of specifiers for the alternatives of a Poetry constraint (`^1 || ^3` is
 * `>=1,!=2.*,<4`), or null where one cannot say them. It admits the same releases; of a release
 * between two alternatives it may admit pre-releases too.
 */
export function unitedRange(ranges: readonly string[]): string | null {
  const stretches = ranges.map(stretchOf);
  if (stretches.some((one) => one === null)) return null;
  const [first, ...rest] = (stretches as Stretch[]).sort((a, b) => byBound(a.from, b.from, -1));
  if (first === undefined) return null;
  let to = first.to;
  const gaps: string[] = [];
  for (const next of rest) {
    if (to !== null && next.from !== null && compareVersions(to, next.from) < 0) {
      const gap = wholeSeries(to, next.from);
      if (gap === null) return null;
      gaps.push(...gap);
    }
    to = byBound(to, next.to, 1) < 0 ? next.to : to;
  }
  const from = first.from === null ? [] : [`>=${printVersion(first.from)}`];
  return [...from, ...gaps, ...(to === null ? [] : [`<${printVersion(to)}`])].join(",");
}

/** `>=1,<2`, `>=1` or `<2`; anything else is null. */
function stretchOf(range: string): Stretch | null {
  const [, from, to] = /^(?:>=([^,<>=!]+))?(?:(?:^|,)<([^,<>=!]+))?$/.exec(range) ?? [];
  if (from === undefined && to === undefined) return null;
  return { from: parseVersion(from ?? "") ?? null, to: parseVersion(to ?? "") ?? null };
}

/** Compares bounds; `none` says where a missing one stands: -1 below everything, 1 above. */
function byBound(a: Version | null, b: Version | null, none: -1 | 1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? none : -none;
  return compareVersions(a, b);
}

const MOST = 10;

/** The `!=N.*` that leave out all from one version to another one of the same kind; else null. */
function wholeSeries(from: Version, to: Version): string[] | null {
  const depth = Math.max(depthOf(from), depthOf(to));
  const [start, end] = [prefix(from, depth), prefix(to, depth)];
  if (!isPlain(from) || !isPlain(to) || start.slice(0, -1).join() !== end.slice(0, -1).join())
    return null;
  const [low, high] = [Number(start.at(-1)), Number(end.at(-1))];
  if (high - low > MOST) return null;
  return Array.from(
    { length: high - low },
    (_, at) => `!=${[...start.slice(0, -1), low + at].join(".")}.*`,
  );
}

/** How many numbers of the release are left without the zeros at its end; at least one. */
function depthOf({ release }: Version): number {
  return Math.max(1, release.findLastIndex((part) => Number(part) !== 0) + 1);
}

function prefix({ release }: Version, depth: number): number[] {
  return Array.from({ length: depth }, (_, at) => Number(release[at] ?? 0));
}

function isPlain({ epoch, release, pre, post, dev, local }: Version): boolean {
  const small = [epoch, ...release].every((part) => typeof part === "number");
  return small && epoch === 0 && [pre, post, dev, local].every((part) => part === null);
}
