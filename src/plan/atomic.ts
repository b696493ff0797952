import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FileState } from "./plan.ts";

/**
 * Writes a file so that a crash leaves either the old or the new bytes: beside it, flushed to the
 * disk, then renamed. `path` is absolute; its folder is made where it is missing.
 */
export async function writeAtomically(path: string, state: FileState): Promise<void> {
  await makeFolder(dirname(path));
  const beside = join(dirname(path), `.${basename(path)}.one-venv-${process.pid}`);
  try {
    const file = await open(beside, "w", state.mode);
    try {
      await file.writeFile(state.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // The umask may have taken bits away that the file had.
    await chmod(beside, state.mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/**
 * Makes a folder and those above it. Node's own recursive mkdir says "does not exist" on a
 * read-only file system; this one keeps the true cause.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}
