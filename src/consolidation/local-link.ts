import { localPaths } from "../requirements/local-path.ts";
import type { MergeSource } from "./source.ts";

/** A path inside the repository, relative to the root (`""` for the root). */
export interface LocalLink {
  readonly path: string;
}

/** A source's local requirement as the root sees it; null for a URL, or an absolute path. */
export function localLink(
  source: MergeSource,
  link: string,
): LocalLink | { reason: string } | null {
  const places = localPaths(source.path, link);
  if (places === null) return null;
  const found = places.find((one) => source.localPaths.has(one));
  if (found !== undefined) return { path: found };
  const written = link.replace(/\[[^\]]*\]$/, "");
  return { reason: `nothing lies at ${written} in this repository` };
}
