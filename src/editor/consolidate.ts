import * as vscode from "vscode";
import { gather } from "../commands/propose.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import { ownTextProblem } from "../consolidation/decide.ts";
import type { Hands } from "../environment/ground.ts";
import type { ConflictName, ConflictThreads, DecideArguments } from "./conflict-threads.ts";
import { createConflictThreads } from "./conflict-threads.ts";
import type { FolderState, Folders } from "./folders.ts";
import { createProposalFiles, SCHEME } from "./proposal-files.ts";
import type { Review } from "./review.ts";
import { createReview } from "./review.ts";

/** Consolidate Requirements in the editor: at most one review at a time. */
export interface Consolidating extends vscode.Disposable {
  start(folder: FolderState): Promise<void>;
  choose(args: DecideArguments): void;
  answer(thread: vscode.CommentThread, answer: "highest" | "lowest"): void;
  answerWithOwnText(of: vscode.CommentThread | ConflictName): Promise<void>;
  apply(): Promise<void>;
  discard(): Promise<void>;
}

export function createConsolidating(hands: Hands, folders: Folders): Consolidating {
  const files = createProposalFiles();
  const threads = createConflictThreads();
  let review: Review | null = null;
  const reviewing = (next: Review | null) => {
    review?.dispose();
    review = next;
    void vscode.commands.executeCommand("setContext", "oneVenv.reviewing", next !== null);
  };
  const end = async () => {
    reviewing(null);
    await closeProposal();
    files.clear();
  };
  return {
    start: async (folder) => {
      if (!(await saveSources())) return;
      const title = "One Venv: reading requirements";
      const material = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title },
        () => gather(folder.root, { hands, processes: vscode.workspace.isTrusted }),
      );
      reviewing(createReview(folder, material, files, threads));
      await review?.show();
    },
    choose: (args) => review?.choose(args),
    answer: (thread, answer) => {
      const conflict = threads.conflictOf(thread);
      if (conflict) review?.answer(conflict, answer);
    },
    answerWithOwnText: (of) => askOwnText(threads.conflictOf(of), () => review),
    apply: async () => {
      if (!review) return;
      const { folder } = review;
      if (!(await mayApply(review, threads))) return;
      const written = await review.apply();
      await end();
      await folders.refresh();
      await sayApplied(folder, written.length);
    },
    discard: end,
    dispose: () => {
      reviewing(null);
      vscode.Disposable.from(files, threads).dispose();
    },
  };
}

/** The plan is made from what is on disk, so unsaved edits are saved first, after asking. */
async function saveSources(): Promise<boolean> {
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === "file",
  );
  if (dirty.length === 0) return true;
  const names = dirty.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(", ");
  const text = `Unsaved edits: ${names}. One Venv reads what is on disk.`;
  const answer = await vscode.window.showWarningMessage(text, { modal: true }, "Save and Continue");
  if (answer !== "Save and Continue") return false;
  const saved = await Promise.all(dirty.map((document) => document.save()));
  return saved.every(Boolean);
}

async function askOwnText(conflict: Conflict | undefined, review: () => Review | null) {
  if (!conflict) return;
  const suggestion = conflict.choices.find(({ requirement }) => requirement !== null)?.requirement;
  const text = await vscode.window.showInputBox({
    title: `A requirement of your own for ${conflict.name}`,
    prompt: conflict.sentence,
    value: suggestion ?? conflict.name,
    validateInput: (typed) => ownTextProblem(conflict, typed.trim()),
  });
  if (text !== undefined) review()?.answer(conflict, text);
}

/** Names what stands against applying, and asks what only a person can answer. */
async function mayApply(review: Review, threads: ConflictThreads): Promise<boolean> {
  const { consolidation, replaces } = review.proposal();
  const open = consolidation.conflicts;
  if (open.length > 0) {
    const names = open.map(({ name }) => name).join(", ");
    const count = open.length === 1 ? "1 conflict is" : `${open.length} conflicts are`;
    const text = `${count} not decided yet: ${names}. Nothing was written.`;
    void vscode.window.showWarningMessage(text, "Show Conflicts").then(async (button) => {
      if (button) await vscode.commands.executeCommand("workbench.action.focusCommentsPanel");
    });
    threads.expand();
    return false;
  }
  const reasons = [
    ...replaces.map((path) => `${path} was made or changed by a person and would be replaced.`),
    ...review.material.ground.buildTargets.map(
      (where) =>
        `${where}: the target named build is not phony. Once the folder build/ exists, make takes it for done.`,
    ),
  ];
  if (reasons.length === 0) return true;
  const detail = `${reasons.join("\n")}\n\nUndo Last Apply brings everything back.`;
  const answer = await vscode.window.showWarningMessage(
    "Apply the consolidation?",
    { modal: true, detail },
    "Apply",
  );
  return answer === "Apply";
}

async function sayApplied({ folder, health }: FolderState, files: number): Promise<void> {
  if (files === 0) {
    void vscode.window.showInformationMessage(
      "build/python is up to date with what is declared; nothing was written.",
    );
    return;
  }
  const text = `The requirements are consolidated: ${files} ${files === 1 ? "file" : "files"} written.`;
  const next = health.state === "not consolidated" ? "Build Central Venv" : "Sync Central Venv";
  void vscode.window.showInformationMessage(text, next, "Undo").then(async (button) => {
    if (button === next) await vscode.commands.executeCommand("oneVenv.build", folder.uri);
    else if (button === "Undo") await vscode.commands.executeCommand("oneVenv.undo", folder.uri);
  });
}

/** Closes the diff and everything else that shows the proposal. */
async function closeProposal(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(showsProposal));
}

function showsProposal({ input, label }: vscode.Tab): boolean {
  if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === SCHEME;
  if (input instanceof vscode.TabInputText) return input.uri.scheme === SCHEME;
  // The multi-file diff has no public type of input yet.
  return input === undefined && label.startsWith("Consolidate Requirements");
}
