import { dirname } from "node:path";
import { exists } from "./exists.ts";
import { CENTRAL } from "./layout.ts";

/**
 * The root for an opened folder: the nearest folder from there up to the git top level that has
 * a central file, else the folder itself.
 */
export async function findRoot(folder: string): Promise<string> {
  for (let up = folder; ; up = dirname(up)) {
    if (await exists(up, CENTRAL)) return up;
    if (dirname(up) === up || (await exists(up, ".git"))) return folder;
  }
}
