import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { drain } from "./pool.ts";
import { textOrNothing } from "./repository.ts";

/** A folder that is a virtual environment. */
export interface EnvironmentFolder {
  /** Relative to the root, with `/`; `.` for the root itself. */
  readonly path: string;
  readonly kind: "venv" | "conda";
  /** Python's version as the environment states it (`3.11.7`), or null. */
  readonly python: string | null;
}

/** The environment that a folder (`a/b/`) with these entries is, or null. */
export async function environmentIn(
  root: string,
  folder: string,
  entries: readonly Dirent[],
): Promise<EnvironmentFolder | null> {
  const path = folder === "" ? "." : folder.slice(0, -1);
  if (entries.some((entry) => entry.name === "pyvenv.cfg")) {
    const text = await textOrNothing(join(root, folder, "pyvenv.cfg"));
    // Python writes `version`, virtualenv and uv `version_info`.
    const python = /^version(?:_info)?\s*=\s*(\d+(?:\.\d+)*)/m.exec(text)?.[1] ?? null;
    return { path, kind: "venv", python };
  }
  if (!entries.some((entry) => entry.name === "conda-meta" && entry.isDirectory())) return null;
  const packages = await readdir(join(root, folder, "conda-meta")).catch(() => []);
  const names = packages.map((name) => /^python-(\d[^-]*)-[^-]*\.json$/.exec(name)?.[1]);
  return { path, kind: "conda", python: names.find((name) => name !== undefined) ?? null };
}

/**
 * How many bytes the files of a folder hold, links not followed and files with several names
 * counted once. What cannot be read counts as nothing; throws only where the signal is aborted.
 */
export async function folderSize(path: string, signal?: AbortSignal): Promise<number> {
  let bytes = 0;
  const seen = new Set<string>();
  const folders = [path];
  await drain(folders, 16, async (folder) => {
    signal?.throwIfAborted();
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(inside);
      else if (entry.isFile()) {
        const size = await sizeOnce(inside, seen);
        bytes += size;
      }
    }
  });
  return bytes;
}

async function sizeOnce(path: string, seen: Set<string>): Promise<number> {
  const state = await lstat(path, { bigint: true }).catch(() => null);
  if (state === null) return 0;
  const key = `${state.dev}:${state.ino}`;
  if (state.nlink > 1n && seen.has(key)) return 0;
  seen.add(key);
  return Number(state.size);
}
