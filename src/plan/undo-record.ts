import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "./atomic.ts";
import type { FileChange, FileState, Plan } from "./plan.ts";

/** What the last applied plan replaced, as `.undo/record.json` holds it. */
export interface UndoRecord {
  readonly schema: 1;
  readonly title: string;
  readonly files: readonly UndoFile[];
}

/** One file: `kept` names the copy of its old bytes in `.undo/` (null: it did not exist). */
export interface UndoFile {
  readonly path: string;
  readonly kept: string | null;
  readonly mode: number;
  /** Digest of what the plan wrote; null where it removed the file. */
  readonly written: string | null;
}

export function digest(state: FileState | null): string | null {
  return state && createHash("sha256").update(state.bytes).digest("hex");
}

const FOLDER = ["build", "python", ".undo"];

/** The folder of the record, and where the record before it waits while a plan is applied. */
export function undoFolder(root: string): string {
  return join(root, ...FOLDER);
}

/** What is done with a kept record once the plan is through, or has failed and is rolled back. */
export interface Kept {
  settle(): Promise<void>;
  forget(): Promise<void>;
}

/**
 * Puts down what a plan is about to replace, before anything is replaced. The record before it
 * waits beside until the plan is through.
 */
export async function keep(root: string, plan: Plan): Promise<Kept> {
  const folder = undoFolder(root);
  const [next, last] = [`${folder}-next`, `${folder}-last`];
  await rm(next, { recursive: true, force: true });
  await rm(last, { recursive: true, force: true });
  await makeFolder(next);
  await writeFile(join(next, ".gitignore"), "*\n");
  const files = await Promise.all(
    plan.changes.map((change, index) => keepFile(next, change, index)),
  );
  const record: UndoRecord = { schema: 1, title: plan.title, files };
  await writeFile(join(next, "record.json"), `${JSON.stringify(record, null, 2)}\n`);
  await renameIfThere(folder, last);
  await rename(next, folder);
  return {
    settle: () => rm(last, { recursive: true, force: true }),
    forget: async () => {
      await rm(folder, { recursive: true, force: true });
      await renameIfThere(last, folder);
    },
  };
}

async function renameIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

async function keepFile(folder: string, change: FileChange, index: number): Promise<UndoFile> {
  const kept = change.before && String(index);
  if (change.before && kept) await writeFile(join(folder, kept), change.before.bytes);
  const mode = change.before?.mode ?? 0;
  return { path: change.path, kept, mode, written: digest(change.after) };
}

/** The record of the last apply, or null where there is none. */
export async function readRecord(root: string): Promise<UndoRecord | null> {
  try {
    return JSON.parse(await readFile(join(undoFolder(root), "record.json"), "utf8")) as UndoRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
