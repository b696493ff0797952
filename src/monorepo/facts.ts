import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FileFacts, judge, NOTHING } from "./file-facts.ts";
import { isPython, mayBeShellScript, mayBeSource } from "./interest.ts";
import { existingPaths } from "./local-paths.ts";
import { pathInside } from "./real-path.ts";
import { turns } from "./turns.ts";
import { reasonOf } from "./unread.ts";
import type { Walk } from "./walk.ts";

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
  const next = turns();
  for (const path of paths.filter(needsReading).concat(...asSource)) {
    const pause = next();
    if (pause) await pause;
    signal?.throwIfAborted();
    const known = asSource.has(path) ? await otherThanItself(root, path) : null;
    const found = known ?? factsOf(root, path, asSource.has(path));
    if (found?.reading) {
      facts.push({ ...found, localPaths: await existingPaths(root, found.reading) });
    } else if (found) facts.push(found);
  }
  return facts.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function needsReading(path: string): boolean {
  return mayBeSource(path) || isPython(path) || mayBeShellScript(path);
}

/** The facts of an included path that leads out of the root, or to a file with another name. */
async function otherThanItself(root: string, path: string): Promise<FileFacts | null> {
  const real = await pathInside(root, path).catch(() => path);
  if (real === null) return { ...NOTHING, path, reason: "it lies outside the root" };
  return real === path ? null : { ...NOTHING, path, aliasOf: real };
}

function factsOf(root: string, path: string, asSource: boolean): FileFacts | null {
  try {
    return judge(path, bytesOf(join(root, path)), asSource);
  } catch (error) {
    const reason = reasonOf(error, path) ?? (asSource ? "there is no such file" : null);
    if (reason === null || !(asSource || mayBeSource(path))) return null;
    return { ...NOTHING, path, standsAlone: !asSource, reason };
  }
}

function bytesOf(path: string): Uint8Array {
  const file = openSync(path, FLAG);
  try {
    if (fstatSync(file).size > LARGEST) throw Object.assign(new Error(path), { code: "EFBIG" });
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** In bytes. What people write is smaller by far, and reading must not hold us up. */
const LARGEST = 10_000_000;

/** A named pipe must not hold us up; Windows has no such flag. */
const FLAG = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
