import type { Proposal } from "../commands/propose.ts";
import { asTheCentralFileHasIt } from "../consolidation/project-row.ts";
import type { MergeSource } from "../consolidation/source.ts";
import { CENTRAL, RUNNER, SETUP } from "../environment/layout.ts";
import type { FileState } from "../plan/plan.ts";

/** One file of the diff. */
export interface Row {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** null: there is no such file yet. */
  readonly now: string | null;
  readonly planned: string;
  /** false: what a project gets, for information; nothing writes it. */
  readonly written: boolean;
}

/**
 * The files of the diff in the order in which they are shown: the central file, what each project
 * gets where that is not what it declares, the other files that would be written, and last the
 * long ones that are the same in every repository. `texts` are the sources as planning saw them.
 */
export function diffRows(
  { consolidation, plan }: Proposal,
  sources: readonly MergeSource[],
  texts: ReadonlyMap<string, string>,
): Row[] {
  const central: Row = {
    path: CENTRAL,
    now: textOf(plan.changes.find(({ path }) => path === CENTRAL)?.before ?? null),
    planned: consolidation.central,
    written: true,
  };
  const projects = sources.flatMap(({ path, reading }): Row[] => {
    const now = texts.get(path) ?? "";
    const planned = asTheCentralFileHasIt(now, reading, consolidation.ledger);
    const open = consolidation.ledger.some(
      ({ declaration, fate }) => declaration.file === path && fate === "conflict",
    );
    return planned === now && !open ? [] : [{ path, now, planned, written: false }];
  });
  const others = plan.changes.flatMap(({ path, before, after }): Row[] =>
    path === CENTRAL || after === null
      ? []
      : [{ path, now: textOf(before), planned: textOf(after)!, written: true }],
  );
  const isLong = ({ path }: Row) => path === SETUP || path === RUNNER;
  return [central, ...projects, ...others.filter((row) => !isLong(row)), ...others.filter(isLong)];
}

function textOf(state: FileState | null): string | null {
  return state && Buffer.from(state.bytes).toString("utf8");
}
