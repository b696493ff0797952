import * as vscode from "vscode";
import { HOME } from "../environment/layout.ts";
import { mayBeSource } from "../monorepo/interest.ts";
import type { FolderState } from "./folder-state.ts";
import { pathFrom } from "./watch.ts";

/**
 * One Venv reads what is on disk, so unsaved edits of the files that it reads are saved first,
 * after asking. False where the person broke that off. `alsoRead`: paths (relative to the root, with
 * `/`) that are read besides those that a plan or a build is always made from.
 */
export async function saveUnsaved(
  folder: FolderState,
  alsoRead: (path: string) => boolean = () => false,
): Promise<boolean> {
  const dirty = unsavedFiles(folder, alsoRead);
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

/** The files with unsaved edits that a plan or a build is made from, or that `alsoRead` names. */
export function unsavedFiles(
  folder: FolderState,
  alsoRead: (path: string) => boolean = () => false,
): vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ isDirty, uri }) => {
    const path = isDirty && uri.scheme === "file" ? pathFrom(folder.root, uri) : null;
    return path !== null && (isRead(folder, path) || alsoRead(path));
  });
}

/** Whether a plan or a build is made from this file. */
function isRead({ scan }: FolderState, path: string): boolean {
  return (
    path.startsWith(`${HOME}/`) ||
    /(^|\/)\.gitignore$/.test(path) ||
    mayBeSource(path) ||
    scan.sources.some((source) => source.path === path)
  );
}
