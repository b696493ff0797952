import { isFailure } from "../failure.ts";
import { parseSpecifierSet } from "../specifier.ts";
import { parseVersion, printVersion, successor, type Version } from "../version.ts";

/** Why a constraint is none that Poetry knows. */
export interface ConstraintFailure {
  readonly message: string;
}

/**
 * Turns a Poetry constraint (`^1.2`, `~1.2 || >=3`) into PEP 440: one text of specifiers joined by
 * commas for each alternative that `||` separates, "" for any version.
 */
export function poetryRanges(constraint: string): readonly string[] | ConstraintFailure {
  const ranges: string[] = [];
  for (const alternative of constraint.replace(/\s+/g, " ").split(/\|\|?/)) {
    const parts: string[] = [];
    for (const single of alternative
      .trim()
      .replace(/ ?,? ?$/, "")
      .split(BETWEEN)) {
      const part = singleRange(single);
      if (part === null)
        return { message: `${JSON.stringify(constraint)} is no Poetry constraint` };
      if (part !== "") parts.push(part);
    }
    ranges.push(parts.join(","));
  }
  if (ranges.some((range) => isFailure(parseSpecifierSet(range)))) {
    return { message: `${JSON.stringify(constraint)} cannot be said in PEP 440` };
  }
  return ranges.includes("") ? [""] : ranges;
}

/** Where Poetry separates two conditions: a comma or blanks, but not after an operator or a dash. */
const BETWEEN = /(?<!^)(?<![\^~=>< ,]) ?(?<!-)[, ](?!-) ?(?!,|$)/;

/** One condition in PEP 440, "" for any version, or null where it is none. */
function singleRange(text: string): string | null {
  if (/^v?[x*](\.[x*])*$/i.test(text)) return "";
  const operator = /^(\^|~=|~|<>|!=|>=|<=|===|==|=|>|<)?/.exec(text)![0];
  let end = text.length;
  while (text.endsWith(".*", end)) end -= 2;
  const written = text.slice(operator.length, end).trim();
  const stars = text.slice(end);
  const version = parseVersion(written === "dev" ? "0.0.dev0" : written);
  if (version === null) return null;
  const at = printVersion(version);
  if (stars !== "") return prefixRange(operator, at, stars);
  if (operator === "^") return `>=${at},<${printVersion(released(version, breaking(version)))}`;
  if (operator === "~") {
    const level = version.release.length === 1 ? 0 : 1;
    return `>=${at},<${printVersion(released(version, level))}`;
  }
  if (operator === "~=") {
    const level = Math.max(version.release.length - 2, 0);
    return `>=${at},<${printVersion(released(version, level))}`;
  }
  if (operator === "" || operator === "=" || operator === "<>") return `==${at}`;
  return operator === "===" ? null : operator + at;
}

function prefixRange(operator: string, version: string, stars: string): string | null {
  // Several stars are one only after a plain release of at most three numbers.
  const many = stars !== ".*" && !/^(==|!=)?\d+(\.\d+){0,2}$/.test(operator + version);
  // After other comparisons Poetry does not look at the star.
  if (/^[<>]=?$/.test(operator)) return stars === ".*" ? operator + version : null;
  if (many || !/^(\d+!)?\d+(\.\d+)*$/.test(version)) return null;
  if (operator === "!=") return `!=${version}.*`;
  return operator === "^" || operator.startsWith("~") || operator === "==="
    ? null
    : `==${version}.*`;
}

/** Which part of the release Poetry's caret raises: the first that is not zero, of at most three. */
function breaking({ release }: Version): number {
  const first = release.findIndex((part) => part > 0);
  const last = Math.min(release.length, 3) - 1;
  return first < 0 ? last : Math.min(first, last);
}

/** The release raised at a level, zeros after it, nothing behind it. */
function released(version: Version, level: number): Version {
  const release = version.release.map((part, at) =>
    at < level ? part : at === level ? successor(part) : 0,
  );
  return { epoch: version.epoch, release, pre: null, post: null, dev: null, local: null };
}
