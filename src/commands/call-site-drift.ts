import type { Reason } from "../environment/setup-check.ts";
import { firstTicks, gatherMigration } from "./migration.ts";
import type { ProposeOptions } from "./propose.ts";

/** Call sites that could be moved: how many, and whether that is drift. */
export interface CallSiteDrift {
  readonly toMove: number;
  /** Empty before a first migration: then nobody has said that they should move. */
  readonly reasons: readonly Reason[];
}

/** The call sites that came since a migration: those that it would rewrite, and nobody left. */
export async function callSiteDrift(root: string, options: ProposeOptions): Promise<CallSiteDrift> {
  const material = await gatherMigration(root, options);
  const { sites: ticked } = firstTicks(material);
  const found = material.sites.filter(({ id }) => ticked.has(id));
  const migrated = material.material.decisions.migration !== undefined;
  return {
    toMove: found.length,
    reasons: !migrated
      ? []
      : found.map(({ path, line, text }) => ({
          code: "call-site",
          message: `${path}:${line} does not run with the central venv: ${text}`,
          mend: "One Venv: Migrate Call Sites, or one-venv migrate --write (--leave to keep a line)",
        })),
  };
}
