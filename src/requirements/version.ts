/**
 * Versions as PEP 440 defines them: reading, printing, ordering.
 *
 * Numbers of any length occur in versions (dates, hashes), so those that a double cannot
 * hold are bigints. JavaScript compares the two kinds exactly with `<` and `>`.
 */
export type Natural = number | bigint;

export interface Version {
  readonly epoch: Natural;
  readonly release: readonly Natural[];
  readonly pre: { readonly phase: PrePhase; readonly number: Natural } | null;
  readonly post: Natural | null;
  readonly dev: Natural | null;
  readonly local: readonly (string | Natural)[] | null;
}

export type PrePhase = "a" | "b" | "rc";

/** What Python's `\s` and `str.strip` take for white space, which is not what JavaScript's `\s` does. */
const SPACES =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/** One such character, and one that is none, for regular expressions. */
export const SPACE = `[${SPACES}]`;
export const SOLID = `[^${SPACES}]`;

const RELEASE_ONLY = /^\d+(?:\.\d+)*$/;
const VERSION = new RegExp(
  `^${SPACE}*v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)` +
    "(?:[._-]?(alpha|a|beta|b|preview|pre|c|rc)[._-]?(\\d*))?" +
    "(?:-(\\d+)|[._-]?(post|rev|r)[._-]?(\\d*))?" +
    "(?:[._-]?(dev)[._-]?(\\d*))?" +
    `(?:\\+([a-z0-9]+(?:[._-][a-z0-9]+)*))?${SPACE}*$`,
  "i",
);
const LOCAL_SEPARATOR = /[._-]/;
const DIGITS = /^\d+$/;

const PHASES: Readonly<Record<string, PrePhase>> = {
  a: "a",
  alpha: "a",
  b: "b",
  beta: "b",
  c: "rc",
  rc: "rc",
  pre: "rc",
  preview: "rc",
};

/** Reads a version in any spelling that PEP 440 allows; null where it is none. */
export function parseVersion(text: string): Version | null {
  if (RELEASE_ONLY.test(text)) {
    return { epoch: 0, release: naturals(text), pre: null, post: null, dev: null, local: null };
  }
  const match = VERSION.exec(text);
  if (match === null) return null;
  const [
    ,
    epoch,
    release,
    phase,
    preNumber,
    implicitPost,
    postWord,
    postNumber,
    dev,
    devNumber,
    local,
  ] = match;
  return {
    epoch: natural(epoch),
    release: naturals(release!),
    pre:
      phase === undefined
        ? null
        : { phase: PHASES[phase.toLowerCase()]!, number: natural(preNumber) },
    post:
      implicitPost !== undefined || postWord !== undefined
        ? natural(implicitPost ?? postNumber)
        : null,
    dev: dev === undefined ? null : natural(devNumber),
    local:
      local === undefined ? null : local.toLowerCase().split(LOCAL_SEPARATOR).map(localSegment),
  };
}

/** The version in its normal form, as `packaging` prints it (trailing zeros of the release stay). */
export function printVersion(version: Version): string {
  const { pre, post, dev, local } = version;
  return (
    printBase(version) +
    (pre === null ? "" : pre.phase + pre.number) +
    (post === null ? "" : `.post${post}`) +
    (dev === null ? "" : `.dev${dev}`) +
    (local === null ? "" : `+${local.join(".")}`)
  );
}

/** One text for all spellings of a version: its normal form without the release's trailing zeros. */
export function canonicalVersion(version: Version): string {
  const { release } = version;
  let length = release.length;
  while (length > 1 && release[length - 1] === 0) length--;
  return printVersion({ ...version, release: release.slice(0, length) });
}

/** The epoch and the release alone: `1!2.0` of `1!2.0rc1.post2+cpu`. */
export function printBase(version: Version): string {
  return (version.epoch === 0 ? "" : `${version.epoch}!`) + version.release.join(".");
}

/** The version without its local label: `1.0` of `1.0+cpu`. */
export function withoutLocal(version: Version): Version {
  return version.local === null ? version : { ...version, local: null };
}

/** Whether pip leaves the version out unless asked: alpha, beta, release candidate or dev release. */
export function isPrerelease(version: Version): boolean {
  return version.pre !== null || version.dev !== null;
}

/** Negative, zero or positive as `a` stands before, at or after `b` in PEP 440's total order. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareNaturals(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    phaseRank(a) - phaseRank(b) ||
    compareNaturals(a.pre?.number ?? 0, b.pre?.number ?? 0) ||
    compareNaturals(a.post ?? -1, b.post ?? -1) ||
    compareNaturals(a.dev ?? Infinity, b.dev ?? Infinity) ||
    compareLocals(a.local, b.local)
  );
}

/** The number after `n`, exact also where doubles end. */
export function successor(n: Natural): Natural {
  return n === Number.MAX_SAFE_INTEGER || typeof n === "bigint" ? BigInt(n) + 1n : n + 1;
}

/** A dev release of the final version stands before its alphas, the final version after its candidates. */
function phaseRank(version: Version): number {
  if (version.pre !== null)
    return version.pre.phase === "a" ? 1 : version.pre.phase === "b" ? 2 : 3;
  return version.post === null && version.dev !== null ? 0 : 4;
}

function compareReleases(a: readonly Natural[], b: readonly Natural[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareNaturals(a[i] ?? 0, b[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** No label sorts first, then the shorter of two that begin alike. */
function compareLocals(a: Version["local"], b: Version["local"]): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareSegments(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Words sort before numbers. */
function compareSegments(a: string | Natural, b: string | Natural): number {
  if (typeof a !== "string" && typeof b !== "string") return compareNaturals(a, b);
  if (typeof a !== "string" || typeof b !== "string") return typeof a === "string" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareNaturals(a: Natural, b: Natural): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function naturals(dotted: string): Natural[] {
  return dotted.split(".").map(natural);
}

function localSegment(text: string): string | Natural {
  return DIGITS.test(text) ? natural(text) : text;
}

/** Digits as a number; none at all count as 0 (`1.0a` is `1.0a0`). */
function natural(digits: string | undefined): Natural {
  if (digits === undefined) return 0;
  if (digits.length <= 15) return Number(digits);
  const exact = BigInt(digits);
  return exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
}
