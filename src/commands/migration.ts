import type { Site } from "../migration/site.ts";
import { applyPlan } from "../plan/apply.ts";
import { MessageError } from "../plan/message.ts";
import type { Plan } from "../plan/plan.ts";
import { editedFiles } from "./edited-files.ts";
import type { MigrationMaterial } from "./migration-material.ts";
import { asReport } from "./migration-material.ts";
import { migrationPlan } from "./migration-plan.ts";
import type { Removal } from "./removals.ts";
import { removalsOf } from "./removals.ts";
import type { Ticked } from "./ticked.ts";

export type { MigrationMaterial } from "./migration-material.ts";
export { gatherMigration } from "./migration-material.ts";
export type { Removal } from "./removals.ts";
export type { Ticked } from "./ticked.ts";

/** A migration that a person can look at, tick and apply. */
export interface MigrationProposal {
  readonly root: string;
  /** By path and line; found anew whenever ticks change, since some hang on others. */
  readonly sites: readonly Site[];
  readonly removals: readonly Removal[];
  /** What is ticked, without what cannot be done. */
  readonly ticked: Ticked;
  /** What has to come first, in sentences (consolidation, a lock); empty: the plan can be applied. */
  readonly first: readonly string[];
  readonly notes: readonly string[];
  readonly plan: Plan;
}

/** What is ticked at first: every rewrite but those that were left before, and these removals. */
export function firstTicks(
  { sites, material }: MigrationMaterial,
  removals: ReadonlySet<string> = new Set(),
): Ticked {
  const left = new Set(
    material.decisions.migration?.left.map(({ path, text }) => `${path}\n${text}`),
  );
  const ticked = sites.filter(
    ({ kind, path, text }) => kind === "rewrite" && !left.has(`${path}\n${text}`),
  );
  return { sites: new Set(ticked.map(({ id }) => id)), alternatives: new Set(), removals };
}

/** The migration with these ticks. Where an exported lock is needed, setup.py is asked for it. */
export async function proposeMigration(
  material: MigrationMaterial,
  ticked: Ticked,
): Promise<MigrationProposal> {
  const found = sitesWith(material, ticked.sites);
  const wanted = found.filter(({ id, edits }) => ticked.sites.has(id) && edits.length > 0);
  const edited = editedFiles(material.states, wanted, ticked.alternatives);
  const sites = found.map((site) => {
    const why = edited.refused.get(site.id);
    return why === undefined ? site : asReport(site, why);
  });
  const done = new Set(wanted.map(({ id }) => id).filter((id) => !edited.refused.has(id)));
  const removals = removalsOf(material.removal, sites, done, ticked.removals);
  const going = removals.filter(
    ({ path, inTheWay }) => ticked.removals.has(path) && inTheWay.length === 0,
  );
  const effective: Ticked = {
    sites: done,
    alternatives: new Set([...ticked.alternatives].filter((id) => done.has(id))),
    removals: new Set(going.map(({ path }) => path)),
  };
  const { plan, problems } = await migrationPlan(material, sites, effective, edited.files);
  return {
    ...{ root: material.root, sites, removals, ticked: effective, notes: material.notes, plan },
    first: [...material.first, ...problems],
  };
}

/**
 * The sites with these ids ticked. What hangs on a site that is not is found anew without it; the
 * one that is left out stays in the list as it could be.
 */
function sitesWith(
  { input, find, sites }: MigrationMaterial,
  ticked: ReadonlySet<string>,
): readonly Site[] {
  const left = sites.filter(({ id, edits }) => edits.length > 0 && !ticked.has(id));
  if (left.length === 0) return sites;
  const excluded = new Set(left.map(({ id }) => id));
  const known = new Set(sites.map(({ id }) => id));
  const inside = linesOfSites(left, input.textOf);
  // What is said of the lines of a site that is left out is said of that site already.
  const others = find(excluded).filter(
    ({ id, path, line }) => !excluded.has(id) && (known.has(id) || !inside.has(`${path}:${line}`)),
  );
  const order = new Map(input.files.map(({ path }, i) => [path, i]));
  return [...left, ...others].sort(
    (a, b) =>
      (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.line - b.line || a.column - b.column,
  );
}

/** All lines (`PATH:LINE`) from the first edit of a site to its last. */
function linesOfSites(
  sites: readonly Site[],
  textOf: (path: string) => string | null,
): ReadonlySet<string> {
  return new Set(
    sites.flatMap(({ path, edits }) => {
      const text = textOf(path) ?? "";
      const first = lineAt(text, Math.min(...edits.map(({ start }) => start)));
      const last = lineAt(text, Math.max(...edits.map(({ end }) => end)));
      return Array.from({ length: last - first + 1 }, (_, i) => `${path}:${first + i}`);
    }),
  );
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Applies a migration, all of it or nothing. Returns the paths that changed. */
export async function applyMigration(proposal: MigrationProposal): Promise<readonly string[]> {
  if (proposal.first.length > 0) {
    throw new MessageError(`Nothing was written. ${proposal.first.join("\n")}`);
  }
  return applyPlan(proposal.root, proposal.plan);
}
