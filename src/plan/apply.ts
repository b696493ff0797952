import { realpath, rm, rmdir } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { writeAtomically } from "./atomic.ts";
import { readState, writablePath } from "./file-state.ts";
import { fileProblem, MessageError } from "./message.ts";
import type { FileState, Plan } from "./plan.ts";
import { sameBytes, withoutNoChanges } from "./plan.ts";
import { keep } from "./undo-record.ts";

/** A plan was made from files that changed meanwhile: nothing was written, plan again. */
export class StalePlanError extends MessageError {
  readonly paths: readonly string[];
  constructor(paths: readonly string[]) {
    super(`Changed since the plan was made: ${paths.join(", ")}. Nothing was written; plan again.`);
    this.paths = paths;
  }
}

/**
 * Applies a plan under `root`, all of it or nothing: where a write fails, what was written before
 * is put back and the error names the file. What it replaced is kept for undo.
 * Returns the paths that changed.
 */
export async function applyPlan(root: string, plan: Plan): Promise<readonly string[]> {
  const { changes, title } = withoutNoChanges(plan);
  if (changes.length === 0) return [];
  const targets = await Promise.all(changes.map((change) => writablePath(root, change.path)));
  const states = await Promise.all(targets.map(readState));
  const stale = changes.filter(({ before }, i) => !sameBytes(before, states[i] ?? null));
  if (stale.length > 0) throw new StalePlanError(stale.map(({ path }) => path));
  // Renaming over it would succeed; but who made it read-only wants it to stay.
  const locked = changes.filter((_, i) => isReadOnly(states[i] ?? null)).map(({ path }) => path);
  if (locked.length > 0) {
    throw new MessageError(
      `${locked.join(", ")}: read-only; make it writable and try again. Nothing was written.`,
    );
  }

  const kept = await keep(root, { title, changes }).catch((error) => {
    throw new MessageError(`Nothing was written. ${fileProblem("build/python/.undo", error)}`, {
      cause: error,
    });
  });
  let done = 0;
  try {
    for (const [i, { after }] of changes.entries()) {
      await put(targets[i]!, after);
      done = i + 1;
    }
  } catch (error) {
    for (let i = done - 1; i >= 0; i--) await put(targets[i]!, changes[i]!.before);
    await kept.forget();
    await removeEmptyFolders(await realpath(root), targets);
    const problem = fileProblem(changes[done]!.path, error);
    throw new MessageError(`Nothing was changed. ${problem}`, { cause: error });
  }
  await kept.settle();
  return changes.map(({ path }) => path);
}

function isReadOnly(state: FileState | null): boolean {
  return state !== null && (state.mode & 0o222) === 0;
}

/** Brings a file to a state; null removes it. */
export async function put(target: string, state: FileState | null): Promise<void> {
  if (state) await writeAtomically(target, state);
  else await rm(target, { force: true });
}

/** Removes the folders of these absolute paths that are empty now, up to `root` (a real path). */
export async function removeEmptyFolders(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (
      let f = dirname(path);
      relative(root, f) && !relative(root, f).startsWith("..");
      f = dirname(f)
    ) {
      folders.add(f);
    }
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  // A folder that is not empty stays: rmdir refuses it, and that is all we need to know.
  for (const folder of deepestFirst) await rmdir(folder).catch(() => undefined);
}
