import type { MergeSource } from "./source.ts";

/** A path inside the repository, relative to the root (`""` for the root). */
export interface LocalLink {
  readonly path: string;
}

/**
 * A source's local requirement as the root sees it. pip takes it from the folder that it runs
 * in, authors often mean the file's own: that is tried first. null: a URL, or a path outside.
 */
export function localLink(
  source: MergeSource,
  link: string,
): LocalLink | { reason: string } | null {
  if (/^[a-z][a-z0-9+.-]+:/i.test(link) || link.startsWith("/")) return null;
  const path = link.replace(/\[[^\]]*\]$/, "");
  const folder = source.path.slice(0, Math.max(0, source.path.lastIndexOf("/")));
  const candidates = [join(folder, path), join("", path)];
  const found = candidates.find((one) => one !== null && source.localPaths.has(one));
  if (found === undefined || found === null) {
    return { reason: `nothing lies at ${path} in this repository` };
  }
  return { path: found };
}

/** Joins a folder and a relative path, both with `/`; null where it leads out of the root. */
function join(folder: string, path: string): string | null {
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
