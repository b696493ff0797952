import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { unphonyTarget } from "../migration/make/phony.ts";

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

/** `Makefile:3` where a target named build is not phony and build/ does not exist yet. */
export async function buildTargets(root: string): Promise<readonly string[]> {
  if (await stat(join(root, "build")).catch(() => null)) return [];
  const found = await Promise.all(
    MAKEFILES.map(async (name) => {
      const text = await readFile(join(root, name), "utf8").catch(() => "");
      const line = unphonyTarget(text, "build");
      return line === null ? [] : [`${name}:${line}`];
    }),
  );
  return found.flat();
}
