/** A path from the root, taken from a folder of the root (`` is the root); null where it leads out. */
export function resolvedFrom(folder: string, path: string): string | null {
  if (/^([/\\~]|[A-Za-z]:)/.test(path)) return null;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split(/[/\\]/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** How a path from the root is written in a folder of the root. */
export function writtenFrom(folder: string, path: string): string {
  const from = folder.split("/").filter((part) => part !== "" && part !== ".");
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

/** The folder of a path, `` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
