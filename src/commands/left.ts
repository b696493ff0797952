import { stat } from "node:fs/promises";
import { join } from "node:path";
import { CENTRAL, DECISIONS } from "../environment/layout.ts";
import type { Scan } from "../monorepo/scan.ts";
import { turns } from "../monorepo/turns.ts";
import { firstTicks, gatherMigration, proposeMigration } from "./migration.ts";
import type { ProposeOptions } from "./propose.ts";

/** What is left to do once the requirements are consolidated. */
export interface Left {
  /** Lines that can be moved safely, without those that a person left as they are. */
  readonly callSites: number;
  /** Sources and locks of other tools that the central ones make needless. */
  readonly files: number;
  /** Stray environments. */
  readonly environments: number;
}

export async function whatIsLeft(root: string, options: ProposeOptions): Promise<Left> {
  const material = await gatherMigration(root, options);
  const ticks = firstTicks(material);
  const { removals } = await proposeMigration(material, ticks);
  const environments = removals.filter(({ kind }) => kind === "environment").length;
  return { callSites: ticks.sites.size, files: removals.length - environments, environments };
}

/** A text that changes when what is left may have: it costs no reading. */
export async function signature(root: string, scan: Scan): Promise<string> {
  const files = [CENTRAL, DECISIONS, ...scan.callSiteFiles.map(({ path }) => path)];
  const turn = turns();
  const lines: string[] = [];
  for (const path of files) {
    await turn();
    const state = await stat(join(root, ...path.split("/"))).catch(() => null);
    lines.push(`${path} ${state?.mtimeMs} ${state?.size}`);
  }
  const found = [...scan.sources, ...scan.environments, ...scan.locks].map(({ path }) => path);
  return [...lines, ...found].join("\n");
}
