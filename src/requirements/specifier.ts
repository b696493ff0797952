import type { ParseFailure } from "./failure.ts";
import {
  canonicalVersion,
  isPrerelease,
  parseVersion,
  printVersion,
  SOLID,
  SPACE,
  type Version,
} from "./version.ts";

export type Operator = "===" | "==" | "!=" | "~=" | "<=" | ">=" | "<" | ">";

/** One condition, such as `>=1.0`, and where it stands in the text (0-based, end exclusive). */
export interface Specifier {
  readonly operator: Operator;
  /** As written, without the white space around it; may end in `.*`. */
  readonly version: string;
  readonly start: number;
  readonly end: number;
}

/** Conditions that must all hold, in the order written; none of them means any version. */
export type SpecifierSet = readonly Specifier[];

const RELEASE = "v?(?:\\d+!)?\\d+(?:\\.\\d+)*";
const PRE = "(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?\\d*)?";
const POST = "(?:-\\d+|[-_.]?(?:post|rev|r)[-_.]?\\d*)?";
const DEV = "(?:[-_.]?dev[-_.]?\\d*)?";
const LOCAL = "(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?";
const COMPATIBLE = "v?(?:\\d+!)?\\d+(?:\\.\\d+)+";

/** One condition at the place where matching begins; the longest that is valid there. */
export const SPECIFIER = new RegExp(
  `(===)${SPACE}*((?:(?![;),])${SOLID})*)` +
    `|([=!]=)${SPACE}*(${RELEASE}(?:\\.\\*|${PRE}${POST}${DEV}${LOCAL}))` +
    `|(~=)${SPACE}*(${COMPATIBLE}${PRE}${POST}${DEV})` +
    `|([<>]=?)${SPACE}*(${RELEASE}${PRE}${POST}${DEV})`,
  "iy",
);
/** `===` within a requirement takes whatever follows; its commas are looked at afterwards. */
export const ARBITRARY = new RegExp(`===${SPACE}*(?:(?![;)])${SOLID})*`, "y");
const SPACES = new RegExp(`${SPACE}*`, "y");

/** The condition that begins at `start`, or null where none does. */
export function specifierAt(text: string, start: number): Specifier | null {
  SPECIFIER.lastIndex = start;
  const match = SPECIFIER.exec(text);
  if (match === null) return null;
  const operator = (match[1] ?? match[3] ?? match[5] ?? match[7]) as Operator;
  const version = (match[2] ?? match[4] ?? match[6] ?? match[8])!;
  return { operator, version, start, end: start + match[0].length };
}

/** Reads one condition that is the whole text, white space around it aside; null where it is none. */
export function parseSpecifier(text: string): Specifier | null {
  const start = afterSpaces(text, 0);
  if (text.startsWith("===", start)) {
    ARBITRARY.lastIndex = start;
    const end = ARBITRARY.test(text) ? ARBITRARY.lastIndex : start;
    const version = text.slice(afterSpaces(text, start + 3), end);
    return afterSpaces(text, end) === text.length ? { operator: "===", version, start, end } : null;
  }
  const specifier = specifierAt(text, start);
  return specifier !== null && afterSpaces(text, specifier.end) === text.length ? specifier : null;
}

/** Reads conditions separated by commas, as `packaging` does: commas too many are no error. */
export function parseSpecifierSet(text: string): SpecifierSet | ParseFailure {
  return parseSpecifiers(text, 0, text.length);
}

/** The same for the part of a text from `start` to `end`; offsets count from the text's beginning. */
export function parseSpecifiers(
  text: string,
  start: number,
  end: number,
): SpecifierSet | ParseFailure {
  const specifiers: Specifier[] = [];
  for (let position = start; position < end; position++) {
    position = afterSpaces(text, position);
    if (position >= end) break;
    if (text[position] === ",") continue;
    const specifier = specifierAt(text, position);
    position = specifier === null ? position : afterSpaces(text, specifier.end);
    if (specifier === null || (position < end && text[position] !== ",")) {
      return { message: "not a valid version specifier", offset: position };
    }
    specifiers.push(specifier);
  }
  return specifiers;
}

/** The conditions in the order written, joined by commas without spaces. */
export function writtenSpecifiers(set: SpecifierSet): string {
  return set.map((one) => one.operator + one.version).join(",");
}

/** The set as `packaging` prints it: sorted, each condition once. */
export function printSpecifierSet(set: SpecifierSet): string {
  if (set.length < 2) return writtenSpecifiers(set);
  const sorted = set.map((one) => [one.operator + one.version, one] as const).sort(byText);
  const first = new Map<string, string>();
  for (const [text, one] of sorted) {
    const key = canonicalSpecifier(one);
    if (!first.has(key)) first.set(key, text);
  }
  return [...first.values()].join(",");
}

/** The version that a condition names (`1.2` of `==1.2.*`), or null after `===` where it is none. */
export function versionOf(specifier: Specifier): Version | null {
  return parseVersion(isPrefix(specifier) ? specifier.version.slice(0, -2) : specifier.version);
}

/** Whether the condition speaks of all versions that begin alike (`==1.2.*`). */
export function isPrefix(specifier: Specifier): boolean {
  return specifier.operator !== "===" && specifier.version.endsWith(".*");
}

/** Whether pip takes pre-releases like any other version because a condition names one. */
export function asksForPrereleases(set: SpecifierSet): boolean {
  return set.some((one) => {
    if (one.operator === "!=" || isPrefix(one)) return false;
    const version = versionOf(one);
    return version !== null && isPrerelease(version);
  });
}

/** Two conditions with the same text here are the same condition (`==1.0` and `==1.0.0`). */
function canonicalSpecifier(specifier: Specifier): string {
  const { operator, version } = specifier;
  if (operator === "===" || isPrefix(specifier)) return operator + version;
  const parsed = parseVersion(version)!;
  // In ~=1.0 the zeros say how much may change.
  return operator + (operator === "~=" ? printVersion(parsed) : canonicalVersion(parsed));
}

function byText(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function afterSpaces(text: string, position: number): number {
  SPACES.lastIndex = position;
  SPACES.test(text);
  return SPACES.lastIndex;
}
