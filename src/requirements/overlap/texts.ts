/** Values with which all comparisons of one variable with texts hold. */
import type { Comparison, Variable } from "../marker.ts";
import { evaluateComparison } from "../marker-evaluate.ts";
import { knownValues } from "./known-platforms.ts";

/** A value with which the comparisons hold; not `sure` where tools disagree on one of them. */
export interface Candidate {
  readonly value: string;
  readonly sure: boolean;
}

/** Lists longer than this are not taken apart. */
const LONGEST = 200;
const BETWEEN_WORDS = /[\s,;|]+/;

/**
 * Values that satisfy the comparisons; none where no value can. If any value does, one of the
 * same kind (a known platform's, or any other) is among them.
 */
export function textsFor(variable: Variable, comparisons: readonly Comparison[]): Candidate[] {
  const equal = comparisons.find(({ operator }) => operator === "==");
  if (equal !== undefined) return satisfying([literalOf(equal)], variable, comparisons, true);
  const lists = comparisons.filter(isList).map(literalOf);
  if (lists.length === 0) {
    return satisfying(openValues(variable, comparisons), variable, comparisons, false);
  }
  const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a));
  if (shortest.length > LONGEST) return [{ value: "", sure: false }];
  // A list is written for its words; that a part of one is in it too is nobody's intention.
  const isWord = (value: string) =>
    lists.every((list) => list.split(BETWEEN_WORDS).includes(value));
  return satisfying(substrings(shortest), variable, comparisons, true).map((candidate) => ({
    value: candidate.value,
    sure: candidate.sure && isWord(candidate.value),
  }));
}

function satisfying(
  values: readonly string[],
  variable: Variable,
  comparisons: readonly Comparison[],
  areAll: boolean,
): Candidate[] {
  return [...new Set(values)].flatMap((value) => {
    const truths = comparisons.map((one) => {
      const truth = evaluateComparison(one, { [variable]: value });
      return truth !== true && isArguable(one, value, areAll) ? "unknown" : truth;
    });
    return truths.includes(false) ? [] : [{ value, sure: !truths.includes("unknown") }];
  });
}

/** A value unlike any that is named but with everything in it that must be, and the named ones. */
function openValues(variable: Variable, comparisons: readonly Comparison[]): string[] {
  const literals = comparisons.map(literalOf);
  const parts = comparisons
    .filter(({ left, operator }) => operator === "in" && left.kind === "literal")
    .map(literalOf);
  const separator = characterOutside(literals.join(""));
  const unlike = separator + parts.map((part) => part + separator).join("");
  return [unlike, ...parts, ...knownValues(variable), ...literals];
}

/**
 * Whether tools differ on the comparison: `packaging` takes `<` for false and `<=` for `==`
 * between texts, older ones and PEP 508 compare them as Python does; and uv does not take a
 * single word after `in` for all that the variable can be. Where the values tried are not all
 * that there are (`areAll`), an order between texts refutes nothing.
 */
function isArguable(comparison: Comparison, value: string, areAll: boolean): boolean {
  const { left, operator, right } = comparison;
  const [a, b] = [
    left.kind === "literal" ? left.value : value,
    right.kind === "literal" ? right.value : value,
  ];
  switch (operator) {
    case "<":
    case "<=":
      return !areAll || a < b;
    case ">":
    case ">=":
      return !areAll || a > b;
    case "in":
      return isList(comparison) && !BETWEEN_WORDS.test(b);
    default:
      return operator === "~=" || operator === "===";
  }
}

function isList({ left, operator }: Comparison): boolean {
  return operator === "in" && left.kind === "variable";
}

function literalOf({ left, right }: Comparison): string {
  if (left.kind === "literal") return left.value;
  return right.kind === "literal" ? right.value : "";
}

function substrings(text: string): string[] {
  const all: string[] = [""];
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 1; end <= text.length; end++) all.push(text.slice(start, end));
  }
  return all;
}

/** A character that does not occur in the text; the first one from the private use area on. */
function characterOutside(text: string): string {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code++;
  return String.fromCharCode(code);
}
