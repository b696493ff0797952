import type { GroupInclude } from "../declaration.ts";
import { normalizeName } from "../name.ts";
import type { LinkFor } from "./pep508.ts";
import { stringUnder, type TomlFile, type TomlValue, tableUnder } from "./toml.ts";
import { readList } from "./toml-strings.ts";

/**
 * Reads `[dependency-groups]` (PEP 735). Every declaration stands once, in its own group; which
 * groups include which others is the result. A cycle, an unknown group and two names that are the
 * same after normalisation are not understood.
 */
export function readGroups(toml: TomlFile, linkFor: LinkFor): GroupInclude[] {
  const includes: GroupInclude[] = [];
  const known = new Map<string, string>();
  for (const [written, entry] of tableUnder(toml.root, "dependency-groups").entries) {
    const name = normalizeName(written);
    const other = known.get(name);
    if (other !== undefined) {
      const reason = `${written} and ${other} are the same name for a group`;
      toml.found.notUnderstood.push({ ...toml.place(entry), reason });
      continue;
    }
    known.set(name, written);
    readList(toml, entry.value, { kind: "group", name }, linkFor, (item) => {
      const included = includedGroup(item);
      if (included === null) return false;
      includes.push({ group: name, includes: included, ...toml.place(item) });
      return true;
    });
  }
  return includes.filter((include) => {
    const reason = problemOf(include, includes, known);
    if (reason !== null)
      toml.found.notUnderstood.push({ span: include.span, raw: include.raw, reason });
    return reason === null;
  });
}

function includedGroup(item: TomlValue): string | null {
  if (item.kind !== "table" || item.entries.size !== 1) return null;
  const name = stringUnder(item, "include-group");
  return name === null ? null : normalizeName(name);
}

function problemOf(
  include: GroupInclude,
  all: readonly GroupInclude[],
  known: ReadonlyMap<string, string>,
): string | null {
  if (!known.has(include.includes)) return `there is no group ${include.includes}`;
  const chain = wayTo(include.group, [include.group, include.includes], all);
  return chain === null ? null : `the groups include each other: ${chain.join(" → ")}`;
}

/** The shortest chain of includes that comes back to `goal`, or null. */
function wayTo(
  goal: string,
  start: readonly string[],
  all: readonly GroupInclude[],
): readonly string[] | null {
  const seen = new Set(start.slice(1));
  let chains = [start];
  while (chains.length > 0) {
    const next: (readonly string[])[] = [];
    for (const chain of chains) {
      const last = chain.at(-1)!;
      if (last === goal) return chain;
      for (const { group, includes } of all) {
        if (group !== last || seen.has(includes)) continue;
        seen.add(includes);
        next.push([...chain, includes]);
      }
    }
    chains = next;
  }
  return null;
}
