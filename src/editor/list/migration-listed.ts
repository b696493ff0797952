import * as vscode from "vscode";
import type { MigrationMaterial } from "../../commands/migration.ts";
import { firstTicks, gatherMigration, proposeMigration } from "../../commands/migration.ts";
import type { Hands } from "../../environment/ground.ts";
import { callSiteKind } from "../../monorepo/call-site-files.ts";
import { MessageError } from "../../plan/message.ts";
import type { Listed } from "./listed.ts";
import { migrationListing, tickedWith } from "./migration-listing.ts";

/** **Migrate Call Sites**, and **Remove Scattered Files**, which ticks what can be removed too. */
export function migrationListed(hands: Hands, id: "migration" | "removal"): Listed {
  return {
    id,
    title: id === "migration" ? "Migrate Call Sites" : "Remove Scattered Files",
    isRead: (path) => callSiteKind(path) !== null,
    read: async ({ root, scan, health }) => {
      if (health.state === "not consolidated") {
        throw new MessageError(
          "Consolidation comes first: run Consolidate Requirements, then this again.",
        );
      }
      const processes = vscode.workspace.isTrusted;
      const material = await gatherMigration(root, { hands, processes, scan });
      const initial = id === "removal" ? await withRemovals(material) : firstTicks(material);
      return async (answers) => {
        const proposal = await proposeMigration(material, tickedWith(initial, answers));
        return migrationListing(proposal, material.input.textOf);
      };
    },
    next:
      id === "migration"
        ? { title: "Verify Scripts", command: "oneVenv.verify" }
        : { title: "Add Checks", command: "oneVenv.addChecks" },
  };
}

async function withRemovals(material: MigrationMaterial) {
  const { removals } = await proposeMigration(material, firstTicks(material));
  return firstTicks(material, new Set(removals.map(({ path }) => path)));
}
