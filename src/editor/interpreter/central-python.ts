import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { pythonOf, VENV } from "../../environment/layout.ts";

/** The full path of the central venv's Python. */
export function centralPython(root: string): string {
  return join(venvOf(root), ...pythonOf(process.platform).split("/"));
}

/** Whether a Python is that of the central venv, under whichever name. */
export function isCentral(python: string, root: string): boolean {
  const venv = venvOf(root);
  return [venv, realPath(venv)].some((folder) => lower(python).startsWith(lower(folder) + sep));
}

function venvOf(root: string): string {
  return join(root, ...VENV.split("/"));
}

function lower(path: string): string {
  return process.platform === "win32" ? path.toLowerCase() : path;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
