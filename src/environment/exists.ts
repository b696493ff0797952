import { access } from "node:fs/promises";
import { join } from "node:path";

/** Whether something stands at a path, which is relative to the root, with `/`. */
export function exists(root: string, path: string): Promise<boolean> {
  return access(join(root, ...path.split("/"))).then(
    () => true,
    () => false,
  );
}
