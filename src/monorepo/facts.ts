import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reading, Span } from "../requirements/declaration.ts";
import { decode } from "../requirements/readers/decode.ts";
import { readRequirementsFile } from "../requirements/readers/requirements-txt.ts";
import { isPython, mayBeRequirements, mayBeShellScript, mayBeSource } from "./interest.ts";
import { existingPaths } from "./local-paths.ts";
import { mainBlocks } from "./main-block.ts";
import { drain } from "./pool.ts";
import { pathInside } from "./real-path.ts";
import { reasonOf } from "./unread.ts";
import type { Walk } from "./walk.ts";

/** What one file says by itself, whatever other files say of it. */
export interface FileFacts {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** What it declares; null where it is no source, or could not be read. */
  readonly reading: Reading | null;
  /** Whether name and content make it a source, without another one that includes it. */
  readonly standsAlone: boolean;
  /** Which of the local paths that its declarations may mean exist, relative to the root. */
  readonly localPaths: readonly string[];
  /** What its head says it was compiled from; empty where it says nothing. */
  readonly compiledFrom: readonly string[];
  /** Whether its head says that One Venv exported it from the lock. */
  readonly exported: boolean;
  /** Where its `__main__` blocks are, in a Python file. */
  readonly mainBlocks: readonly Span[];
  /** Whether its first line names a shell. */
  readonly shell: boolean;
  /** The path of the file that this path is another name of, through symbolic links; else null. */
  readonly aliasOf: string | null;
  /** Why it could not be read; null where it was. */
  readonly reason: string | null;
}

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
 * left out, as are files that vanished. `asSource` holds paths that another source includes.
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

const NOTHING = {
  reading: null,
  standsAlone: false,
  localPaths: [],
  compiledFrom: [],
  exported: false,
  mainBlocks: [],
  shell: false,
  aliasOf: null,
  reason: null,
};

/** What a file's bytes say; null where that is nothing worth keeping. */
function judge(path: string, bytes: Uint8Array, asSource: boolean): FileFacts | null {
  if (asSource || mayBeRequirements(path)) {
    const reading = readRequirementsFile(path, decode(bytes).text);
    return { ...NOTHING, path, reading, standsAlone: mayBeRequirements(path) };
  }
  if (isPython(path)) {
    const blocks = contains(bytes, "__main__") ? mainBlocks(decode(bytes).text) : [];
    return blocks.length > 0 ? { ...NOTHING, path, mainBlocks: blocks } : null;
  }
  return SHELL.test(head(bytes)) ? { ...NOTHING, path, shell: true } : null;
}

const SHELL = /^#!.*\b(ba|da|z|k)?sh\b/;

function head(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 128)).toString(
    "latin1",
  );
}

function contains(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text);
}
