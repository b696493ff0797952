import { existsSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import * as vscode from "vscode";
import { pythonOf, RUNNER, VENV } from "../environment/layout.ts";
import type { FolderState } from "./folder-state.ts";

export const TASK_TYPE = "oneVenv";

/** The one way from a script to a Task, for the lens, the palette and the list. */
export function taskFor(
  { folder, root }: Pick<FolderState, "folder" | "root">,
  script: string,
  args: readonly string[],
): vscode.Task {
  const { words, importRoot } = programOf(root, script);
  const execution = new vscode.ProcessExecution(...runnerCommand(root, [...words, ...args]), {
    cwd: root,
    ...(importRoot === null ? {} : { env: { PYTHONPATH: withCallers(importRoot) } }),
  });
  const definition: vscode.TaskDefinition = { type: TASK_TYPE, script, args: [...args] };
  const task = new vscode.Task(definition, folder, script, "One Venv", execution);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Shared,
    focus: false,
    clear: false,
  };
  return task;
}

/** Lets VS Code run again what was run (Rerun Last Task), also after a restart. */
export function registerTasks(
  rootOf: (folder: vscode.WorkspaceFolder) => string | undefined,
): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () => [],
    resolveTask: ({ definition, scope }) => {
      const folder = scope instanceof Object ? scope : vscode.workspace.workspaceFolders?.[0];
      const root = folder && rootOf(folder);
      if (!root) return undefined;
      const task = taskFor({ folder, root }, definition.script, definition.args ?? []);
      // VS Code finds the task again by its definition, which must be the very same.
      task.definition = definition;
      return task;
    },
  });
}

/** The path of a script as a Task names it: from the root, with `/`. */
export function scriptPath(root: string, uri: vscode.Uri): string {
  return relative(root, uri.fsPath).replaceAll("\\", "/");
}

/**
 * What the runner is given: the file itself, but a package's `__main__.py` as `-m PACKAGE`, or
 * its relative imports fail; the folder that holds the package is then an import root.
 */
function programOf(root: string, script: string): { words: string[]; importRoot: string | null } {
  const [name, ...folders] = script.split("/").reverse();
  const isPackage = (folder: string) => existsSync(join(root, folder, "__init__.py"));
  let holder = folders.toReversed().join("/");
  if (name !== "__main__.py" || !isPackage(holder)) return { words: [script], importRoot: null };
  const packages: string[] = [];
  for (; holder !== "" && isPackage(holder); holder = holder.split("/").slice(0, -1).join("/")) {
    packages.unshift(holder.split("/").at(-1)!);
  }
  return {
    words: ["-m", packages.join(".")],
    importRoot: holder === "" ? null : join(root, holder),
  };
}

/** What the person's own environment says stays, behind ours. */
function withCallers(importRoot: string): string {
  const { PYTHONPATH } = process.env;
  return PYTHONPATH ? `${importRoot}${delimiter}${PYTHONPATH}` : importRoot;
}

/** On Windows the runner is no program; elsewhere sh runs it even where its mode got lost. */
function runnerCommand(root: string, words: string[]): [string, string[]] {
  if (process.platform !== "win32") return ["/bin/sh", [RUNNER, ...words]];
  return [`${root}/${VENV}/${pythonOf("win32")}`, [RUNNER, ...words]];
}
