import { formatOf } from "../requirements/readers/recognise.ts";
import { callSiteKind } from "./call-site-files.ts";

/** Whether a file is worth a look for what its path says (relative to the root, with `/`). */
export function isOfInterest(path: string): boolean {
  return (
    isPython(path) ||
    mayBeSource(path) ||
    lockKind(path) !== null ||
    callSiteKind(path) !== null ||
    mayBeShellScript(path)
  );
}

export function isPython(path: string): boolean {
  return path.endsWith(".py") || path.endsWith(".pyw");
}

/** Whether the name is one that sources have; for text files the content has the last word. */
export function mayBeSource(path: string): boolean {
  return lockKind(path) === null && formatOf(path) !== null;
}

export type LockKind = "poetry" | "uv" | "pipenv" | "pylock" | "pdm" | "conda";

/** Which tool's lock file a path names, or null. */
export function lockKind(path: string): LockKind | null {
  const name = nameOf(path);
  if (/^pylock\.([^.]+\.)?toml$/.test(name)) return "pylock";
  if (/^conda-lock\.ya?ml$/.test(name)) return "conda";
  return LOCKS.get(name) ?? null;
}

/** Whether only the first line can tell: names without an extension, as scripts often have. */
export function mayBeShellScript(path: string): boolean {
  return !nameOf(path).includes(".");
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a path, `.` for the root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

const LOCKS = new Map<string, LockKind>([
  ["poetry.lock", "poetry"],
  ["uv.lock", "uv"],
  ["Pipfile.lock", "pipenv"],
  ["pdm.lock", "pdm"],
]);
