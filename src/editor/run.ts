import * as vscode from "vscode";
import { MessageError } from "../plan/message.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import { scriptPath, taskFor } from "./task.ts";
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
  const runIn = async (folder: FolderState, uri: vscode.Uri, args: readonly string[]) => {
    if (!(await save(uri)) || !(await ready(folder, build))) return;
    await vscode.tasks.executeTask(taskFor(folder, scriptPath(folder.root, uri), args));
  };
  const askAndRun = async (folder: FolderState, uri: vscode.Uri) => {
    const all = memory.get<Record<string, string>>(REMEMBERED, {});
    const typed = await vscode.window.showInputBox({
      title: `Run ${scriptPath(folder.root, uri)}`,
      prompt: "Arguments, as in a shell; quote what has spaces",
      value: all[uri.toString()] ?? "",
      ignoreFocusOut: true,
      validateInput: (text) => (splitWords(text) === null ? "A quote is not closed." : null),
    });
    if (typed === undefined) return;
    await memory.update(REMEMBERED, { ...all, [uri.toString()]: typed });
    await runIn(folder, uri, splitWords(typed) ?? []);
  };
  const folderOf = (uri: vscode.Uri): FolderState => {
    const folder = folders.of(uri);
    if (folder) return folder;
    throw new MessageError(
      `${vscode.workspace.asRelativePath(uri)} lies in no folder that One Venv found requirements in.`,
    );
  };
  return {
    run: async (uri, args) => runIn(folderOf(uri), uri, args),
    runWithArguments: async (uri) => askAndRun(folderOf(uri), uri),
    runScript: async (folder) => {
      const items = folder.scan.scripts.map(({ path }) => ({ label: path }));
      if (items.length === 0) {
        const what = "a file with a __main__ block, or a package with a __main__.py";
        throw new MessageError(`There is no script in ${folder.folder.name}: ${what}.`);
      }
      const picked = await vscode.window.showQuickPick(items, {
        title: "Run with the central venv",
        placeHolder: "Script",
      });
      if (picked) await askAndRun(folder, vscode.Uri.file(`${folder.root}/${picked.label}`));
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
  const { state, reasons } = folder.health;
  if (state === "not consolidated") {
    const button = "Consolidate Requirements";
    const text =
      "There is no central venv yet: first the requirements of this folder are consolidated.";
    const answer = await vscode.window.showInformationMessage(text, button);
    if (answer) await vscode.commands.executeCommand("oneVenv.consolidate", folder.folder.uri);
    return false;
  }
  if (folder.building) return build(folder);
  if (state !== "no venv" && state !== "broken") return true;
  const text =
    state === "broken"
      ? `The central venv is broken: ${reasons.map(({ message }) => message).join("; ")}.`
      : "The central venv is not built yet.";
  const answer = await vscode.window.showInformationMessage(text, "Build and Run");
  return answer === "Build and Run" && (await build(folder));
}
