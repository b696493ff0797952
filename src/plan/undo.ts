import { readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { put, removeEmptyFolders } from "./apply.ts";
import { readState, writablePath } from "./file-state.ts";
import { MessageError } from "./message.ts";
import type { FileState } from "./plan.ts";
import type { UndoFile, UndoRecord } from "./undo-record.ts";
import { digest, readRecord, undoFolder } from "./undo-record.ts";

/** What an undo did: files brought back, and files left alone because they changed since. */
export interface Undone {
  readonly title: string;
  readonly restored: readonly string[];
  readonly skipped: readonly string[];
}

/** What an undo would do, without doing it; null where nothing was applied. */
export async function previewUndo(root: string): Promise<Undone | null> {
  const record = await readRecord(root);
  if (!record) return null;
  const fates = await Promise.all(record.files.map((file) => fate(root, file)));
  const pick = (wanted: Fate) =>
    record.files.filter((_, i) => fates[i] === wanted).map(({ path }) => path);
  return { title: record.title, restored: pick("restore"), skipped: pick("skip") };
}

/**
 * Brings back every byte that the last applied plan replaced. A file that changed since is named
 * and skipped, and its old bytes stay kept.
 */
export async function undoLastApply(root: string): Promise<Undone> {
  const [record, undone] = [await readRecord(root), await previewUndo(root)];
  if (!record || !undone)
    throw new MessageError("There is nothing to undo: no plan was applied here.");
  for (const file of record.files) {
    if (!undone.restored.includes(file.path)) continue;
    await put(await writablePath(root, file.path), await oldState(root, file));
  }
  await shrinkRecord(root, record, undone.skipped);
  const home = await realpath(root);
  const removed = record.files.filter(({ kept }) => kept === null);
  await removeEmptyFolders(home, [
    join(undoFolder(home), "record.json"),
    ...removed.map(({ path }) => join(home, ...path.split("/"))),
  ]);
  return undone;
}

type Fate = "restore" | "skip" | "same";

async function fate(root: string, file: UndoFile): Promise<Fate> {
  const now = await readState(await writablePath(root, file.path));
  const old = await oldState(root, file);
  // A crash while applying leaves files that were never written: they are as they were.
  if (digest(now) === digest(old) && now?.mode === old?.mode) return "same";
  return digest(now) === file.written ? "restore" : "skip";
}

async function oldState(root: string, file: UndoFile): Promise<FileState | null> {
  if (file.kept === null) return null;
  return { bytes: await readFile(join(undoFolder(root), file.kept)), mode: file.mode };
}

/** Keeps the record for what was skipped; without any it goes. */
async function shrinkRecord(root: string, record: UndoRecord, skipped: readonly string[]) {
  const folder = undoFolder(root);
  const files = record.files.filter(({ path }) => skipped.includes(path));
  if (files.length === 0) await rm(folder, { recursive: true, force: true });
  else
    await writeFile(
      join(folder, "record.json"),
      `${JSON.stringify({ ...record, files }, null, 2)}\n`,
    );
}
