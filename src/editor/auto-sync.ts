import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { BUILD_CONSTRAINTS, CENTRAL, CONSTRAINTS, LOCK } from "../environment/layout.ts";
import type { Build } from "./build.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import type { Log } from "./log.ts";
import { unsavedFiles } from "./unsaved.ts";

export interface AutoSyncParts {
  readonly folders: Folders;
  readonly syncQuietly: Build;
  /** Whether a plan is being looked at: what is declared is about to change. */
  readonly isReviewing: () => boolean;
  readonly log: Log;
}

/**
 * Where `oneVenv.syncAutomatically` is set: syncs the central venv when what it is built from
 * changed on disk. Each state of the files is tried once, so that a failure is not repeated.
 */
export function createAutoSync({
  folders,
  syncQuietly,
  isReviewing,
  log,
}: AutoSyncParts): vscode.Disposable {
  const tried = new Map<string, string>();
  const look = async () => {
    if (!vscode.workspace.isTrusted || isReviewing()) return;
    for (const folder of folders.all()) {
      if (!isWanted(folder) || !isBehind(folder) || unsavedFiles(folder).length > 0) continue;
      const now = await inputsOf(folder.root);
      if (tried.get(folder.root) === now) continue;
      tried.set(folder.root, now);
      await syncQuietly(folder);
    }
  };
  const lookSoon = () => {
    look().catch((error) => log.error("Syncing by itself", error));
  };
  return vscode.Disposable.from(
    folders.onDidChange(lookSoon),
    vscode.workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration("oneVenv.syncAutomatically") && lookSoon(),
    ),
  );
}

function isWanted({ folder }: FolderState): boolean {
  return vscode.workspace.getConfiguration("oneVenv", folder).get("syncAutomatically", false);
}

/** Only what was declared anew: what a person installed or removed by hand is theirs to see. */
function isBehind({ health, building }: FolderState): boolean {
  const { state, reasons } = health;
  return !building && state === "out of date" && reasons.some(({ code }) => code === "out-of-date");
}

async function inputsOf(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [CENTRAL, LOCK, CONSTRAINTS, BUILD_CONSTRAINTS]) {
    const bytes = await readFile(join(root, ...path.split("/"))).catch(() => Buffer.of());
    hash.update(`${bytes.length} `).update(bytes);
  }
  return hash.digest("hex");
}
