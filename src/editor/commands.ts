import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { Hands } from "../environment/ground.ts";
import { MessageError } from "../plan/message.ts";
import type { Build } from "./build.ts";
import type { ChosenPythons } from "./choose-python.ts";
import type { DecideArguments } from "./conflict-threads.ts";
import type { Consolidating } from "./consolidate.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import type { ImportRootSetting } from "./import-roots/set-import-roots.ts";
import { centralPython } from "./interpreter/central-python.ts";
import type { InterpreterSelection } from "./interpreter/select.ts";
import { checksListed } from "./list/checks-listed.ts";
import type { ListedPlans } from "./list/listed-plans.ts";
import type { Row } from "./list/listing.ts";
import { migrationListed } from "./list/migration-listed.ts";
import { lock } from "./lock.ts";
import type { Log } from "./log.ts";
import { mend } from "./mend.ts";
import type { Runner } from "./run.ts";
import { deleteStrayEnvironments } from "./stray-environments.ts";
import { isTrusted } from "./trust.ts";
import { undo } from "./undo.ts";
import type { Comparing } from "./verify/compare.ts";
import type { Verifying } from "./verify/verify-scripts.ts";

/** One command: its title, for messages, and what it does. */
export interface Command {
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: VS Code hands over what the caller gave.
  readonly run: (...args: any[]) => Promise<unknown>;
}

export interface CommandParts {
  readonly hands: Hands;
  readonly folders: Folders;
  readonly log: Log;
  readonly build: Build;
  readonly consolidating: Consolidating;
  readonly runner: Runner;
  readonly pythons: ChosenPythons;
  readonly interpreter: InterpreterSelection;
  readonly importRoots: ImportRootSetting;
  readonly verifying: Verifying;
  readonly comparing: Comparing;
  readonly list: ListedPlans;
}

/** Every command by its id. */
export function commandTable(parts: CommandParts): Record<string, Command> {
  const {
    hands,
    folders,
    log,
    build,
    consolidating,
    runner,
    pythons,
    interpreter,
    verifying,
    comparing,
  } = parts;
  const { importRoots, list } = parts;
  const inFolder =
    (work: (folder: FolderState) => Promise<unknown>) =>
    async (uri?: vscode.Uri): Promise<unknown> => {
      // A link in Markdown hands over an address as plain data.
      const folder = await chooseFolder(folders, uri && vscode.Uri.from(uri));
      return folder && work(folder);
    };
  const trusted =
    <A extends unknown[]>(work: (...args: A) => Promise<unknown>) =>
    async (...args: A): Promise<unknown> =>
      isTrusted() && work(...args);
  return {
    "oneVenv.consolidate": {
      title: "Consolidate Requirements",
      run: inFolder((folder) => consolidating.start(folder)),
    },
    "oneVenv.apply": { title: "Apply", run: trusted(consolidating.apply) },
    "oneVenv.resolve": { title: "Ask the Resolver", run: trusted(consolidating.resolve) },
    "oneVenv.takeSuggestion": { title: "Take This Fix", run: consolidating.takeSuggestion },
    "oneVenv.leaveOut": { title: "Leave Out", run: consolidating.leaveOut },
    "oneVenv.takeBackIn": {
      title: "Take Back In",
      run: async (path: string) => consolidating.takeBackIn(path),
    },
    "oneVenv.toggleGroup": {
      title: "Optional Group",
      run: async (id: string) => consolidating.toggleGroup(id),
    },
    "oneVenv.discard": { title: "Discard", run: consolidating.discard },
    "oneVenv.decide": {
      title: "Decide",
      run: async (args: DecideArguments) => consolidating.choose(args),
    },
    "oneVenv.decideConflict": { title: "Decide a Conflict", run: consolidating.decide },
    "oneVenv.decideHighest": {
      title: "Highest",
      run: async (thread) => consolidating.answer(thread, "highest"),
    },
    "oneVenv.decideLowest": {
      title: "Lowest",
      run: async (thread) => consolidating.answer(thread, "lowest"),
    },
    "oneVenv.decideOwn": { title: "Own Text", run: consolidating.answerWithOwnText },
    "oneVenv.build": { title: "Build Central Venv", run: trusted(inFolder(build)) },
    "oneVenv.lock": {
      title: "Lock",
      run: trusted(inFolder((folder) => lock(folder, pythons, log))),
    },
    "oneVenv.migrate": {
      title: "Migrate Call Sites",
      run: inFolder((folder) => list.show(folder, migrationListed(hands, "migration"))),
    },
    "oneVenv.removeScattered": {
      title: "Remove Scattered Files",
      run: inFolder((folder) => list.show(folder, migrationListed(hands, "removal"))),
    },
    "oneVenv.openWalkthrough": { title: "Open Walkthrough", run: openWalkthrough },
    "oneVenv.addChecks": {
      title: "Add Checks",
      run: inFolder((folder) => list.show(folder, checksListed)),
    },
    "oneVenv.openRow": { title: "Show", run: async (row: Row) => list.open(row) },
    "oneVenv.useOtherForm": {
      title: "Use the Other Form",
      run: async (row: Row) => list.useOtherForm(row),
    },
    "oneVenv.applyList": { title: "Apply Ticked", run: trusted(list.apply) },
    "oneVenv.discardList": { title: "Discard List", run: list.discard },
    "oneVenv.choosePython": {
      title: "Choose Base Python",
      run: trusted(inFolder((folder) => choosePython(folder, pythons))),
    },
    "oneVenv.selectInterpreter": {
      title: "Use Central Venv as Interpreter",
      run: trusted(inFolder((folder) => useAsInterpreter(folder, interpreter))),
    },
    "oneVenv.verify": {
      title: "Verify Scripts",
      run: trusted(inFolder(verifying.verify)),
    },
    "oneVenv.mend": { title: "Mend", run: trusted(inFolder((folder) => mend(folder, folders))) },
    "oneVenv.compare": {
      title: "Compare a Script",
      run: trusted(inFolder(comparing.compare)),
    },
    "oneVenv.setImportRoots": {
      title: "Set Import Roots",
      run: trusted(inFolder(importRoots.set)),
    },
    "oneVenv.run": {
      title: "Run with Central Venv",
      run: trusted((uri) => runner.run(script(uri), [])),
    },
    "oneVenv.runWithArguments": {
      title: "Run with Arguments",
      run: trusted((uri) => runner.runWithArguments(script(uri))),
    },
    "oneVenv.runScript": { title: "Run a Script", run: trusted(inFolder(runner.runScript)) },
    "oneVenv.undo": {
      title: "Undo Last Apply",
      run: trusted(inFolder((folder) => undo(folder, folders))),
    },
    "oneVenv.deleteEnvironments": {
      title: "Delete Stray Environments",
      run: trusted(inFolder((folder) => deleteStrayEnvironments(folder, folders))),
    },
    "oneVenv.refresh": { title: "Check Again", run: folders.refresh },
    "oneVenv.showLog": { title: "Show Log", run: async () => log.show() },
    "oneVenv.open": { title: "Open", run: open },
  };
}

/** The folder that was named, the only one, or the one picked. */
async function chooseFolder(folders: Folders, uri?: vscode.Uri): Promise<FolderState | undefined> {
  if (folders.all().length === 0) await folders.refresh();
  const named = folders.of(uri);
  if (named) return named;
  // Folders below one root share its central venv, and are one choice.
  const all = [...Map.groupBy(folders.all(), ({ root }) => root).values()].map(([one]) => one!);
  if (all.length === 0) {
    throw new MessageError(
      "One Venv found no requirements here: it needs a folder with two or more files that declare dependencies.",
    );
  }
  if (all.length === 1) return all[0];
  const items = all.map((state) => ({ label: state.folder.name, description: state.root, state }));
  return (await vscode.window.showQuickPick(items, { title: "Which folder?" }))?.state;
}

/** The script that was named, or the one in the active editor. */
function script(uri: vscode.Uri | undefined): vscode.Uri {
  const found = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (found?.scheme === "file") return found;
  throw new MessageError("Open the Python file to run first.");
}

/** A venv that stands already is not remade by the choice alone. */
async function choosePython(folder: FolderState, pythons: ChosenPythons): Promise<void> {
  const path = await pythons.choose(folder);
  if (path === null) return;
  const text = `The next build makes the central venv with ${path}.`;
  const answer = await vscode.window.showInformationMessage(text, "Build Central Venv");
  if (answer) await vscode.commands.executeCommand("oneVenv.build", folder.folder.uri);
}

async function useAsInterpreter(folder: FolderState, interpreter: InterpreterSelection) {
  if (!existsSync(centralPython(folder.root)))
    throw new MessageError("There is no central venv yet: build it first (Build Central Venv).");
  await interpreter.select(folder);
}

async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand(
    "workbench.action.openWalkthrough",
    "one-venv.one-venv#oneVenv.way",
  );
}

async function open(uri: vscode.Uri, line: number, column: number): Promise<void> {
  const at = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(vscode.Uri.from(uri), {
    selection: new vscode.Range(at, at),
  });
}
