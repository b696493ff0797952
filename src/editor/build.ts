import * as vscode from "vscode";
import { place } from "../consolidation/claim.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import type { BuildEnd, BuildFailure } from "../environment/setup-build.ts";
import { buildVenv } from "../environment/setup-build.ts";
import { MessageError } from "../plan/message.ts";
import { declarationsOf, explanation, linesOf } from "./build-failure.ts";
import type { BuildProblems } from "./build-problems.ts";
import type { BuildWork } from "./build-progress.ts";
import { withBuildLog, withBuildProgress } from "./build-progress.ts";
import type { ChosenPythons } from "./choose-python.ts";
import { noPython } from "./choose-python.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import type { Log } from "./log.ts";
import { saveUnsaved } from "./unsaved.ts";

/** Builds the central venv of a folder, with progress that can be cancelled. True: it is built. */
export type Build = (folder: FolderState) => Promise<boolean>;

export interface Builds {
  readonly build: Build;
  /** Syncs in the background: nothing is asked or said; what went wrong is in the log. */
  readonly syncQuietly: Build;
}

export interface BuildParts {
  readonly folders: Folders;
  readonly log: Log;
  readonly problems: BuildProblems;
  readonly pythons: ChosenPythons;
  /** What follows a build that went through. */
  readonly onBuilt: (folder: FolderState) => Promise<void>;
}

export function createBuild(parts: BuildParts): Builds {
  const { folders, log, problems, pythons, onBuilt } = parts;
  const running = new Map<string, Promise<BuildEnd>>();

  const work = async (folder: FolderState, start: Start, run: Run): Promise<BuildEnd> => {
    const { root } = folder;
    folders.setBuilding(root, true);
    try {
      const end = await run((signal, onEvent) => buildVenv(root, { ...start, signal, onEvent }));
      problems.show(folder, end === "cancelled" ? null : end);
      return end;
    } finally {
      // Known first, said then: a click on what the status bar says is never lost.
      await folders.refresh();
      running.delete(root);
      folders.setBuilding(root, false);
    }
  };
  const begin = (folder: FolderState, start: Start, run: Run): Promise<BuildEnd> => {
    const ending = work(folder, start, run);
    running.set(folder.root, ending);
    return ending;
  };
  return {
    build: async (folder) => {
      // Asked twice, there is one build, and both learn how it ended.
      const other = running.get(folder.root);
      if (other) return (await other) === null;
      const start = await startOf(folder, parts);
      if (start === null) return false;
      const end = await begin(folder, start, (step) => withBuildProgress(log, step));
      if (end === null) {
        // It may ask something, and waits for other extensions: the build is over all the same.
        onBuilt(folder).catch((error) => log.error("Selecting the interpreter", error));
        return true;
      }
      if (end !== "cancelled") void sayFailed(end, folder, log);
      return false;
    },
    syncQuietly: async (folder) => {
      if (running.has(folder.root)) return false;
      const base = await pythons.of(folder.root);
      const { interpreter } = await findInterpreter();
      if (!interpreter || running.has(folder.root)) return false;
      log.info(`Syncing the central venv of ${folder.folder.name}.`);
      const start = { python: interpreter.path, base };
      return (await begin(folder, start, (step) => withBuildLog(log, step))) === null;
    },
  };
}

/** Runs a build and tells of its events. */
type Run = (step: BuildWork<BuildEnd>) => PromiseLike<BuildEnd>;

/** The interpreter that runs setup.py, and the base Python; null leaves that choice to setup.py. */
interface Start {
  readonly python: string;
  readonly base: string | null;
}

/** null where the person broke it off, or where there is nothing to build. */
async function startOf(
  folder: FolderState,
  { folders, pythons }: BuildParts,
): Promise<Start | null> {
  if (folder.health.state === "not consolidated") {
    void offerConsolidation(folder);
    return null;
  }
  if (!(await saveUnsaved(folder))) return null;
  const { interpreter, tooOld } = await findInterpreter();
  if (!interpreter) throw new MessageError(noPython(tooOld));
  const isFirst = folders.of(folder.folder.uri)?.health.state === "no venv";
  const chosen = await pythons.of(folder.root);
  if (chosen !== null || !isFirst) return { python: interpreter.path, base: chosen };
  const base = await pythons.first(folder);
  return base === null ? null : { python: interpreter.path, base };
}

async function offerConsolidation({ folder }: FolderState): Promise<void> {
  const text = "There is nothing to build from yet: first the requirements are consolidated.";
  const answer = await vscode.window.showInformationMessage(text, "Consolidate Requirements");
  if (answer) await vscode.commands.executeCommand("oneVenv.consolidate", folder.uri);
}

/** The cause in the tool's words and who declares it; then verbs. */
async function sayFailed(failure: BuildFailure, folder: FolderState, log: Log): Promise<void> {
  const { message, text } = failure;
  const lines = linesOf(failure);
  const cause = explanation(text).split("\n").join("; ") || message;
  const places = lines.flatMap((line) => declarationsOf(folder, line.text)).map(place);
  const declared = places.length > 0 ? ` Declared in ${[...new Set(places)].join(", ")}.` : "";
  const buttons = lines.length > 0 ? ["Show Lines", "Show Log"] : ["Show Log"];
  const said = `The central venv was not built: ${cause.replace(/\.$/, "")}.${declared}`;
  const answer = await vscode.window.showErrorMessage(said, ...buttons);
  const [line] = lines;
  if (answer === "Show Log") log.show();
  else if (answer && line) {
    const file = vscode.Uri.file(`${folder.root}/${line.file}`);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await vscode.commands.executeCommand("oneVenv.open", file, line.line, 1);
  }
}
