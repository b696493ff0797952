import type { Choice } from "./decision.ts";
import type { Need } from "./need.ts";

/** Declarations that no one installed set can satisfy together, and what can be chosen. */
export interface Conflict {
  readonly name: string;
  /** The platform marker of the line that is open; null for the line without one. */
  readonly marker: string | null;
  readonly kind: ConflictKind;
  /** The smallest set of declarations that clash. */
  readonly clash: readonly Need[];
  /** Every declaration of the package that the decision rests on. */
  readonly needs: readonly Need[];
  readonly sentence: string;
  readonly choices: readonly ConflictChoice[];
}

/**
 * specifiers: versions with nothing in common; url: a link against a version or another link;
 * index: two different indexes; extra-index: an index that other packages would be exposed to;
 * secret: a literal password in a URL; vanished: a line whose projects are no longer there.
 */
export type ConflictKind = "specifiers" | "url" | "index" | "extra-index" | "secret" | "vanished";

/** One way to decide. `requirement` is the line it leads to; null leaves the package out. */
export interface ConflictChoice {
  /** `keep` has `of`, the index into `clash` of the side that is kept. */
  readonly choice: Exclude<Choice, "own" | "edited">;
  readonly of: number | null;
  readonly title: string;
  readonly requirement: string | null;
  /** The declarations that the line does not satisfy. */
  readonly drops: readonly Need[];
}
