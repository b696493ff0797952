import type { Claim } from "./claim.ts";
import type { Choice, Decision, Decisions } from "./decision.ts";
import type { BumpSize } from "./relaxation.ts";

/** Claims that no one installed set can satisfy together, and what can be chosen. */
export interface Conflict {
  /** The package, or what else is open: an option (`--index-url`), `python`. */
  readonly name: string;
  /** The platform marker of the line that is open; null for the line without one. */
  readonly marker: string | null;
  readonly kind: ConflictKind;
  /** All that the decision is about; those of the smallest set that clashes are marked. */
  readonly claims: readonly Claim[];
  /** What a decision rests on: it is asked again when this changed. */
  readonly declared: readonly string[];
  readonly sentence: string;
  readonly choices: readonly ConflictChoice[];
  /** The resolver that found it, with its version; absent where the files alone say it. */
  readonly tool?: string;
  /** Changes that the resolver proved, best first; absent where it was not asked. */
  readonly suggestions?: readonly Suggestion[];
}

/** A change that was proved to resolve: the resolver said so. */
export interface Suggestion {
  readonly title: string;
  /** The lines that change, as decisions. */
  readonly decisions: readonly Decision[];
  /** A limit for building sdists, such as `setuptools<80`, or null. */
  readonly buildConstraint: string | null;
  /** Another base Python (major.minor), or null. */
  readonly python: string | null;
  /** How many declarations are no longer satisfied as they stand. */
  readonly loosened: number;
  readonly size: BumpSize;
  /** Who gets something that it did not ask for. */
  readonly changes: readonly { readonly claim: Claim; readonly gets: string }[];
}

/**
 * specifiers: versions with nothing in common; url: a link against a version or another link;
 * alternatives: the same between files that stand in for one another (cpu and gpu); latent: the same
 * on another platform only, which stops nothing here; index: different indexes; extra-index: an
 * index that other packages would be exposed to;
 * secret: a literal password in an address; python: Pythons with nothing in common, or a release
 * that has nothing for the base Python; vanished: a
 * line whose projects are no longer there; unresolvable: only the resolver sees it; build: a
 * source distribution that cannot be built; unknown: what the resolver could not find out, because
 * an address or the index is out of reach, or because it gave no answer.
 */
export type ConflictKind =
  | "specifiers"
  | "url"
  | "alternatives"
  | "latent"
  | "index"
  | "extra-index"
  | "secret"
  | "python"
  | "vanished"
  | "unresolvable"
  | "build"
  | "unknown";

/** One way to decide. `requirement` is the line it leads to; null leaves it out. */
export interface ConflictChoice {
  /** `keep` has `of`, the index into `claims` of the side that is kept. */
  readonly choice: Exclude<Choice, "own" | "edited" | "loosened"> | "leave out";
  readonly of: number | null;
  readonly title: string;
  readonly requirement: string | null;
  /** What the line does not satisfy. */
  readonly drops: readonly Claim[];
  /** For `leave out`: the sources that no longer count, with the reason; absent for the others. */
  readonly leavesOut?: Decisions["leftOut"];
}

/** The conflicts that have to be decided before anything is written. */
export function openConflicts({
  conflicts,
}: {
  readonly conflicts: readonly Conflict[];
}): Conflict[] {
  return conflicts.filter(({ kind }) => kind !== "latent");
}
