import { isFailure } from "../failure.ts";
import { type Marker, parseMarker, printMarker } from "../marker.ts";
import { poetryRanges } from "./poetry-constraint.ts";

/** A marker in normal form, null where there is no condition; or why there can be none. */
export type PoetryMarker = { readonly marker: string | null } | { readonly message: string };

/** What a Poetry dependency's `markers`, `python` and `platform` say together, as one marker. */
export function poetryMarker(
  markers: string | null,
  python: string | null,
  platform: string | null,
): PoetryMarker {
  const conditions: Marker[] = [];
  for (const text of [markers, pythonCondition(python), platformCondition(platform)]) {
    if (text === null || text === "") continue;
    if (typeof text !== "string") return text;
    const marker = parseMarker(text);
    if (isFailure(marker)) return { message: marker.message };
    conditions.push(marker);
  }
  if (conditions.length === 0) return { marker: null };
  if (conditions.length === 1) return { marker: printMarker(conditions[0]!) };
  const items = conditions.flatMap((one) => (one.kind === "and" ? one.items : [one]));
  return { marker: printMarker({ kind: "and", items, grouped: false }) };
}

function pythonCondition(constraint: string | null): string | null | { message: string } {
  if (constraint === null) return null;
  const ranges = poetryRanges(constraint);
  if ("message" in ranges) return ranges;
  if (ranges.includes("")) return null;
  const terms = ranges.map((range) => range.split(",").map(pythonTerm).join(" and "));
  return terms.length === 1 ? terms[0]! : terms.map((term) => `(${term})`).join(" or ");
}

/** A condition on Python's version; `python_version` has two numbers, so three need the full one. */
function pythonTerm(specifier: string): string {
  const [, operator, written] = /^([<>=!~]+)(.*)$/.exec(specifier)!;
  const prefix = written!.endsWith(".*");
  const version = prefix ? written!.slice(0, -2) : written!;
  const parts = version.split(".");
  if (prefix && parts.length === 1) return wholeMajor(operator!, Number(version));
  if (prefix && parts.length === 2) return `python_version ${operator} "${version}"`;
  const padded = [...parts, "0", "0"].slice(0, Math.max(parts.length, 3)).join(".");
  const exact = operator === ">" || operator === "<=" || operator === "!=";
  if (prefix) return `python_full_version ${operator} "${written}"`;
  if (parts.length > 2 || exact) return `python_full_version ${operator} "${padded}"`;
  return `python_version ${operator} "${version}"`;
}

function wholeMajor(operator: string, major: number): string {
  return operator === "=="
    ? `python_version >= "${major}" and python_version < "${major + 1}"`
    : `(python_version < "${major}" or python_version >= "${major + 1}")`;
}

function platformCondition(platform: string | null): string | null {
  if (platform === null || platform === "*") return null;
  const alternatives = platform
    .trim()
    .split(/\|\|?/)
    .map((alternative) =>
      alternative
        .split(",")
        .map((one) =>
          one
            .trim()
            .replace(
              /^(!=|===?|=)?\s*(.*)$/,
              (_, operator, value) => `sys_platform ${operator === "!=" ? "!=" : "=="} "${value}"`,
            ),
        )
        .join(" and "),
    );
  return alternatives.length === 1
    ? alternatives[0]!
    : alternatives.map((one) => `(${one})`).join(" or ");
}
