import { join } from "node:path";
import * as vscode from "vscode";
import { readHands } from "../environment/ground.ts";
import { createBuild } from "./build.ts";
import { createBuildProblems } from "./build-problems.ts";
import { createChosenPythons } from "./choose-python.ts";
import { commandTable } from "./commands.ts";
import { createConsolidating } from "./consolidate.ts";
import { createFolders } from "./folders.ts";
import { createInterpreterSelection } from "./interpreter/select.ts";
import { createLog, onGesture } from "./log.ts";
import { createRunner } from "./run.ts";
import { createRunLenses } from "./run-lens.ts";
import { createStatusBar } from "./status-bar.ts";

/** Composes the editor: registers first, works later. */
export async function startEditor(context: vscode.ExtensionContext): Promise<void> {
  const log = createLog();
  const hands = await readHands(join(context.extensionPath, "dist", "python"));
  const folders = createFolders(hands, log);
  const memory = context.workspaceState;
  const problems = createBuildProblems();
  const pythons = createChosenPythons(memory);
  const interpreter = createInterpreterSelection(memory, log);
  const build = createBuild({
    folders,
    log,
    problems,
    chosenPython: pythons.of,
    onBuilt: interpreter.select,
  });
  const consolidating = createConsolidating(hands, folders);
  const runner = createRunner(folders, memory, build);
  const table = commandTable({ folders, log, build, consolidating, runner, pythons });
  context.subscriptions.push(
    ...[log, folders, problems, consolidating, createStatusBar(folders), createRunLenses(folders)],
    ...Object.entries(table).map(([id, { title, run }]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        onGesture(log, title, () => run(...args)),
      ),
    ),
  );
  const once = folders.onDidChange(() => {
    once.dispose();
    if (vscode.workspace.isTrusted) void interpreter.selectWhereNothingIs(folders.all());
  });
  context.subscriptions.push(once);
}
