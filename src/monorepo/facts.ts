import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FileFacts, judge, NOTHING } from "./file-facts.ts";
import { isPython, mayBeShellScript, mayBeSource } from "./interest.ts";
import { existingPaths } from "./local-paths.ts";
import { drain } from "./pool.ts";
import { pathInside } from "./real-path.ts";
import { reasonOf } from "./unread.ts";
import type { Walk } from "./walk.ts";

const FILES_AT_A_TIME = 32;

/** The files to read after a walk: a link counts where what it leads to was not met itself. */
export function filesToRead({ files, links }: Walk): string[] {
  const met = new Set(files);
  const unmet = links.filter(({ target }) => {
    if (target === null || met.has(target)) return false;
    met.add(target);
    return true;
  });
  return [...files, ...unmet.map(({ path }) => path)];
}

/**
 * What the files at `paths` (relative to `root`) say; those that say nothing worth keeping are
 * left out, as are files that vanished. `asSource` holds paths that another source names.
 */
export async function readFacts(
  root: string,
  paths: readonly string[],
  asSource: ReadonlySet<string> = new Set(),
  signal?: AbortSignal,
): Promise<FileFacts[]> {
  const facts: FileFacts[] = [];
  await drain(paths.filter(needsReading).concat(...asSource), FILES_AT_A_TIME, async (path) => {
    signal?.throwIfAborted();
    const fact = await factsOf(root, path, asSource.has(path));
    if (fact !== null) facts.push(fact);
  });
  return facts.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function needsReading(path: string): boolean {
  return mayBeSource(path) || isPython(path) || mayBeShellScript(path);
}

async function factsOf(root: string, path: string, asSource: boolean): Promise<FileFacts | null> {
  try {
    if (asSource) {
      const real = await pathInside(root, path);
      if (real === null) return { ...NOTHING, path, reason: "it lies outside the root" };
      if (real !== path) return { ...NOTHING, path, aliasOf: real };
    }
    const facts = judge(path, await readFile(join(root, path)), asSource);
    const localPaths = facts?.reading ? await existingPaths(root, facts.reading) : [];
    return facts && { ...facts, localPaths };
  } catch (error) {
    const reason = reasonOf(error, path) ?? (asSource ? "there is no such file" : null);
    if (reason === null || !(asSource || mayBeSource(path))) return null;
    return { ...NOTHING, path, standsAlone: !asSource, reason };
  }
}
