import * as vscode from "vscode";
import { applyProposal } from "../commands/apply.ts";
import type { Material } from "../commands/propose.ts";
import { gather } from "../commands/propose.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Hands } from "../environment/ground.ts";
import { askResolver } from "./ask-resolver.ts";
import { mayApply } from "./before-apply.ts";
import { changedSince } from "./changed-since.ts";
import type { ConflictName, DecideArguments } from "./conflict-threads.ts";
import { createConflictThreads } from "./conflict-threads.ts";
import { askDecision, askLeaveOut, askOwnText } from "./decide.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import type { Log } from "./log.ts";
import { createProposalFiles } from "./proposal-files.ts";
import { closeProposal, watchProposalTabs } from "./proposal-tabs.ts";
import type { Review } from "./review.ts";
import { createReview } from "./review.ts";
import { saveUnsaved } from "./unsaved.ts";

/** Consolidate Requirements in the editor: at most one review at a time. */
export interface Consolidating extends vscode.Disposable {
  /** Whether a review is open. */
  isOpen(): boolean;
  /** Opens a review, or the one that is open; `python` (major.minor) plans for another base Python. */
  start(folder: FolderState, python?: string): Promise<void>;
  choose(args: DecideArguments): void;
  answer(thread: vscode.CommentThread, answer: "highest" | "lowest"): void;
  answerWithOwnText(of: vscode.CommentThread | ConflictName): Promise<void>;
  /** Asks which conflict and how, without a mouse. */
  decide(): Promise<void>;
  /** Asks uv or pip whether the plan can be met. */
  resolve(): Promise<void>;
  takeSuggestion(args: DecideArguments): Promise<void>;
  /** Asks for the reason, and leaves the source out. */
  leaveOut(path: string): Promise<void>;
  takeBackIn(path: string): void;
  toggleGroup(id: string): void;
  apply(): Promise<void>;
  discard(): Promise<void>;
}

export function createConsolidating(hands: Hands, folders: Folders, log: Log): Consolidating {
  const files = createProposalFiles();
  const threads = createConflictThreads();
  let review: Review | null = null;
  let opening = false;

  const forget = () => {
    review?.dispose();
    review = null;
    files.clear();
    void vscode.commands.executeCommand("setContext", "oneVenv.reviewing", false);
  };
  const tabs = watchProposalTabs(() => {
    if (!opening) forget();
  });
  const end = async () => {
    forget();
    await closeProposal();
  };
  const show = async () => {
    opening = true;
    try {
      await closeProposal();
      await review?.show();
    } finally {
      opening = false;
    }
  };
  const read = (folder: FolderState, python: string | undefined): Thenable<Material> => {
    const options = { hands, processes: vscode.workspace.isTrusted };
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: "One Venv: reading requirements" },
      () => gather(folder.root, python === undefined ? options : { ...options, python }),
    );
  };
  /** True where files changed since the plan was made: then it is made again and shown. */
  const isStale = async (current: Review): Promise<boolean> => {
    const before = current.material();
    const now = await read(current.folder, current.python);
    const changed = changedSince(before, now);
    if (changed.length === 0) return false;
    current.renew(now);
    await show();
    const text = `Changed since the plan was made: ${changed.join(", ")}. Nothing was written; it was planned again. Look at it, then Apply.`;
    void vscode.window.showWarningMessage(text);
    return true;
  };
  /** What reads anew for another base Python: until it is done nothing else goes by the plan. */
  let renewing: Promise<void> = Promise.resolve();
  const takeSuggestion = (args: DecideArguments): Promise<void> => {
    const current = review;
    const python = current?.takeSuggestion(args) ?? null;
    if (!current || python === null) return renewing;
    renewing = (async () => current.renew(await read(current.folder, python), python))();
    return renewing;
  };
  return {
    isOpen: () => review !== null,
    start: async (folder, python) => {
      if (review && review.folder.root !== folder.root && !(await mayLeave(review))) return;
      if (!(await saveUnsaved(folder))) return;
      const material = await read(folder, python);
      if (review?.folder.root === folder.root && review.python === python) review.renew(material);
      else {
        forget();
        review = createReview(folder, material, python, files, threads);
      }
      const { consolidation, plan } = review.proposal();
      if (openConflicts(consolidation).length === 0 && plan.changes.length === 0) {
        await end();
        sayUpToDate();
        return;
      }
      void vscode.commands.executeCommand("setContext", "oneVenv.reviewing", true);
      await show();
    },
    choose: (args) => review?.choose(args),
    answer: (thread, answer) => {
      const conflict = threads.conflictOf(thread);
      if (conflict) review?.answer(conflict, answer);
    },
    answerWithOwnText: async (of) => {
      const conflict = threads.conflictOf(of);
      if (review && conflict) await askOwnText(review, conflict);
    },
    decide: async () => {
      if (review) await askDecision(review, takeSuggestion);
    },
    resolve: async () => {
      await renewing.catch(() => undefined);
      if (review) await askResolver(review, log);
    },
    takeSuggestion,
    leaveOut: async (path) => {
      if (review) await askLeaveOut(review, path);
    },
    takeBackIn: (path) => review?.takeBackIn(path),
    toggleGroup: (id) => review?.toggleGroup(id),
    apply: async () => {
      await renewing.catch(() => undefined);
      const current = review;
      if (!current || !(await saveUnsaved(current.folder))) return;
      if ((await isStale(current)) || !(await mayApply(current, threads.expand))) return;
      const written = await applyProposal(current.folder.root, current.proposal());
      await end();
      await folders.refresh();
      if (written.length === 0) sayUpToDate();
      else sayApplied(current.folder, written.length);
    },
    discard: end,
    dispose: () => {
      forget();
      vscode.Disposable.from(tabs, files, threads).dispose();
    },
  };
}

async function mayLeave({ folder }: Review): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `The requirements of ${folder.folder.name} are being reviewed.`,
    { modal: true, detail: "One review is open at a time. What was decided there would be lost." },
    "Discard That Review",
  );
  return answer !== undefined;
}

function sayUpToDate(): void {
  const text = "build/python is up to date with what is declared; there is nothing to write.";
  void vscode.window.showInformationMessage(text);
}

function sayApplied({ folder, health }: FolderState, files: number): void {
  const text = `The requirements are consolidated: ${files} ${files === 1 ? "file" : "files"} written.`;
  const next = health.report?.built ? "Sync Central Venv" : "Build Central Venv";
  void vscode.window.showInformationMessage(text, next, "Undo").then(async (button) => {
    if (button === next) await vscode.commands.executeCommand("oneVenv.build", folder.uri);
    else if (button === "Undo") await vscode.commands.executeCommand("oneVenv.undo", folder.uri);
  });
}
