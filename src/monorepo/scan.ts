import { filesToRead, readFacts } from "./facts.ts";
import { withIncluded } from "./included.ts";
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
  const facts = await readFacts(root, filesToRead(walked), new Set(), options.signal);
  return relate(root, walked, await withIncluded(root, facts, options.signal));
}
