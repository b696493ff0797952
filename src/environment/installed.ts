import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { VENV } from "./layout.ts";

/**
 * What the central venv holds, by normalised name, as the last build recorded it; empty where
 * there is no build.
 */
export async function installedVersions(root: string): Promise<ReadonlyMap<string, string>> {
  try {
    const text = await readFile(join(root, ...VENV.split("/"), ".one-venv.json"), "utf8");
    const { packages } = JSON.parse(text) as { packages?: Record<string, string> };
    return new Map(Object.entries(packages ?? {}));
  } catch {
    return new Map();
  }
}
