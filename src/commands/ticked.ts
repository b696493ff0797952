/** What a person ticked. */
export interface Ticked {
  /** Ids of sites whose edits are made. */
  readonly sites: ReadonlySet<string>;
  /** Ids of those that take their second way. */
  readonly alternatives: ReadonlySet<string>;
  /** Paths of removals. Environments are not part of the plan: they are deleted after it. */
  readonly removals: ReadonlySet<string>;
}
