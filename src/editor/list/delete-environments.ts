import { join } from "node:path";
import * as vscode from "vscode";
import { sizeText } from "../../commands/stray-environments.ts";
import { deleteEnvironment } from "../../environment/delete-environment.ts";
import { folderSize } from "../../monorepo/environments.ts";
import { MessageError } from "../../plan/message.ts";

/** Asks, with what goes and how large it is: an environment is not kept for Undo Last Apply. */
export async function mayDelete(root: string, paths: readonly string[]): Promise<boolean> {
  const sizes = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "One Venv: measuring environments" },
    () => Promise.all(paths.map((path) => folderSize(join(root, ...path.split("/"))))),
  );
  const lines = paths.map((path, i) => `${path} (${sizeText(sizes[i] ?? 0)})`);
  const what = paths.length === 1 ? "1 environment" : `${paths.length} environments`;
  const detail = [
    lines.join("\n"),
    "Environments do not come back: Undo Last Apply brings back files only.",
  ].join("\n\n");
  const button = "Apply and Delete";
  const answer = await vscode.window.showWarningMessage(
    `Delete ${what} for good?`,
    { modal: true, detail },
    button,
  );
  return answer === button;
}

/** Deletes environments. Returns a sentence for each that could not be deleted (wholly). */
export async function deleteForGood(root: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Deleting environments" },
    async (progress) => {
      const problems: string[] = [];
      for (const path of paths) {
        progress.report({ message: path });
        await deleteEnvironment(root, path).catch((error) => {
          if (!(error instanceof MessageError)) throw error;
          problems.push(error.message);
        });
      }
      return problems;
    },
  );
}
