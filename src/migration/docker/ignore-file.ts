import { folderOf } from "../shell/paths.ts";

/**
 * Whether a `.dockerignore` counts for a Dockerfile: one of its own name beside it, or one in the
 * Dockerfile's folder or above, from where it may be built.
 */
export function isIgnoreFileOf(ignoreFile: string, dockerfile: string): boolean {
  if (!/(^|\/)(docker|container)file([-_.][^/]*)?$|\.(docker|container)file$/i.test(dockerfile))
    return false;
  if (/ignore$/.test(dockerfile)) return false;
  const name = ignoreFile.slice(ignoreFile.lastIndexOf("/") + 1);
  if (!/^\.(docker|container)ignore$/.test(name))
    return ignoreFile === `${dockerfile}.dockerignore`;
  const folder = folderOf(ignoreFile);
  return folder === "" || dockerfile.startsWith(`${folder}/`);
}
