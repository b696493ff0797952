import { lstat, readdir, rm, rmdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { fileProblem, MessageError } from "../plan/message.ts";
import { VENV } from "./layout.ts";

/**
 * Deletes a stray environment; `path` is relative to the root, with `/`. It does not come back.
 * Throws a MessageError, and has deleted nothing, where the folder is not certainly an environment
 * and nothing else: `whyNotDeleted` says when.
 */
export async function deleteEnvironment(root: string, path: string): Promise<void> {
  const why = await whyNotDeleted(root, path);
  if (why !== null) throw new MessageError(why);
  const folder = join(root, ...path.split("/"));
  try {
    // The file that makes it an environment goes last: broken off, the rest is still recognised.
    for (const name of await readdir(folder)) {
      if (name !== MARK) await rm(join(folder, name), { recursive: true, force: true });
    }
    await rm(join(folder, MARK));
    await rmdir(folder);
  } catch (error) {
    const problem = fileProblem((error as NodeJS.ErrnoException).path ?? path, error);
    throw new MessageError(`${path} was not deleted wholly. ${problem}`, { cause: error });
  }
}

/** Why a folder is not deleted as a stray environment, in a sentence; null where it can be. */
export async function whyNotDeleted(root: string, path: string): Promise<string | null> {
  const parts = path.split("/");
  if (isAbsolute(path) || parts.some((part) => ["", ".", ".."].includes(part))) {
    return `${path} is not a folder inside ${root}; it is left alone.`;
  }
  if (path === VENV) return `${path} is the central venv; setup.py clean removes it.`;
  for (let depth = 1; depth <= parts.length; depth++) {
    const above = parts.slice(0, depth).join("/");
    const state = await stateOf(root, above);
    if (state === null) return `${above} does not exist (any more).`;
    if (state.isSymbolicLink()) {
      return `${above} is a symbolic link; delete ${path} yourself where it really is.`;
    }
    if (!state.isDirectory()) return `${above} is not a folder; it is left alone.`;
    if ((await stateOf(root, `${above}/.git`)) !== null) {
      return `${path} lies in ${above}, a repository of its own; One Venv never changes those.`;
    }
  }
  if (await stateOf(root, `${path}/conda-meta`)) {
    return `${path} is a Conda environment; remove it with: conda env remove --prefix ${path}`;
  }
  if (!(await stateOf(root, `${path}/${MARK}`))?.isFile()) {
    return `${path} is not a virtual environment (it has no ${MARK}); it is left alone.`;
  }
  const names = await readdir(join(root, ...parts));
  const other = names.filter((name) => !OF_AN_ENVIRONMENT.has(name)).sort();
  if (other.length === 0) return null;
  return `${path} holds more than an environment (${other.slice(0, 3).join(", ")}${other.length > 3 ? ", …" : ""}); delete what you do not need yourself.`;
}

const MARK = "pyvenv.cfg";

/**
 * What venv, virtualenv, uv and installed packages put at the top of an environment. Anything else
 * (`python3 -m venv .` in a service's folder, a checkout in `src`) may be somebody's work.
 */
const OF_AN_ENVIRONMENT = new Set([
  ...[MARK, "bin", "Scripts", "lib", "lib64", "Lib", "include", "Include", "share", "etc", "man"],
  ...[".gitignore", ".lock", ".Python", "CACHEDIR.TAG", "pip-selfcheck.json", "__pycache__"],
]);

function stateOf(root: string, path: string) {
  return lstat(join(root, ...path.split("/"))).catch((error: NodeJS.ErrnoException) => {
    if (["ENOENT", "ENOTDIR"].includes(error.code ?? "")) return null;
    throw new MessageError(fileProblem(path, error), { cause: error });
  });
}
