import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/**
 * What a path relative to `root` is without symbolic links, relative to it too, with `/`; null
 * where that lies outside. Throws where nothing is there.
 */
export async function pathInside(root: string, path: string): Promise<string | null> {
  const real = relative(await realpath(root), await realpath(join(root, path)));
  const parts = real.split(sep);
  // On Windows a path on another drive stays absolute.
  return parts[0] === ".." || /^[a-z]:$/i.test(parts[0]!) ? null : parts.join("/");
}
