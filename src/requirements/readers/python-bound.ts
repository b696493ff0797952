import { isFailure } from "../failure.ts";
import { parseSpecifierSet } from "../specifier.ts";
import { contains } from "../specifier-set.ts";

/** Every Python that a bound may speak of; later ones are not excluded by anything. */
const pythons = [
  ...Array.from({ length: 8 }, (_, minor) => `2.${minor}`),
  ...Array.from({ length: 40 }, (_, minor) => `3.${minor}`),
];

/**
 * One specifier set for alternatives of Python versions: the lowest bound, the highest, and
 * `!=X.Y.*` for each Python between that no alternative admits. "" where nothing bounds.
 */
export function pythonBound(ranges: readonly string[]): string {
  if (ranges.length < 2) return ranges[0] ?? "";
  const admitted = ranges.map((range) => pythons.filter((python) => admits(range, python)));
  const order = ranges
    .map((range, at) => ({
      parts: range.split(","),
      first: pythons.indexOf(admitted[at]![0] ?? "3.39"),
    }))
    .sort((a, b) => a.first - b.first);
  const all = new Set(admitted.flat());
  const known = pythons.filter((python) => all.has(python));
  const first = pythons.indexOf(known[0] ?? "2.0");
  const last = pythons.indexOf(known.at(-1) ?? "3.39");
  const between = pythons.filter((python, at) => at > first && at < last && !all.has(python));
  const low = order[0]!.parts.filter((part) => part.startsWith(">"));
  const high = order.at(-1)!.parts.filter((part) => part.startsWith("<"));
  return [...low, ...between.map((python) => `!=${python}.*`), ...high].join(",");
}

/** Whether some release of a Python like 3.9 is admitted. */
function admits(range: string, python: string): boolean {
  const set = parseSpecifierSet(range);
  if (isFailure(set)) return false;
  return [0, 5, 10, 15, 20].some((patch) => contains(set, `${python}.${patch}`));
}
