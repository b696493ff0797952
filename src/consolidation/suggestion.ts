import { contains } from "../requirements/specifier-set.ts";
import { requirementOf } from "./choices.ts";
import { claimOf, place } from "./claim.ts";
import type { Suggestion } from "./conflict.ts";
import type { MergedLine } from "./merge.ts";
import { declaredTexts } from "./need.ts";
import { bumpSize, SIZES } from "./relaxation.ts";

/** One line loosened: what it becomes, and the version that the resolver then takes. */
export interface LoosenedLine {
  readonly line: MergedLine;
  readonly specifier: string;
  readonly version: string;
}

/** The suggestion that loosening these lines is. */
export function loosenSuggestion(loosened: readonly LoosenedLine[]): Suggestion {
  const changes = loosened.flatMap(({ line, version }) =>
    line.needs
      .filter((need) => need.link === null && !contains(need.specifier, version))
      .map((need) => ({ claim: claimOf(need, false), gets: version })),
  );
  const parts = loosened.map(({ line, specifier, version }) => {
    const outside = changes.filter(
      ({ gets, claim }) =>
        gets === version && line.needs.some(({ declaration }) => declaration === claim.declaration),
    );
    const who =
      outside.length > 0
        ? outside.map(({ claim }) => `${place(claim)} from ${claim.wants}`).join(" and ")
        : line.name;
    return `loosen ${who} to ${specifier || "any version"}: resolves with ${line.name} ${version}`;
  });
  const sizes = changes.map(({ claim, gets }) => bumpSize(pinned(claim.wants), gets));
  return {
    title: parts.join(", "),
    decisions: loosened.map(({ line, specifier }) => ({
      ...{ name: line.name, marker: line.marker, choice: "loosened" as const, reason: null },
      requirement: withSpecifier(line, specifier),
      declared: declaredTexts(line.needs),
    })),
    ...{ buildConstraint: null, python: null, changes },
    loosened: changes.length,
    size: SIZES[Math.max(0, ...sizes.map((size) => SIZES.indexOf(size)))]!,
  };
}

/** The line's requirement with another specifier: name, extras and marker stay. */
export function withSpecifier({ needs }: Pick<MergedLine, "needs">, specifier: string): string {
  const bare = requirementOf(needs.map((need) => ({ ...need, specifier: [] })));
  const [target = bare, marker] = bare.split(/(?=; )/);
  return `${target}${specifier}${marker ?? ""}`;
}

function pinned(wants: string): string {
  return wants.replace(/^[=<>!~]+/, "").split(",")[0]!;
}

/** The fewest declarations first, then the smaller step. */
export function compareSuggestions(a: Suggestion, b: Suggestion): number {
  return a.loosened - b.loosened || SIZES.indexOf(a.size) - SIZES.indexOf(b.size);
}
