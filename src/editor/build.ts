import * as vscode from "vscode";
import { findInterpreter } from "../environment/interpreter.ts";
import type { BuildEvent, BuildFailure } from "../environment/setup-build.ts";
import { buildVenv } from "../environment/setup-build.ts";
import { MessageError } from "../plan/message.ts";
import type { BuildProblems } from "./build-problems.ts";
import type { FolderState, Folders } from "./folders.ts";
import type { Log } from "./log.ts";

/** Builds the central venv of a folder, with progress that can be cancelled. True: it is built. */
export type Build = (folder: FolderState) => Promise<boolean>;

export interface BuildParts {
  readonly folders: Folders;
  readonly log: Log;
  readonly problems: BuildProblems;
  /** The base Python that was chosen for the root on this machine, or null. */
  readonly chosenPython: (root: string) => string | null;
  /** What follows a build that went through. */
  readonly onBuilt: (folder: FolderState) => Promise<void>;
}

export function createBuild({ folders, log, problems, chosenPython, onBuilt }: BuildParts): Build {
  return async (folder) => {
    const { root } = folder;
    if (folder.health.state === "not consolidated") {
      void offerConsolidation(folder);
      return false;
    }
    const { interpreter, tooOld } = await findInterpreter(null);
    if (!interpreter)
      throw new MessageError(noPython(tooOld.map(({ path, version }) => `${path} (${version})`)));
    folders.setBuilding(root, true);
    try {
      const end = await withProgress(log, (signal, onEvent) =>
        buildVenv(root, { python: interpreter.path, base: chosenPython(root), signal, onEvent }),
      );
      problems.show(folder, end === "cancelled" ? null : end);
      if (end === null) {
        await onBuilt(folder);
        return true;
      }
      if (end !== "cancelled") void sayFailed(end, folder, log);
      return false;
    } finally {
      folders.setBuilding(root, false);
      await folders.refresh();
    }
  };
}

async function offerConsolidation({ folder }: FolderState): Promise<void> {
  const text = "There is nothing to build from yet: first the requirements are consolidated.";
  const answer = await vscode.window.showInformationMessage(text, "Consolidate Requirements");
  if (answer) await vscode.commands.executeCommand("oneVenv.consolidate", folder.uri);
}

function noPython(tooOld: readonly string[]): string {
  const seen = tooOld.length > 0 ? ` Seen, but too old: ${tooOld.join(", ")}.` : "";
  return `No Python 3.8 or newer was found on this machine.${seen} Install one and build again.`;
}

type Work<T> = (signal: AbortSignal, onEvent: (event: BuildEvent) => void) => Promise<T>;

/** Stages as they come; everything that setup.py, pip and uv say goes to the log. */
function withProgress<T>(log: Log, work: Work<T>): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "Central venv",
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal, (event) => {
      if (event.event === "package") {
        const of = event.of === null ? "" : ` of ${event.of}`;
        progress.report({ message: `installing ${event.name} (${event.n}${of})` });
        return;
      }
      if (event.event === "failed") log.output(`${event.message}`);
      else log.output(event.text);
      if (event.event === "stage" || event.event === "waiting")
        progress.report({ message: event.text });
    });
  });
}

/** The cause, then verbs: the first line that it speaks of is a click away, and so is the log. */
async function sayFailed(
  { message, lines }: BuildFailure,
  { root }: FolderState,
  log: Log,
): Promise<void> {
  const [line] = lines;
  const open = line && `Open line ${line.line}`;
  const text = `The central venv was not built: ${message}. The venv from before is as it was.`;
  const answer = await vscode.window.showErrorMessage(
    text,
    ...(open ? [open, "Show Log"] : ["Show Log"]),
  );
  if (answer === "Show Log") log.show();
  else if (answer && line) {
    await vscode.commands.executeCommand(
      "oneVenv.open",
      vscode.Uri.file(`${root}/${line.file}`),
      line.line,
      1,
    );
  }
}
