import type { Site } from "../migration/site.ts";
import type { Plan } from "../plan/plan.ts";

/** Something scattered that the central requirements make needless. */
export interface Removal {
  /** Relative to the root, with `/`; a folder for an environment. */
  readonly path: string;
  readonly kind: "source" | "environment" | "Poetry lock" | "Conda file";
  /** One sentence: what goes with it. */
  readonly lost: string;
  /** Lines that stand in the way, each with the reason; none: it can be removed. */
  readonly inTheWay: readonly {
    readonly path: string;
    readonly line: number;
    readonly reason: string;
  }[];
}

/** What a person ticked. */
export interface Ticked {
  /** Ids of sites whose edits are made. */
  readonly sites: ReadonlySet<string>;
  /** Ids of those that take their second way. */
  readonly alternatives: ReadonlySet<string>;
  /** Paths of removals. Environments are not part of the plan: they are deleted after it. */
  readonly removals: ReadonlySet<string>;
}

/** A migration that a person can look at, tick and apply. */
export interface MigrationProposal {
  readonly root: string;
  /** By path and line; found anew whenever ticks change, since some hang on others. */
  readonly sites: readonly Site[];
  readonly removals: readonly Removal[];
  /** What is ticked at first: every rewrite; removals only where they were asked for. */
  readonly ticked: Ticked;
  readonly plan: Plan;
}
