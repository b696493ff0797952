import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import * as vscode from "vscode";
import { pythonOf, RUNNER, VENV } from "../environment/layout.ts";
import type { FolderState, Folders } from "./folders.ts";
import { splitWords } from "./words.ts";

/** Runs scripts through the runner, as Tasks. */
export interface Runner {
  /** Saves the script and runs it; with no venv yet it offers to build one first. */
  run(uri: vscode.Uri, args: readonly string[]): Promise<void>;
  /** Asks for arguments, remembers them for the file, and runs it with them. */
  runWithArguments(uri: vscode.Uri): Promise<void>;
  /** Lists the scripts of the folder and runs the one chosen. */
  runScript(folder: FolderState): Promise<void>;
}

const REMEMBERED = "arguments";

export function createRunner(
  folders: Folders,
  memory: vscode.Memento,
  build: (folder: FolderState) => Promise<boolean>,
): Runner {
  const run: Runner["run"] = async (uri, args) => {
    const folder = folders.of(uri);
    if (!folder || !(await save(uri)) || !(await ready(folder, build))) return;
    await vscode.tasks.executeTask(taskFor(folder, uri, args));
  };
  const runWithArguments: Runner["runWithArguments"] = async (uri) => {
    const all = memory.get<Record<string, string>>(REMEMBERED, {});
    const typed = await vscode.window.showInputBox({
      title: `Run ${vscode.workspace.asRelativePath(uri)}`,
      prompt: "Arguments, as in a shell; quote what has spaces",
      value: all[uri.toString()] ?? "",
      validateInput: (text) => (splitWords(text) === null ? "A quote is not closed." : null),
    });
    if (typed === undefined) return;
    await memory.update(REMEMBERED, { ...all, [uri.toString()]: typed });
    await run(uri, splitWords(typed) ?? []);
  };
  return {
    run,
    runWithArguments,
    runScript: async ({ scan, root }) => {
      const items = scan.scripts.map(({ path }) => ({ label: path }));
      const picked = await vscode.window.showQuickPick(items, {
        title: "Run with the central venv",
        placeHolder: "Script",
      });
      if (picked) await runWithArguments(vscode.Uri.file(`${root}/${picked.label}`));
    },
  };
}

/** Saves the script where it has unsaved edits; false where the person broke that off. */
async function save(uri: vscode.Uri): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find(
    (one) => one.uri.toString() === uri.toString(),
  );
  return !document?.isDirty || (await document.save());
}

async function ready(
  folder: FolderState,
  build: (folder: FolderState) => Promise<boolean>,
): Promise<boolean> {
  const { state } = folder.health;
  if (state === "not consolidated") {
    const button = "Consolidate Requirements";
    const text =
      "There is no central venv yet: first the requirements of this folder are consolidated.";
    const answer = await vscode.window.showInformationMessage(text, button);
    if (answer) await vscode.commands.executeCommand("oneVenv.consolidate", folder.folder.uri);
    return false;
  }
  if (state !== "no venv") return true;
  const answer = await vscode.window.showInformationMessage(
    "The central venv is not built yet.",
    "Build and Run",
  );
  return answer === "Build and Run" && (await build(folder));
}

/** The one way from a script to a Task, for the lens, the palette and the list. */
export function taskFor(
  { folder, root }: FolderState,
  uri: vscode.Uri,
  args: readonly string[],
): vscode.Task {
  const script = relative(root, uri.fsPath);
  const { words, importRoot } = programOf(root, script);
  const execution = new vscode.ProcessExecution(...runnerCommand(root, [...words, ...args]), {
    cwd: root,
    ...(importRoot === null ? {} : { env: { PYTHONPATH: importRoot } }),
  });
  const definition: vscode.TaskDefinition = { type: "oneVenv", script };
  const task = new vscode.Task(definition, folder, script, "One Venv", execution);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    focus: false,
    clear: false,
  };
  return task;
}

/**
 * What the runner is given: the file itself, but a package's `__main__.py` as `-m PACKAGE`, or
 * its relative imports fail; the folder that holds the package is then an import root.
 */
function programOf(root: string, script: string): { words: string[]; importRoot: string | null } {
  const [name, ...folders] = script.split(/[/\\]/).reverse();
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

/** On Windows the runner is no program; elsewhere sh runs it even where its mode got lost. */
function runnerCommand(root: string, words: string[]): [string, string[]] {
  if (process.platform !== "win32") return ["/bin/sh", [`${root}/${RUNNER}`, ...words]];
  return [`${root}/${VENV}/${pythonOf("win32")}`, [`${root}/${RUNNER}`, ...words]];
}
