import * as vscode from "vscode";
import type { StrayEnvironment } from "../commands/stray-environments.ts";
import { sizeText, strayEnvironments } from "../commands/stray-environments.ts";
import { MessageError } from "../plan/message.ts";
import { ago } from "./ago.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import { deleteForGood } from "./list/delete-environments.ts";

/** More than these are counted in the question, not listed. */
const LISTED = 15;

/** Deletes stray environments for good, after one question that lists them. */
export async function deleteStrayEnvironments(state: FolderState, folders: Folders): Promise<void> {
  const all = await measured(state);
  const stray = all.filter(({ kept }) => kept === null);
  const kept = all.filter(({ kept }) => kept !== null);
  if (stray.length === 0) return sayNothingToDelete(state, kept);
  const chosen = await ask(state, stray, kept);
  if (chosen.length === 0) return;
  const failed = await deleteForGood(
    state.root,
    chosen.map(({ path }) => path),
  );
  await folders.refresh();
  if (failed.length > 0) throw new MessageError(failed.join(" "));
}

function measured(state: FolderState): Thenable<StrayEnvironment[]> {
  const title = `One Venv: looking at ${count(state.scan.environments.length)}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    return strayEnvironments(state.scan, stop.signal);
  });
}

/** Which of them are to go; none where the person broke it off. */
async function ask(
  { health }: FolderState,
  stray: readonly StrayEnvironment[],
  kept: readonly StrayEnvironment[],
): Promise<readonly StrayEnvironment[]> {
  const bytes = stray.reduce((sum, one) => sum + one.bytes, 0);
  const unbuilt = health.report?.built
    ? []
    : ["The central venv is not built yet: what needs one of these cannot run until it is."];
  const more = stray.length > LISTED ? [`… and ${stray.length - LISTED} more`] : [];
  const detail = [
    [...stray.slice(0, LISTED).map(line), ...more].join("\n"),
    ...(kept.length > 0 ? [["Left alone:", ...kept.map((one) => one.kept!)].join("\n")] : []),
    ...unbuilt,
    "They are deleted for good: Undo Last Apply does not bring environments back.",
  ].join("\n\n");
  const [yes, choose] = [`Delete ${stray.length === 1 ? "It" : "All"}`, "Choose…"];
  const answer = await vscode.window.showWarningMessage(
    `Delete ${count(stray.length)} (${sizeText(bytes)})?`,
    { modal: true, detail },
    ...[yes, ...(stray.length > 1 ? [choose] : [])],
  );
  if (answer === choose) return pick(stray);
  return answer === yes ? stray : [];
}

async function pick(stray: readonly StrayEnvironment[]): Promise<readonly StrayEnvironment[]> {
  const items = stray.map((one) => ({ label: one.path, description: facts(one), one }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Environments that are deleted for good",
    placeHolder: "OK deletes those that are ticked",
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (picked ?? []).map(({ one }) => one);
}

function sayNothingToDelete({ folder }: FolderState, kept: readonly StrayEnvironment[]): void {
  const text =
    kept.length === 0
      ? `There is no stray environment in ${folder.name}.`
      : kept.map((one) => `${one.kept}`).join(" ");
  void vscode.window.showInformationMessage(text);
}

function line(one: StrayEnvironment): string {
  return `${one.path} (${facts(one)})`;
}

function facts({ python, bytes, made }: StrayEnvironment): string {
  const version = python === null ? [] : [`Python ${python}`];
  const age = made === null ? [] : [`made ${ago(made, Date.now())}`];
  return [...version, sizeText(bytes), ...age].join(", ");
}

function count(number: number): string {
  return `${number} stray environment${number === 1 ? "" : "s"}`;
}
