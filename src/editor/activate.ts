import { join } from "node:path";
import * as vscode from "vscode";
import { readHands } from "../environment/ground.ts";
import { createAutoSync } from "./auto-sync.ts";
import { createBuild } from "./build.ts";
import { createBuildProblems } from "./build-problems.ts";
import { createChosenPythons } from "./choose-python.ts";
import { commandTable } from "./commands.ts";
import { createConsolidating } from "./consolidate.ts";
import { registerConflictFixes } from "./declarations/fixes.ts";
import { registerDeclarationHover } from "./declarations/hover.ts";
import { createLiveDeclarations } from "./declarations/live.ts";
import { createConflictProblems } from "./declarations/problems.ts";
import { createFolders } from "./folders.ts";
import { createImportRootSetting } from "./import-roots/set-import-roots.ts";
import { createInterpreterSelection } from "./interpreter/select.ts";
import { createListedPlans } from "./list/listed-plans.ts";
import { createLog, onGesture } from "./log.ts";
import { closeProposal } from "./proposal-tabs.ts";
import { createRunner } from "./run.ts";
import { createRunLenses } from "./run-lens.ts";
import { createStatusBar } from "./status-bar.ts";
import { registerTasks } from "./task.ts";
import { createTerminals } from "./terminals.ts";
import { createComparing } from "./verify/compare.ts";
import { createVerifying } from "./verify/verify-scripts.ts";
import { createWay } from "./way.ts";

/** Composes the editor: registers first, works later. */
export async function startEditor(context: vscode.ExtensionContext): Promise<void> {
  const log = createLog();
  const hands = await readHands(join(context.extensionPath, "dist", "python"));
  const folders = createFolders(hands, log);
  const memory = context.workspaceState;
  const problems = createBuildProblems(folders);
  const consolidating = createConsolidating(hands, folders, log);
  const pythons = createChosenPythons({ hands, memory, planFor: consolidating.start });
  const interpreter = createInterpreterSelection(memory, log);
  const { build, syncQuietly } = createBuild({
    folders,
    log,
    problems,
    pythons,
    onBuilt: interpreter.afterBuild,
  });
  const runner = createRunner(folders, memory, build);
  const live = createLiveDeclarations(folders, hands, log);
  const list = createListedPlans(folders, log);
  const importRoots = createImportRootSetting(memory, log);
  const verifying = createVerifying({ folders, memory, log });
  const comparing = createComparing(hands);
  const table = commandTable({
    ...{ hands, folders, log, build, consolidating, runner, pythons, interpreter },
    ...{ importRoots, list, verifying, comparing },
  });
  const program = join(context.extensionPath, "dist", "left.cjs");
  const way = createWay({ folders, hands, program, log });
  const looking = folders.onDidChange(() => {
    if (!vscode.workspace.isTrusted) return;
    interpreter.look(folders.all()).catch((error) => log.error("Looking at interpreters", error));
    importRoots.look(folders.all());
  });
  context.subscriptions.push(
    ...[log, folders, problems, consolidating, interpreter, list, way, looking],
    ...[createStatusBar(folders, interpreter, way), createRunLenses(folders)],
    ...[live, createConflictProblems(live), registerConflictFixes(live)],
    ...[registerDeclarationHover(live), verifying, comparing],
    createAutoSync({ folders, syncQuietly, isReviewing: consolidating.isOpen, log }),
    createTerminals(context.environmentVariableCollection, folders, log),
    registerTasks((folder) => folders.of(folder.uri)?.root),
    ...Object.entries(table).map(([id, { title, run }]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        onGesture(log, title, () => run(...args)),
      ),
    ),
  );
  // What a window that was reloaded still shows of a review: there is none any more.
  await closeProposal();
}
