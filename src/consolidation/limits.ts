import { printReduced } from "../requirements/reduce.ts";
import { isEmpty } from "../requirements/specifier-set.ts";
import type { Removal } from "./decision.ts";
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

/** The limits with those (of the file as it is `now`) that stand for constraints a plan removed. */
export function withHeldLimits(
  limits: string,
  now: string | null,
  removed: readonly Removal[],
): string {
  const names = new Set(removed.flatMap(({ declares }) => declares ?? []));
  const lines = (text: string) => text.split(/\r?\n/).filter((line) => /^[a-z0-9]/i.test(line));
  const fresh = lines(limits);
  const nameOf = (line: string) => /^[\w.-]+/.exec(line)![0];
  const known = new Set(fresh.map(nameOf));
  const held = lines(now ?? "").filter(
    (line) => names.has(nameOf(line)) && !known.has(nameOf(line)),
  );
  if (held.length === 0) return limits;
  return `${HEADER}${[...fresh, ...held].sort().join("\n")}\n`;
}
