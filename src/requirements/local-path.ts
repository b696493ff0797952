/**
 * The paths inside the root (relative to it, with `/`, `""` for the root itself) that a link in
 * the source `file` may mean: pip takes it from the folder that it runs in, authors often mean the
 * file's own, so that comes first. Empty for what lies outside; null for a URL or an absolute path.
 */
export function localPaths(file: string, link: string): string[] | null {
  if (/^[a-z][a-z0-9+.-]*:|^[/\\]/i.test(link)) return null;
  const path = link.replace(/\[[^\]]*\]$/, "").replaceAll("\\", "/");
  const places = [joined(folderOf(file), path), joined("", path)];
  return [...new Set(places)].filter((place) => place !== null);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** Null where the path leads out of the root. */
function joined(folder: string, path: string): string | null {
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
