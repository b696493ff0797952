import * as vscode from "vscode";
import { findInterpreter } from "../environment/interpreter.ts";
import type { BuildEvent, BuildFailure } from "../environment/setup-build.ts";
import { buildVenv } from "../environment/setup-build.ts";
import { MessageError } from "../plan/message.ts";
import type { Declaration } from "../requirements/declaration.ts";
import type { BuildProblems } from "./build-problems.ts";
import { declarationsOf, explanation } from "./build-problems.ts";
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

/** The cause in the tool's words and who declares it; then verbs. */
async function sayFailed(failure: BuildFailure, folder: FolderState, log: Log): Promise<void> {
  const { message, lines, text } = failure;
  const cause = explanation(text).split("\n").join("; ") || message;
  const places = lines.flatMap((line) => declarationsOf(folder, line.text).map(placeOf));
  const declared = places.length > 0 ? ` Declared in ${[...new Set(places)].join(", ")}.` : "";
  const buttons = lines.length > 0 ? ["Show Lines", "Show Log"] : ["Show Log"];
  const said = `The central venv was not built: ${cause}.${declared}`;
  const answer = await vscode.window.showErrorMessage(said, ...buttons);
  const [line] = lines;
  if (answer === "Show Log") log.show();
  else if (answer && line) {
    const file = vscode.Uri.file(`${folder.root}/${line.file}`);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await vscode.commands.executeCommand("oneVenv.open", file, line.line, 1);
  }
}

function placeOf({ file, span }: Declaration): string {
  return `${file}:${span.line}`;
}
