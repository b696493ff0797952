import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { MessageError } from "./message.ts";
import type { FileState } from "./plan.ts";

/** The file's bytes and mode, or null where there is none. `path` is absolute. */
export async function readState(path: string): Promise<FileState | null> {
  try {
    const [bytes, { mode }] = await Promise.all([readFile(path), stat(path)]);
    return { bytes, mode: mode & 0o777 };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * The absolute path at which the writer may change `path` (relative to the root, with `/`).
 * A symlink is followed, never replaced. Refused: what lies outside the root, and what lies in a
 * submodule or a nested repository.
 */
export async function writablePath(root: string, path: string): Promise<string> {
  const home = await realpath(root);
  const wanted = join(home, ...path.split("/"));
  const target = await resolved(wanted);
  const inside = relative(home, target);
  if (inside === "" || inside.startsWith(`..${sep}`) || inside === ".." || isAbsolute(inside)) {
    throw new MessageError(`${path} leads out of ${root}; One Venv does not write there.`);
  }
  for (let folder = dirname(target); folder !== home; folder = dirname(folder)) {
    if (await exists(join(folder, ".git"))) {
      const nested = relative(home, folder).split(sep).join("/");
      throw new MessageError(
        `${path} lies in ${nested}, a repository of its own; One Venv shows such files and never edits them.`,
      );
    }
  }
  return target;
}

/** The real path of a file that may not exist yet: its nearest existing folder is resolved. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return join(await resolved(dirname(path)), path.slice(dirname(path).length + 1));
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}
