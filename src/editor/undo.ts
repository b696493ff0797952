import * as vscode from "vscode";
import { MessageError } from "../plan/message.ts";
import { previewUndo, undoLastApply } from "../plan/undo.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import { saveUnsaved } from "./unsaved.ts";

/** What it would bring back and what it would skip is shown first; nothing else is lost by it. */
export async function undo(folder: FolderState, folders: Folders): Promise<void> {
  const { root } = folder;
  if (!(await saveUnsaved(folder))) return;
  const preview = await previewUndo(root);
  if (!preview) throw new MessageError("There is nothing to undo: no plan was applied here.");
  const list = (title: string, paths: readonly string[]) =>
    paths.length > 0 ? [`${title}:\n${paths.join("\n")}`] : [];
  const detail = [
    ...list("Brought back to what it was before", preview.restored),
    ...list("Changed since, left alone", preview.skipped),
  ].join("\n\n");
  const answer = await vscode.window.showWarningMessage(
    `Undo "${preview.title}"?`,
    { modal: true, detail },
    "Undo",
  );
  if (answer !== "Undo") return;
  const undone = await undoLastApply(root);
  await folders.refresh();
  const late = undone.skipped.filter((path) => !preview.skipped.includes(path));
  if (late.length > 0) throw new MessageError(`Changed meanwhile, left alone: ${late.join(", ")}.`);
}
