import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CENTRAL } from "./layout.ts";

/**
 * The root for an opened folder: the nearest folder from there up to the git top level that has
 * a central file, else the folder itself.
 */
export async function findRoot(folder: string): Promise<string> {
  for (let up = folder; ; up = dirname(up)) {
    if (await exists(join(up, ...CENTRAL.split("/")))) return up;
    if (dirname(up) === up || (await exists(join(up, ".git")))) return folder;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
