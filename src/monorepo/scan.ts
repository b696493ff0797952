import { type FileFacts, readFacts } from "./facts.ts";
import { missingIncludes } from "./includes.ts";
import { relate } from "./relate.ts";
import type { Scan } from "./scan-data.ts";
import { type WalkOptions, walk } from "./walk.ts";

export type * from "./scan-data.ts";

/**
 * Walks a root folder and says what lies in it. Throws where the root itself cannot be read, and
 * the signal's reason where it is aborted.
 */
export async function scan(root: string, options: WalkOptions): Promise<Scan> {
  const walked = await walk(root, options);
  const facts = await readFacts(root, walked.files, new Set(), options.signal);
  return relate(root, walked, await withIncluded(root, facts, options.signal));
}

/** The facts with those of every file that a source includes, and so on. */
export async function withIncluded(
  root: string,
  facts: readonly FileFacts[],
  signal?: AbortSignal,
): Promise<FileFacts[]> {
  const all = [...facts];
  for (;;) {
    const missing = missingIncludes(all);
    if (missing.size === 0) return all;
    all.push(...(await readFacts(root, [], missing, signal)));
  }
}
