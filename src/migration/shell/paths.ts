/** Paths inside the repository, relative to the root, with `/`; the root is `""`. */

/** The path that `path` names from `folder`; null where it leads out of the repository. */
export function joined(folder: string, path: string): string | null {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** How `path` is written from `folder`. */
export function relativeTo(folder: string, path: string): string {
  const from = folder === "" ? [] : folder.split("/");
  const to = path === "" ? [] : path.split("/");
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/") || ".";
}

/** The folder that a path lies in. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A folder and those above it, up to the root. */
export function ancestors(folder: string): readonly string[] {
  const above = [folder];
  for (let at = folder; at !== ""; ) {
    at = folderOf(at);
    above.push(at);
  }
  return above;
}

/** Where the files of One Venv lie. */
export const CENTRAL = "build/python";
export const RUNNER = `${CENTRAL}/run.py`;
export const SETUP = `${CENTRAL}/setup.py`;
export const VENV = `${CENTRAL}/venv`;
