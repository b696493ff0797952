import type { Claim } from "./claim.ts";
import type { ConflictChoice } from "./conflict.ts";
import type { Need } from "./need.ts";
import {
  alternativeReason,
  areAlternatives,
  areTwins,
  isOldest,
  isVariant,
  preference,
} from "./variant.ts";

/** Sources that stand in for one another and clash: one is kept, the others are left out. */
export interface Alternatives {
  readonly clash: readonly Need[];
  /** The one that is offered first in front. */
  readonly sources: readonly { readonly path: string; readonly project: string | null }[];
}

/** The first of these needs' sources that are alternatives and clash, or null. */
export function clashingAlternatives(
  needs: readonly Need[],
  findClash: (needs: readonly Need[]) => readonly Need[] | null,
): Alternatives | null {
  const byPath = Map.groupBy(needs, ({ declaration }) => declaration.file);
  const files = [...byPath].map(([path, [need]]) => ({ path, project: need!.project }));
  for (const variant of files.filter(({ path }) => isVariant(path))) {
    for (const other of files.filter((one) => one !== variant && areAlternatives(one, variant))) {
      const clash = findClash([...byPath.get(variant.path)!, ...byPath.get(other.path)!]);
      if (new Set(clash?.map(({ declaration }) => declaration.file)).size < 2) continue;
      const family = files.filter((one) =>
        [variant, other].every((two) => one === two || areAlternatives(one, two)),
      );
      return { clash: clash!, sources: family.sort(byPreference) };
    }
  }
  return null;
}

/** One choice for each source that can be the one that is kept, with the reason filled in. */
export function choicesBetween(
  { sources }: Alternatives,
  claims: readonly Claim[],
): ConflictChoice[] {
  return sources.flatMap((kept): ConflictChoice[] => {
    const others = sources.filter((one) => one !== kept);
    // A file of the oldest versions never takes the place of what a project usually needs.
    if (isOldest(kept.path) && !others.every((one) => areTwins(one, kept))) return [];
    const out = others.map(({ path }) => path);
    return [
      {
        ...{ choice: "leave out", of: null, requirement: null },
        title: `Keep ${kept.path}, leave ${out.join(" and ")} out`,
        drops: claims.filter(({ file }) => out.includes(file)),
        leavesOut: out.map((path) => ({ path, reason: alternativeReason(path, kept.path) })),
      },
    ];
  });
}

/** Says that the files are alternatives, and where they clash. */
export function alternativesSentence({ sources }: Alternatives, clash: string): string {
  const names = sources.map(({ path }) => path);
  const all = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${all} are alternatives, and one venv can hold one of them: ${clash}`;
}

function byPreference(a: { readonly path: string }, b: { readonly path: string }): number {
  return preference(a.path) - preference(b.path) || (a.path < b.path ? -1 : 1);
}
