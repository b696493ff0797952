import { join } from "node:path";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { removalOf } from "../consolidation/held.ts";
import { BUILD_CONSTRAINTS, CENTRAL, CONSTRAINTS, DECISIONS } from "../environment/layout.ts";
import { exportedLock } from "../environment/setup-export.ts";
import type { ExportedLock, Site } from "../migration/site.ts";
import { readState } from "../plan/file-state.ts";
import { MessageError } from "../plan/message.ts";
import type { FileChange, Plan } from "../plan/plan.ts";
import { withoutNoChanges } from "../plan/plan.ts";
import type { MigrationMaterial } from "./migration-material.ts";
import { propose } from "./propose.ts";
import type { Ticked } from "./ticked.ts";

export const TITLE = "Migrate Call Sites";

/** The plan, and what keeps it from being applied. */
export interface Planned {
  readonly plan: Plan;
  readonly problems: readonly string[];
}

/** Everything that these ticks write: edits, exported locks, removals, and what decisions.json notes. */
export async function migrationPlan(
  material: MigrationMaterial,
  sites: readonly Site[],
  ticked: Ticked,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Planned> {
  const { states } = material;
  const edits = [...files].map(([path, bytes]): FileChange => {
    const before = states.get(path)!;
    return { path, before, after: { ...before, bytes } };
  });
  const exported = await exports(
    material,
    sites.filter(({ id }) => ticked.sites.has(id)).flatMap(({ creates }) => creates),
  );
  // An environment is no file: it is deleted after the plan.
  const removals = [...ticked.removals].flatMap((path): FileChange[] => {
    const before = states.get(path);
    return before ? [{ path, before, after: null }] : [];
  });
  const touched = withoutNoChanges({
    title: TITLE,
    changes: [...edits, ...exported.changes, ...removals],
  });
  const noted = notes(material, sites, ticked, touched.changes.length > 0);
  return {
    plan: { title: TITLE, changes: [...touched.changes, ...noted.changes] },
    problems: [...exported.problems, ...noted.problems],
  };
}

/** What setup.py exports for images; the same file for one project only. */
async function exports(
  { root, material, processes, first }: MigrationMaterial,
  creates: readonly ExportedLock[],
): Promise<{ changes: FileChange[]; problems: string[] }> {
  const changes: FileChange[] = [];
  const problems: string[] = [];
  if (first.length > 0) return { changes, problems };
  for (const [path, all] of Map.groupBy(creates, (one) => one.path)) {
    const projects = [...new Set(all.map(({ project }) => project))];
    const before = await readState(join(root, ...path.split("/")));
    if (projects.length > 1) {
      problems.push(`${path} would have to serve ${projects.join(" and ")}: take one of them.`);
    } else if (
      before &&
      !/^# exported by One Venv/.test(Buffer.from(before.bytes).toString("latin1"))
    ) {
      problems.push(`${path} is there, and was not exported by One Venv; move it away first.`);
    } else if (!processes || !material.interpreter) {
      problems.push(`${path} is exported by setup.py, and no Python may or can run here.`);
    } else {
      try {
        const { path: python } = material.interpreter;
        const bytes = await exportedLock(root, python, { path, project: projects[0]! });
        changes.push({ path, before, after: { bytes, mode: before?.mode ?? 0o644 } });
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        problems.push(error.message);
      }
    }
  }
  return { changes, problems };
}

/** Files of build/python that a consolidation after the removals would write. */
const KEPT = [CENTRAL, DECISIONS, CONSTRAINTS, BUILD_CONSTRAINTS];

/** What decisions.json, and the files beside it, say once the removals are done. */
function notes(
  { material, consolidation, first }: MigrationMaterial,
  sites: readonly Site[],
  ticked: Ticked,
  changesFiles: boolean,
): { changes: readonly FileChange[]; problems: string[] } {
  const { decisions } = material;
  if (first.length > 0 || (!changesFiles && decisions.migration === undefined)) {
    return { changes: [], problems: [] };
  }
  const gone = material.sources.filter(({ path }) => ticked.removals.has(path));
  const fresh = gone.map((source) => removalOf(source, consolidation.consolidation.merged));
  const paths = new Set(fresh.map(({ path }) => path));
  const left = sites
    .filter(({ id, kind }) => kind === "rewrite" && !ticked.sites.has(id))
    .map(({ path, text }) => ({ path, text }));
  const noted: Decisions = {
    ...decisions,
    removed: [...decisions.removed.filter(({ path }) => !paths.has(path)), ...fresh].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
    migration: { left },
  };
  const stays = material.sources.filter(({ path }) => !ticked.removals.has(path));
  const after = propose({ ...material, sources: stays }, noted, null);
  const open = openConflicts(after.consolidation).map(
    ({ name, sentence }) => `${name}: ${sentence}`,
  );
  return {
    changes: after.plan.changes.filter(({ path }) => KEPT.includes(path)),
    problems: open.map((sentence) => `Removing what is ticked leaves a conflict. ${sentence}`),
  };
}
