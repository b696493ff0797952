import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Health } from "../commands/health.ts";
import { assessHealth } from "../commands/health.ts";
import { exists } from "../environment/exists.ts";
import type { Hands } from "../environment/ground.ts";
import { CENTRAL } from "../environment/layout.ts";
import { findRoot } from "../environment/root.ts";
import type { Scan } from "../monorepo/scan.ts";
import { scan } from "../monorepo/scan.ts";
import { updateScan } from "../monorepo/update.ts";
import { touchesHome } from "./changed-paths.ts";
import type { Standing } from "./status-text.ts";

/** What is known of one workspace folder. */
export interface FolderState extends Standing {
  readonly folder: vscode.WorkspaceFolder;
  /** Where build/python is or would be: the folder, or one above it. */
  readonly root: string;
  readonly scan: Scan;
}

/** What a look starts from. */
export interface Before {
  readonly state: FolderState;
  /** What changed since, relative to the root with `/`. */
  readonly touched: readonly string[];
}

const NOTHING_YET: Health = { state: "not consolidated", reasons: [], report: null };

/**
 * Looks at a folder; `before` null looks at everything. Where One Venv does not apply it starts
 * no process, git included. Throws where the folder cannot be read, and where `signal` is aborted.
 */
export async function lookAt(
  folder: vscode.WorkspaceFolder,
  hands: Hands,
  before: Before | null,
  signal: AbortSignal,
): Promise<FolderState> {
  const root = await findRoot(folder.uri.fsPath);
  const processes = vscode.workspace.isTrusted;
  const consolidated = await exists(root, CENTRAL);
  const options = { hands, processes, signal };
  if (before?.state.root === root) {
    const { state, touched } = before;
    const git = processes && (consolidated || state.sources >= 2);
    const found = await updateScan(state.scan, touched, { git, signal });
    const same = isDeepStrictEqual(found.sources, state.scan.sources);
    if (same && !touched.some(touchesHome)) return { ...state, folder, scan: found };
    const health = consolidated
      ? await assessHealth(root, { ...options, scan: found })
      : NOTHING_YET;
    return { folder, root, scan: found, sources: count(found), health, building: false };
  }
  const first = await scan(root, { git: processes && consolidated, signal });
  const again = processes && !consolidated && count(first) >= 2;
  const found = again ? await scan(root, { git: true, signal }) : first;
  const health = consolidated ? await assessHealth(root, { ...options, scan: found }) : NOTHING_YET;
  return { folder, root, scan: found, sources: count(found), health, building: false };
}

function count({ sources }: Scan): number {
  return sources.filter(({ role }) => role !== "central").length;
}
