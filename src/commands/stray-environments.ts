import { stat } from "node:fs/promises";
import { join } from "node:path";
import { whyNotDeleted } from "../environment/delete-environment.ts";
import type { EnvironmentFolder } from "../monorepo/environments.ts";
import { folderSize } from "../monorepo/environments.ts";
import type { Scan } from "../monorepo/scan.ts";

/** A stray environment as a person is shown it before it is deleted. */
export interface StrayEnvironment extends EnvironmentFolder {
  /** What its files hold. */
  readonly bytes: number;
  /** When it was made, in milliseconds since 1970; null where nothing tells. */
  readonly made: number | null;
  /** Why it is not deleted, in a sentence; null where it can be. */
  readonly kept: string | null;
}

/** The stray environments of a scan; throws where the signal is aborted. */
export async function strayEnvironments(
  { root, environments }: Pick<Scan, "root" | "environments">,
  signal: AbortSignal,
): Promise<StrayEnvironment[]> {
  const found: StrayEnvironment[] = [];
  // One after another: each reads thousands of folders at once by itself.
  for (const environment of environments) {
    signal.throwIfAborted();
    const folder = join(root, ...environment.path.split("/"));
    const [bytes, made, kept] = await Promise.all([
      folderSize(folder, signal),
      madeAt(folder, environment.kind),
      whyNotDeleted(root, environment.path),
    ]);
    found.push({ ...environment, bytes, made, kept });
  }
  return found;
}

/** Its maker writes this file first, and nobody afterwards. */
async function madeAt(folder: string, kind: EnvironmentFolder["kind"]): Promise<number | null> {
  const file = kind === "venv" ? "pyvenv.cfg" : join("conda-meta", "history");
  const state = await stat(join(folder, file)).catch(() => null);
  return state?.mtimeMs ?? null;
}

/** A size in words: `1.3 MB`. */
export function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "KB"];
  const size = bytes / unit;
  return `${size >= 10 ? Math.round(size) : size.toFixed(1)} ${name}`;
}
