import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Reading } from "../requirements/declaration.ts";
import { localPaths } from "../requirements/local-path.ts";

/** The paths that a source's local requirements (`./lib`, `-e ../x`) may mean, those that exist. */
export async function existingPaths(root: string, reading: Reading): Promise<string[]> {
  const { file, declarations } = reading;
  const places = declarations.flatMap(({ link }) =>
    link === null ? [] : (localPaths(file, link) ?? []),
  );
  const candidates = [...new Set(places)].sort();
  const states = await Promise.all(
    candidates.map((path) => lstat(join(root, path)).catch(() => null)),
  );
  return candidates.filter((_, index) => states[index] !== null);
}
