import { lstat } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Reading } from "../requirements/declaration.ts";
import { folderOf } from "./interest.ts";

/**
 * The paths inside the root that a source's local requirements (`./lib`, `-e ../x`) may mean:
 * from the file's own folder, as authors often mean it, and from the root, where pip may run.
 * Relative to the root, `""` for the root itself, sorted.
 */
export function localCandidates(reading: Reading): string[] {
  const found = new Set<string>();
  for (const { link } of reading.declarations) {
    if (link === null || /^[a-z][a-z0-9+.-]+:/i.test(link)) continue;
    const target = link.replace(/\[[^\]]*\]$/, "").replaceAll("\\", "/");
    if (target.startsWith("/")) continue;
    for (const folder of [folderOf(reading.file), "."]) {
      const path = posix.join(folder, target).replace(/\/$/, "");
      if (path !== ".." && !path.startsWith("../")) found.add(path === "." ? "" : path);
    }
  }
  return [...found].sort();
}

/** Those of the candidates that exist. */
export async function existingPaths(root: string, reading: Reading): Promise<string[]> {
  const candidates = localCandidates(reading);
  const states = await Promise.all(
    candidates.map((path) => lstat(join(root, path)).catch(() => null)),
  );
  return candidates.filter((_, index) => states[index] !== null);
}
