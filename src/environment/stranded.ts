import { exists } from "./exists.ts";
import { LOCK, SETUP, VENV } from "./layout.ts";

/**
 * What an undo leaves in build/python that no plan made: the venv and the lock of a setup.py that
 * is gone now. Paths relative to the root.
 */
export async function strandedPaths(root: string): Promise<string[]> {
  if (await exists(root, SETUP)) return [];
  const found = await Promise.all([VENV, LOCK].map((path) => exists(root, path)));
  return [VENV, LOCK].filter((_, i) => found[i]);
}
