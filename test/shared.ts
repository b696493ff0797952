import { existsSync } from "node:fs";
import { join } from "node:path";

const shared = join(import.meta.dirname, "..", "..", "shared");

/** The path of a file or folder in `../shared`, or undefined where that is absent. */
export function sharedPath(...parts: string[]): string | undefined {
  const path = join(shared, ...parts);
  return existsSync(path) ? path : undefined;
}
