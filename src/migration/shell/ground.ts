import type { FinderInput } from "../input.ts";
import type { ShellJob } from "./job.ts";

/** What decides the drafts of a job's commands. */
export interface Ground {
  readonly job: ShellJob;
  readonly input: FinderInput;
  /** Functions that the text defines: their names are no programs. */
  readonly functions: ReadonlySet<string>;
  /** Environments that a line which stays still fills or names, with the sentence that says so. */
  readonly held: ReadonlyMap<string, string>;
  /** The keys of the environments that the text makes. */
  readonly made: ReadonlySet<string>;
  /** Packages that lines of the job install and nothing declares. */
  readonly missing: ReadonlySet<string>;
}
