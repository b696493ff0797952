import { plainFragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { placesOf } from "../places.ts";
import { folderOf } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import type { WindowsDialect } from "./commands.ts";
import { windowsSites } from "./sites.ts";

const finder =
  (dialect: WindowsDialect) =>
  (path: string, text: string, input: FinderInput): readonly Site[] => {
    const fragment = plainFragment(text, 0, text.length);
    // A double click starts it in its own folder, a person at a prompt may stand at the root.
    const start = [...new Set([folderOf(path), ""])];
    const job = { path, dialect, fragment, start, kind: "offer" as const, file: true };
    return windowsSites(job, input, placesOf(path, text)).sites;
  };

/** The call sites of a batch file. */
export const batchSites = finder("batch");

/** The call sites of a PowerShell script. */
export const powershellSites = finder("powershell");
