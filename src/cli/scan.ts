import { join } from "node:path";
import { folderSize } from "../monorepo/environments.ts";
import { scan } from "../monorepo/scan.ts";
import type { Output } from "./output.ts";
import { DONE } from "./output.ts";
import { scanJson } from "./scan-json.ts";
import { printScan } from "./scan-text.ts";

/** `one-venv scan`: what lies in the folder. Listing is exit 0 whatever is found. */
export async function runScan(root: string, json: boolean, output: Output): Promise<number> {
  const found = await scan(root, { git: true });
  const environments = await Promise.all(
    found.environments.map(async (environment) => {
      const bytes = await folderSize(join(root, ...environment.path.split("/")));
      return { ...environment, bytes };
    }),
  );
  if (json) output.json(scanJson(found, environments));
  else printScan(found, environments, output);
  return DONE;
}
