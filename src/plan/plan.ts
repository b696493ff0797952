/**
 * What a change to files is, as data. Nothing is touched until a plan is applied by the writer.
 *
 * Paths are relative to the root, with `/`. `before` is what planning saw, so that a plan made
 * from files that changed meanwhile is never applied.
 */
export interface FileState {
  readonly bytes: Uint8Array;
  /** Permission bits, such as 0o644; without meaning on Windows. */
  readonly mode: number;
}

export interface FileChange {
  readonly path: string;
  /** null: the file did not exist. */
  readonly before: FileState | null;
  /** null: the file is removed. */
  readonly after: FileState | null;
}

export interface Plan {
  /** What the person is told was applied, such as "Consolidate Requirements". */
  readonly title: string;
  readonly changes: readonly FileChange[];
}

/** Whether two states hold the same bytes; the mode is left to the caller. */
export function sameBytes(a: FileState | null, b: FileState | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(a.bytes, b.bytes) === 0;
}

/** The plan without the changes that change nothing. */
export function withoutNoChanges(plan: Plan): Plan {
  const changes = plan.changes.filter(
    ({ before, after }) => !sameBytes(before, after) || before?.mode !== after?.mode,
  );
  return { ...plan, changes };
}
