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
