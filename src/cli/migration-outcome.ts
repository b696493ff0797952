import type { Arguments } from "./arguments.ts";

/** What came of `one-venv migrate`, besides the proposal. */
export interface MigrationOutcome {
  readonly args: Arguments;
  /** Removals that git could not bring back, and why, by path. */
  readonly refused: ReadonlyMap<string, string>;
  /** Removals that were asked for by their path and cannot be done. */
  readonly impossible: readonly string[];
  readonly written: readonly string[];
}
