import * as vscode from "vscode";
import { MessageError } from "../plan/message.ts";
import { previewUndo, undoLastApply } from "../plan/undo.ts";
import type { Build } from "./build.ts";
import type { ChosenPythons } from "./choose-python.ts";
import type { DecideArguments } from "./conflict-threads.ts";
import type { Consolidating } from "./consolidate.ts";
import type { FolderState, Folders } from "./folders.ts";
import type { Log } from "./log.ts";
import type { Runner } from "./run.ts";

/** One command: its title, for messages, and what it does. */
export interface Command {
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: VS Code hands over what the caller gave.
  readonly run: (...args: any[]) => Promise<unknown>;
}

export interface CommandParts {
  readonly folders: Folders;
  readonly log: Log;
  readonly build: Build;
  readonly consolidating: Consolidating;
  readonly runner: Runner;
  readonly pythons: ChosenPythons;
}

/** Every command by its id. */
export function commandTable(parts: CommandParts): Record<string, Command> {
  const { folders, log, build, consolidating, runner, pythons } = parts;
  const inFolder =
    (work: (folder: FolderState) => Promise<unknown>) =>
    async (uri?: vscode.Uri): Promise<unknown> => {
      // A link in Markdown hands over an address as plain data.
      const folder = await chooseFolder(folders, uri && vscode.Uri.from(uri));
      return folder && work(folder);
    };
  return {
    "oneVenv.consolidate": {
      title: "Consolidate Requirements",
      run: inFolder(consolidating.start),
    },
    "oneVenv.apply": {
      title: "Apply",
      run: async () => {
        requireTrust();
        await consolidating.apply();
      },
    },
    "oneVenv.discard": { title: "Discard", run: consolidating.discard },
    "oneVenv.decide": {
      title: "Decide",
      run: async (args: DecideArguments) => consolidating.choose(args),
    },
    "oneVenv.decideHighest": {
      title: "Highest",
      run: async (thread) => consolidating.answer(thread, "highest"),
    },
    "oneVenv.decideLowest": {
      title: "Lowest",
      run: async (thread) => consolidating.answer(thread, "lowest"),
    },
    "oneVenv.decideOwn": { title: "Own Text", run: consolidating.answerWithOwnText },
    "oneVenv.build": { title: "Build Central Venv", run: inFolder(trusted(build)) },
    "oneVenv.choosePython": { title: "Choose Base Python", run: inFolder(trusted(pythons.choose)) },
    "oneVenv.run": {
      title: "Run with Central Venv",
      run: async (uri) => {
        requireTrust();
        await runner.run(script(uri), []);
      },
    },
    "oneVenv.runWithArguments": {
      title: "Run with Arguments",
      run: (uri) => runner.runWithArguments(script(uri)),
    },
    "oneVenv.runScript": { title: "Run a Script", run: inFolder(runner.runScript) },
    "oneVenv.undo": {
      title: "Undo Last Apply",
      run: inFolder(trusted((folder) => undo(folder, folders))),
    },
    "oneVenv.refresh": { title: "Check Again", run: folders.refresh },
    "oneVenv.showLog": { title: "Show Log", run: async () => log.show() },
    "oneVenv.open": { title: "Open", run: open },
  };
}

/** The folder that was named, that of the active editor, the only one, or the one picked. */
async function chooseFolder(folders: Folders, uri?: vscode.Uri): Promise<FolderState | undefined> {
  if (folders.all().length === 0) await folders.refresh();
  const all = folders.all();
  if (all.length === 0) {
    throw new MessageError(
      "One Venv found no requirements here: it needs a folder with two or more files that declare dependencies.",
    );
  }
  const known = folders.of(uri ?? vscode.window.activeTextEditor?.document.uri);
  if (known && (uri || all.length === 1)) return known;
  if (all.length === 1) return all[0];
  const items = all.map((state) => ({ label: state.folder.name, description: state.root, state }));
  return (await vscode.window.showQuickPick(items, { title: "Which folder?" }))?.state;
}

function trusted<T>(work: (folder: FolderState) => Promise<T>) {
  return async (folder: FolderState): Promise<T> => {
    requireTrust();
    return work(folder);
  };
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new MessageError(
    "In an untrusted folder nothing runs and nothing is written. Trust it first (Workspaces: Manage Workspace Trust).",
  );
}

/** The script that was named, or the one in the active editor. */
function script(uri: vscode.Uri | undefined): vscode.Uri {
  const found = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (found) return found;
  throw new MessageError("Open the Python file to run first.");
}

async function open(uri: vscode.Uri, line: number, column: number): Promise<void> {
  const at = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(vscode.Uri.from(uri), {
    selection: new vscode.Range(at, at),
  });
}

/** What it would bring back and what it would skip is shown first; nothing else is lost by it. */
async function undo({ root }: FolderState, folders: Folders): Promise<void> {
  const preview = await previewUndo(root);
  if (!preview) throw new MessageError("There is nothing to undo: no plan was applied here.");
  const list = (title: string, paths: readonly string[]) =>
    paths.length > 0 ? [`${title}: ${paths.join(", ")}`] : [];
  const detail = [
    ...list("Brought back", preview.restored),
    ...list("Changed since, left alone", preview.skipped),
  ].join("\n\n");
  const answer = await vscode.window.showWarningMessage(
    `Undo "${preview.title}"?`,
    { modal: true, detail },
    "Undo",
  );
  if (answer !== "Undo") return;
  await undoLastApply(root);
  await folders.refresh();
}
