import type { Comparison } from "../marker.ts";
import { type Environment, evaluateComparison, type Truth } from "../marker-evaluate.ts";
import { variablesOf } from "../marker-variables.ts";
import { intersectRanges, prefixRange, type Range } from "../range.ts";
import { parseSpecifier } from "../specifier.ts";
import { contains } from "../specifier-set.ts";
import { parseVersion, printVersion } from "../version.ts";
import type { Possibility } from "./possibility.ts";
import { rangesAllowing, versionIn } from "./versions.ts";

const MINOR = /(?=(\d{1,9})\.(\d{1,9}))/g;
const BETWEEN_WORDS = /[\s,;|]+/;
const EPOCH = /\d+!/g;
const FIRST_NUMBERS = /(\d{1,9})(?:\.(\d{1,9}))?/;

/**
 * Whether comparisons with `python_version` and `python_full_version` can hold together: the
 * first is always the beginning of the second, so both are tried for each minor version at
 * which something can change.
 */
export function pythonPossible(comparisons: readonly Comparison[]): Possibility {
  if (comparisons.length === 0) return "yes";
  const short = comparisons.filter((one) => variablesOf(one).has("python_version"));
  const full = rangesAllowing(
    comparisons.filter((one) => variablesOf(one).has("python_full_version")),
  );
  let answer: Possibility = "no";
  for (const minor of minorsToTry(comparisons)) {
    const isExcluded = short.some(
      (one) => isUnderstood(one) && truthOf(one, { python_version: minor }) === false,
    );
    if (isExcluded) continue;
    for (const range of intersectRanges(full, [minorRange(minor)])) {
      const environment = {
        python_version: minor,
        python_full_version: printVersion(versionIn(range)),
      };
      if (comparisons.every((one) => truthOf(one, environment) === true)) return "yes";
      answer = "unknown";
    }
  }
  return answer;
}

/**
 * Whether a comparison holds; "unknown" where the two ways of reading `in "3.9 3.10"` differ:
 * pip looks for a part of the text, uv for one of the versions listed.
 */
function truthOf(comparison: Comparison, environment: Partial<Environment>): Truth {
  const truth = evaluateComparison(comparison, environment);
  const { left, operator, right } = comparison;
  if (left.kind === "literal" || right.kind === "variable") return truth;
  if (operator !== "in" && operator !== "not in") return truth;
  const isListed = right.value.split(BETWEEN_WORDS).some((word) => {
    const equal = parseSpecifier(`==${word}`);
    return equal !== null && contains([equal], environment[left.name as "python_version"] ?? "");
  });
  return truth === (isListed === (operator === "in")) ? truth : "unknown";
}

/**
 * Minor versions such that, if any satisfies what is understood, one of these does: each set of
 * minors that a comparison describes begins at a number it names, at the next one, or at the
 * beginning of a major version, and lists leave out only what they name.
 */
function minorsToTry(comparisons: readonly Comparison[]): string[] {
  const minors = new Set(["0.0"]);
  for (const { left, right } of comparisons) {
    const written =
      left.kind === "literal" ? left.value : right.kind === "literal" ? right.value : "";
    const literal = written.replaceAll(EPOCH, "");
    const [, major, minor] = FIRST_NUMBERS.exec(literal) ?? [];
    if (major !== undefined) {
      minors.add(`${Number(major)}.0`).add(`${Number(major) + 1}.0`);
      if (minor === undefined) minors.add(`${Number(major)}.1`);
    }
    for (const [, first, digits] of literal.matchAll(MINOR)) {
      for (let length = 1; length <= digits!.length; length++) {
        const second = Number(digits!.slice(0, length));
        minors.add(`${Number(first)}.${second}`).add(`${Number(first)}.${second + 1}`);
      }
    }
  }
  return [...minors];
}

function minorRange(minor: string): Range {
  return prefixRange(parseVersion(minor)!, 2);
}

/** Whether all tools agree on what a comparison with `python_version` means. */
function isUnderstood({ left, operator, right }: Comparison): boolean {
  if (left.kind === "literal") {
    return operator !== "in" && operator !== "not in" && parseVersion(left.value) !== null;
  }
  if (operator === "in" || operator === "not in") return true;
  return right.kind === "literal" && parseSpecifier(operator + right.value) !== null;
}
