/** Deciding markers: in a whole environment, or as far as a partly known one goes. */
import type { Comparison, Marker, MarkerOperator, Variable } from "./marker.ts";
import { normalizeName } from "./name.ts";
import { parseSpecifier } from "./specifier.ts";
import { contains } from "./specifier-set.ts";
import { parseVersion } from "./version.ts";

/** What an interpreter reports of itself, and what is asked for from a package. */
export interface Environment
  extends Readonly<Record<Exclude<Variable, "extras" | "dependency_groups">, string>> {
  readonly extras: readonly string[];
  readonly dependency_groups: readonly string[];
}

export type Truth = boolean | "unknown";

/** Variables whose values compare as versions where the other side is one. */
const VERSIONS: ReadonlySet<string> = new Set<Variable>([
  "python_version",
  "python_full_version",
  "implementation_version",
  "platform_release",
]);

/**
 * Whether the marker holds. "unknown" where that hangs on a variable that is missing from the
 * environment, or on a comparison that has no meaning (`os_name ~= "x"`).
 */
export function evaluateMarker(marker: Marker, environment: Partial<Environment>): Truth {
  if (marker.kind === "comparison") return evaluateComparison(marker, environment);
  const decisive = marker.kind === "or";
  let result: Truth = !decisive;
  for (const item of marker.items) {
    const truth = evaluateMarker(item, environment);
    if (truth === decisive) return decisive;
    if (truth === "unknown") result = "unknown";
  }
  return result;
}

/**
 * The marker with all that is known worked out: true or false where nothing is left to ask,
 * else a marker about the other variables only.
 */
export function simplifyMarker(marker: Marker, known: Partial<Environment>): Marker | boolean {
  if (marker.kind === "comparison") {
    const truth = evaluateComparison(marker, known);
    return truth === "unknown" ? marker : truth;
  }
  const decisive = marker.kind === "or";
  const left: Marker[] = [];
  for (const item of marker.items) {
    const simple = simplifyMarker(item, known);
    if (simple === decisive) return decisive;
    if (typeof simple !== "boolean") left.push(simple);
  }
  if (left.length === 0) return !decisive;
  return left.length === 1 ? left[0]! : { ...marker, items: left };
}

/** Whether one comparison holds, by `packaging`'s rules. */
export function evaluateComparison(
  { left, operator, right }: Comparison,
  environment: Partial<Environment>,
): Truth {
  // With two variables the second one's name is compared as text; with two literals the second
  // one's text is looked up as a variable: so do packaging and pip.
  const leftIsVariable = left.kind === "variable";
  const key = leftIsVariable ? left.name : right.kind === "variable" ? right.name : right.value;
  const known = lookUp(key, environment);
  if (known === undefined || (leftIsVariable && typeof known !== "string")) return "unknown";
  if (typeof known !== "string") {
    return compareWithNames(normalizeName((left as { value: string }).value), operator, known);
  }
  if (!leftIsVariable) return compareText(key, left.value, operator, known);
  return compareText(key, known, operator, right.kind === "variable" ? right.name : right.value);
}

/** Whether `variable`'s value must be a version for the comparison with a text to hold. */
export function comparesAsVersion(
  { left, operator, right }: Comparison,
  variable: Variable,
): boolean {
  if (!VERSIONS.has(variable) || operator === "in" || operator === "not in") return false;
  if (left.kind === "literal") return parseVersion(left.value) !== null;
  return (
    operator !== "===" &&
    right.kind === "literal" &&
    parseSpecifier(operator + right.value) !== null
  );
}

function lookUp(
  key: string,
  environment: Partial<Environment>,
): string | readonly string[] | undefined {
  if (!Object.hasOwn(environment, key)) return undefined;
  const value = environment[key as Variable];
  if (value === undefined || typeof value !== "string") return value?.map(normalizeName);
  if (key === "extra") return normalizeName(value);
  // A Python built from an untagged commit calls itself 3.13.0+, which is no version.
  return key === "python_full_version" && value.endsWith("+") ? `${value}local` : value;
}

function compareText(key: string, left: string, operator: MarkerOperator, right: string): Truth {
  if (VERSIONS.has(key) && operator !== "in" && operator !== "not in") {
    const specifier = parseSpecifier(operator + right);
    if (specifier !== null) return contains([specifier], left);
  }
  switch (operator) {
    case "in":
      return right.includes(left);
    case "not in":
      return !right.includes(left);
    case "==":
    case "<=":
    case ">=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
    case ">":
      return false;
    default:
      return "unknown";
  }
}

function compareWithNames(left: string, operator: MarkerOperator, names: readonly string[]): Truth {
  if (operator === "in") return names.includes(left);
  if (operator === "not in") return !names.includes(left);
  // A name never equals a list of names.
  if (operator === "~=" || operator === "===") return "unknown";
  return operator === "!=";
}
