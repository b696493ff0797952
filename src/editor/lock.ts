import * as vscode from "vscode";
import { findInterpreter } from "../environment/interpreter.ts";
import { LOCK } from "../environment/layout.ts";
import { buildVenv } from "../environment/setup-build.ts";
import { MessageError } from "../plan/message.ts";
import { withBuildProgress } from "./build-progress.ts";
import type { ChosenPythons } from "./choose-python.ts";
import { noPython } from "./choose-python.ts";
import type { FolderState } from "./folder-state.ts";
import type { Log } from "./log.ts";

/** Has setup.py pin every package in requirements.lock; the venv is left alone. */
export async function lock(
  { root, health }: FolderState,
  pythons: ChosenPythons,
  log: Log,
): Promise<void> {
  if (health.state === "not consolidated") {
    throw new MessageError("There is nothing to lock yet: consolidate the requirements first.");
  }
  const { interpreter, tooOld } = await findInterpreter();
  if (!interpreter) throw new MessageError(noPython(tooOld));
  const base = await pythons.of(root);
  const end = await withBuildProgress(log, (signal, onEvent) =>
    buildVenv(root, { python: interpreter.path, base, command: "lock", signal, onEvent }),
  );
  if (end === "cancelled") return;
  if (end !== null) throw new MessageError(`Nothing was locked: ${end.message}.`);
  const answer = await vscode.window.showInformationMessage(`${LOCK} pins every package.`, "Open");
  if (answer) await vscode.window.showTextDocument(vscode.Uri.file(`${root}/${LOCK}`));
}
