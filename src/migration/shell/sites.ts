import type { FinderInput } from "../input.ts";
import type { Places } from "../places.ts";
import type { ShellJob, ShellResult } from "./job.ts";

/**
 * The call sites of a job's shell text, edits and all, in the file's own offsets. `places` gives ids
 * and lines, and is one for all jobs of a file.
 */
export function shellSites(_job: ShellJob, _input: FinderInput, _places: Places): ShellResult {
  return { sites: [], setup: false, unprepared: [] };
}
