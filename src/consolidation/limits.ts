import { printReduced } from "../requirements/reduce.ts";
import { isEmpty } from "../requirements/specifier-set.ts";
import type { Need } from "./need.ts";
import { markerText } from "./need.ts";

const HEADER = "# Limits on packages that no project names, kept by One Venv.\n";

/**
 * The text of constraints.txt: constraints on packages that nobody needs by name, but that may
 * come in through others. Where several files disagree about such a package none of them counts.
 */
export function constraintsText(
  limits: readonly Need[],
  needed: ReadonlyMap<string, readonly Need[]>,
): string {
  const unnamed = limits.filter(({ name, link }) => link === null && !needed.has(name));
  const groups = Map.groupBy(unnamed, (need) => `${need.name}\n${markerText(need)}`);
  const lines = [...groups.values()].flatMap((group) => {
    const specifier = group.flatMap((need) => need.specifier);
    if (specifier.length === 0 || isEmpty(specifier)) return [];
    const marker = markerText(group[0]!);
    return [`${group[0]!.name}${printReduced(specifier)}${marker === "" ? "" : `; ${marker}`}`];
  });
  return lines.length === 0 ? "" : `${HEADER}${lines.sort().join("\n")}\n`;
}
