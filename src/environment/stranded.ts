import { access } from "node:fs/promises";
import { join } from "node:path";
import { LOCK, SETUP, VENV } from "./layout.ts";

/**
 * What an undo leaves in build/python that no plan made: the venv and the lock of a setup.py that
 * is gone now. Paths relative to the root.
 */
export async function strandedPaths(root: string): Promise<string[]> {
  const there = (path: string) =>
    access(join(root, ...path.split("/"))).then(
      () => true,
      () => false,
    );
  if (await there(SETUP)) return [];
  const found = await Promise.all([VENV, LOCK].map(there));
  return [VENV, LOCK].filter((_, i) => found[i]);
}
