import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { folderSize } from "../../monorepo/environments.ts";
import { fileProblem } from "../../plan/message.ts";

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
        const problem = await deleteOne(root, path);
        if (problem !== null) problems.push(problem);
      }
      return problems;
    },
  );
}

async function deleteOne(root: string, path: string): Promise<string | null> {
  const folder = join(root, ...path.split("/"));
  const marks = ["pyvenv.cfg", "conda-meta"].map((name) => stat(join(folder, name)));
  const found = await Promise.allSettled(marks);
  if (path === "." || found.every(({ status }) => status === "rejected"))
    return `${path} was not deleted: it is no environment any more.`;
  try {
    await rm(folder, { recursive: true, maxRetries: 3 });
    return null;
  } catch (error) {
    return `Not deleted: ${fileProblem(path, error)}.`;
  }
}

function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "KB"];
  const size = bytes / unit;
  return `${size >= 10 ? Math.round(size) : size.toFixed(1)} ${name}`;
}
