import type { MigrationProposal } from "../commands/migration.ts";
import { hunksOf } from "../migration/hunks.ts";
import type { Edit } from "../migration/site.ts";
import type { MigrationOutcome } from "./migration-outcome.ts";

/** The migration as docs/cli.md describes it. */
export function migrationJson(
  { sites, removals, ticked, first, notes, plan }: MigrationProposal,
  textOf: (path: string) => string,
  { refused, written }: MigrationOutcome,
): object {
  const changed = (path: string, edits: readonly Edit[]) =>
    hunksOf(textOf(path), edits).map(({ line, before, after }) => ({ line, before, after }));
  return {
    first,
    notes,
    sites: sites.map((site) => ({
      id: site.id,
      path: site.path,
      line: site.line,
      column: site.column,
      kind: site.kind,
      ticked: ticked.sites.has(site.id),
      text: site.text,
      reason: site.reason,
      changes: changed(site.path, site.edits),
      second: changed(site.path, site.alternative ?? []),
      listed: site.listed,
      names: site.names,
      stillNames: site.stillNames,
      creates: site.creates.map(({ path, project }) => ({ path, project })),
    })),
    removals: removals.map(({ path, kind, lost, inTheWay }) => ({
      ...{
        path,
        kind,
        lost,
        ticked: ticked.removals.has(path),
        refused: refused.get(path) ?? null,
      },
      inTheWay: inTheWay.map(({ path: file, line, reason }) => ({ path: file, line, reason })),
    })),
    changes: plan.changes.map(({ path, before, after }) => ({
      path,
      change: before === null ? "add" : after === null ? "remove" : "edit",
    })),
    written,
  };
}
