import * as vscode from "vscode";
import { verdictText, verify } from "../../commands/verify.ts";
import type { VerifyReport } from "../../environment/setup-verify.ts";
import { isPython } from "../../monorepo/interest.ts";
import type { FolderState } from "../folder-state.ts";
import type { Folders } from "../folders.ts";
import type { Log } from "../log.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { saveUnsaved } from "../unsaved.ts";
import { createVerifyProblems } from "./verify-problems.ts";

/** Verify Scripts: what would not be found stands in the Problems panel, until it is. */
export interface Verifying extends vscode.Disposable {
  verify(folder: FolderState): Promise<void>;
}

export interface VerifyingParts {
  readonly folders: Folders;
  readonly memory: vscode.Memento;
  readonly log: Log;
}

/** Roots whose scripts all found what they import when they were verified last. */
const VERIFIED = "verified";

export function createVerifying({ folders, memory, log }: VerifyingParts): Verifying {
  const problems = createVerifyProblems();
  const stop = new AbortController();
  /** The roots that a person had verified in this window, and whether notes are shown. */
  const followed = new Map<string, boolean>();

  const setStep = () => {
    const done = memory.get<readonly string[]>(VERIFIED, []);
    const known = folders.all().some(({ root }) => done.includes(root));
    void vscode.commands.executeCommand("setContext", "oneVenv.verified", known);
  };
  const keep = async (state: FolderState, report: VerifyReport) => {
    problems.show(state, report, followed.get(state.root) ?? false);
    const others = memory
      .get<readonly string[]>(VERIFIED, [])
      .filter((root) => root !== state.root);
    await memory.update(VERIFIED, report.ok ? [...others, state.root] : others);
    setStep();
  };
  /** What was verified once is kept true: it takes part of a second and runs no script. */
  const follow = oneAtATime(async () => {
    setStep();
    for (const state of folders.all()) {
      if (!followed.has(state.root) || state.building) continue;
      if (state.health.state === "not consolidated" || state.health.state === "no venv") {
        followed.delete(state.root);
        problems.show(state, null, false);
        continue;
      }
      await keep(state, await verify(state.root, null, stop.signal));
    }
  });
  const following = folders.onDidChange(() => {
    follow().catch((error) => {
      if (!stop.signal.aborted) log.error("Verifying scripts again", error);
    });
  });
  const showNotes = (state: FolderState, report: VerifyReport) => {
    followed.set(state.root, true);
    problems.show(state, report, true);
    return vscode.commands.executeCommand("workbench.actions.view.problems");
  };
  return {
    verify: async (state) => {
      if (!(await isBuilt(state)) || !(await saveUnsaved(state, isPython))) return;
      const report = await withProgress((signal) => verify(state.root, null, signal));
      followed.set(state.root, false);
      await keep(state, report);
      const answer = await say(report);
      if (answer === NOTES) await showNotes(state, report);
      else if (answer !== undefined)
        await vscode.commands.executeCommand("workbench.actions.view.problems");
    },
    dispose: () => {
      stop.abort();
      vscode.Disposable.from(following, problems).dispose();
    },
  };
}

async function isBuilt({ folder, health }: FolderState): Promise<boolean> {
  const missing = health.state === "not consolidated" || health.state === "no venv";
  if (!missing) return true;
  const first = health.state === "no venv";
  const button = first ? "Build Central Venv" : "Consolidate Requirements";
  const text = "Scripts are verified with the central venv, and there is none yet.";
  void vscode.window.showInformationMessage(text, button).then(async (answer) => {
    const command = first ? "oneVenv.build" : "oneVenv.consolidate";
    if (answer) await vscode.commands.executeCommand(command, folder.uri);
  });
  return false;
}

function withProgress<T>(work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "One Venv: verifying scripts",
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    return work(stop.signal);
  });
}

const PROBLEMS = "Show Problems";
const NOTES = "Show Notes";

function say(report: VerifyReport): Thenable<string | undefined> {
  const { problems, accidental, notes, venv } = report;
  const text = [
    verdictText(report),
    ...(accidental.length > 0
      ? [`Imported, but not declared: ${accidental.map((one) => one.distribution).join(", ")}.`]
      : []),
    ...(venv.length > 0 ? ["The venv is not what the files say: sync it, then verify again."] : []),
  ].join(" ");
  const buttons = [
    ...(problems.length + accidental.length > 0 ? [PROBLEMS] : []),
    ...(notes.length > 0 ? [NOTES] : []),
  ];
  return problems.length > 0
    ? vscode.window.showWarningMessage(text, ...buttons)
    : vscode.window.showInformationMessage(text, ...buttons);
}
