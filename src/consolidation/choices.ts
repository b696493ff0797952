import type { Cut } from "../requirements/range.ts";
import { compareCuts } from "../requirements/range.ts";
import { printReduced } from "../requirements/reduce.ts";
import type { SpecifierSet } from "../requirements/specifier.ts";
import { admissionOf, bothAdmit, rangesOf } from "../requirements/specifier-set.ts";
import type { Claim } from "./claim.ts";
import { place } from "./claim.ts";
import type { Conflict, ConflictChoice } from "./conflict.ts";
import type { Choice, Decision, Decisions } from "./decision.ts";
import { key } from "./decision.ts";
import type { Need } from "./need.ts";
import { markerText } from "./need.ts";

/** The needs that stay when one is kept for certain, and those that clash with it. */
interface Kept {
  readonly kept: readonly Need[];
  readonly drops: readonly Need[];
}

/** Keeps `first`, then every other need that still leaves a version, in the order given. */
export function keepAround(first: Need, needs: readonly Need[]): Kept {
  const kept = [first];
  let together = admissionOf(first.specifier);
  const drops: Need[] = [];
  // Hundreds of projects may ask for the same: what was tried for one holds for all of them.
  const tried = new Map([[first.declaration.specifier, true]]);
  for (const need of needs) {
    if (need === first) continue;
    let fits = first.link === null ? need.link === null : linkFits(first, need);
    if (fits && first.link === null) {
      const { specifier } = need.declaration;
      const known = tried.get(specifier);
      const both =
        known === undefined ? bothAdmit(together, admissionOf(need.specifier)) : together;
      fits = known ?? both.ranges.length > 0;
      if (fits) together = both;
      tried.set(specifier, fits);
    }
    (fits ? kept : drops).push(need);
  }
  return { kept, drops };
}

/** A link decides alone: what names another link or a version does not go with it. */
function linkFits(first: Need, need: Need): boolean {
  return need.link === first.link || (need.link === null && need.specifier.length === 0);
}

/** The ways to decide between needs: each side that clashes, highest, lowest. */
export function choicesFor(needs: readonly Need[], claims: readonly Claim[]): ConflictChoice[] {
  const claimBy = new Map(needs.map((need, i) => [need, claims[i]!]));
  const outcome = (first: Need, order: readonly Need[]) => {
    const { kept, drops } = keepAround(first, order);
    const claimsOf = drops.map((need) => claimBy.get(need)!);
    return { requirement: requirementOf(kept, needs), drops: claimsOf };
  };
  const sides = claims.flatMap((claim, of): ConflictChoice[] => {
    if (!claim.clashes) return [];
    const title = `Keep ${claim.wants} (${place(claim)})`;
    return [{ choice: "keep", of, title, ...outcome(needs[of]!, needs) }];
  });
  if (needs.some(({ link }) => link !== null)) return sides;
  const [highest, lowest] = [byExtreme(needs, 1), byExtreme(needs, -1)];
  return [
    ...sides,
    { choice: "highest", of: null, title: "Highest", ...outcome(highest[0]!, highest) },
    { choice: "lowest", of: null, title: "Lowest", ...outcome(lowest[0]!, lowest) },
  ];
}

/**
 * First the need that admits the greatest version (`way` 1) or the smallest (-1), the narrower
 * one on a tie; then the others in the same order, so that what is kept beside it leans that way.
 */
function byExtreme(needs: readonly Need[], way: 1 | -1): Need[] {
  const byText = new Map<string, ReturnType<typeof endsOf>>();
  for (const need of needs) {
    const { specifier } = need.declaration;
    if (!byText.has(specifier)) byText.set(specifier, endsOf(need));
  }
  const ends = new Map(needs.map((need) => [need, byText.get(need.declaration.specifier)!]));
  return [...needs].sort((one, other) => {
    const [a, b] = [ends.get(one)!, ends.get(other)!];
    return way === 1
      ? compareEnds(b.highest, a.highest) || compareEnds(b.lowest, a.lowest)
      : compareEnds(a.lowest, b.lowest) || compareEnds(a.highest, b.highest);
  });
}

function endsOf({ specifier }: Need): { lowest: Cut | null; highest: Cut | null } {
  const ranges = rangesOf(specifier);
  return { lowest: ranges[0]?.from ?? null, highest: ranges.at(-1)?.to ?? null };
}

/** Like compareCuts; null is beyond every version. */
function compareEnds(a: Cut | null, b: Cut | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareCuts(a, b);
}

/**
 * The line that these needs come to, without a comment. Extras of all needs are kept: an extra
 * never clashes with a version.
 */
export function requirementOf(kept: readonly Need[], needs: readonly Need[] = kept): string {
  const first = kept[0]!;
  const marker = commonMarker(needs);
  const asked = needs.filter(({ limit }) => !limit);
  const extras = [...new Set(asked.flatMap((need) => need.declaration.extras))].sort();
  const wanted = extras.length > 0 ? `[${extras.join(",")}]` : "";
  const linked = kept.find(({ link }) => link !== null);
  const specifier = linked ? "" : printReduced(specifierOf(kept));
  const target = linked ? linkText(linked, wanted) : first.name + wanted + specifier;
  return marker === "" ? target : `${target}${linked ? " " : ""}; ${marker}`;
}

/** What the needs ask for together; each text once. */
export function specifierOf(needs: readonly Need[]): SpecifierSet {
  const byText = new Map(
    needs.map(({ declaration, specifier }) => [declaration.specifier, specifier]),
  );
  return [...byText.values()].flat();
}

/** Wherever one of the needs holds, the line holds. */
function commonMarker(needs: readonly Need[]): string {
  const markers = [...new Set(needs.filter(({ limit }) => !limit).map(markerText))].sort();
  return markers.includes("") ? "" : markers.join(" or ");
}

function linkText({ name, link, editable }: Need, extras: string): string {
  if (name === link || link!.startsWith("./")) return `${editable ? "-e " : ""}${link}${extras}`;
  if (editable) return `-e ${link}`;
  return `${name}${extras} @ ${link}`;
}

/** The decisions with a choice for a conflict taken; later ones replace earlier ones. */
export function withChoice(
  decisions: Decisions,
  conflict: Conflict,
  { choice, requirement, leavesOut = [] }: ConflictChoice,
): Decisions {
  if (choice !== "leave out") {
    return withDecisions(decisions, [decisionOf(conflict, { choice, requirement })]);
  }
  const others = decisions.leftOut.filter(
    ({ path }) => !leavesOut.some((one) => one.path === path),
  );
  return { ...decisions, leftOut: [...others, ...leavesOut] };
}

/** Later decisions replace earlier ones about the same line. */
export function withDecisions(decisions: Decisions, taken: readonly Decision[]): Decisions {
  const keys = new Set(taken.map(key));
  const others = decisions.decisions.filter((one) => !keys.has(key(one)));
  return { ...decisions, decisions: [...others, ...taken] };
}

/** The decision that a choice for a conflict is, resting on what is declared now. */
export function decisionOf(
  { name, marker, declared }: Conflict,
  { choice, requirement }: Pick<ConflictChoice, "requirement"> & { readonly choice: Choice },
): Decision {
  return { name, marker, choice, requirement, declared, reason: null };
}
