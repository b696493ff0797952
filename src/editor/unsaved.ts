import * as vscode from "vscode";
import { matters } from "./changed-paths.ts";
import type { FolderState } from "./folder-state.ts";
import { pathFrom } from "./watch.ts";

/**
 * One Venv reads what is on disk, so unsaved edits of the files that it reads are saved first,
 * after asking. False where the person broke that off.
 */
export async function saveUnsaved({ root }: FolderState): Promise<boolean> {
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => {
    const path = isDirty && uri.scheme === "file" ? pathFrom(root, uri) : null;
    return path !== null && matters(path);
  });
  if (dirty.length === 0) return true;
  const names = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(", ");
  const answer = await vscode.window.showWarningMessage(
    `Save ${dirty.length === 1 ? names : `${dirty.length} files`} first?`,
    { modal: true, detail: `One Venv reads what is on disk. Unsaved: ${names}` },
    "Save and Continue",
  );
  if (answer !== "Save and Continue") return false;
  const saved = await Promise.all(dirty.map((document) => document.save()));
  return saved.every(Boolean);
}
