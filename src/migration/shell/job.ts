import type { Fragment } from "../fragment.ts";
import type { Site } from "../site.ts";

/**
 * Shell text of one file that belongs together, in the order in which it runs: a script (one part), a
 * Makefile (a part for each recipe line), a CI job (a part for each step).
 */
export interface ShellJob {
  /** The file, relative to the root, and its whole text. */
  readonly path: string;
  readonly file: string;
  readonly parts: readonly ShellPart[];
  /** Variables that the file sets outside of its shell text, such as make's. */
  readonly variables: readonly OuterVariable[];
  readonly runner: RunnerForm;
  /** The Python that makes the venv where the text names none: `python3`, in CI and on Windows `python`. */
  readonly python: string;
  /** Text that expands to the absolute path of a folder everywhere in the file; null where there is none. */
  readonly anchor: Anchor | null;
  /** The text is a script's: `$0` and `${BASH_SOURCE[0]}` are its path. */
  readonly script: boolean;
  /** Nothing is there before it: a call is moved only behind a call of setup.py, others are offered. */
  readonly bareCheckout: boolean;
  /** What follows the last part is unknown and may need the activated shell (a file that is sourced). */
  readonly openEnd: boolean;
  /** The first command that fails ends it, as in most CI systems. */
  readonly stops?: boolean;
}

/** One piece of shell text. A new part is a new shell, unless it says that it goes on. */
export interface ShellPart {
  readonly fragment: Fragment;
  readonly start: Start;
  /** It goes on in the shell of the part before: directory, variables, activation. */
  readonly sameShell: boolean;
  /** Parts of a group run one after the other and make one venv: a make target, a CI job. */
  readonly group: string;
  /** What goes from the file where nothing of the text stays (a recipe line with its line end). */
  readonly whole: { readonly start: number; readonly end: number } | null;
  /** Why what would be rewritten is only offered here; null where it is not so. */
  readonly offer: string | null;
}

/** Where a shell starts, relative to the root (`""`): one of these folders; none where it is unknown. */
export type Start = readonly string[];

/** How the runner is called: by its path, or behind a Python (npm scripts, PowerShell, batch). */
export type RunnerForm =
  | { readonly kind: "path" }
  | { readonly kind: "python"; readonly separator: "/" | "\\" };

/** `text` (as the shell reads it, before the fragment's escape) is the absolute path of `folder`. */
export interface Anchor {
  readonly text: string;
  readonly folder: string;
}

/** A variable set outside of the shell text, which names it `${NAME}`. */
export interface OuterVariable {
  readonly name: string;
  /** The value as shell text, other variables in it written `${OTHER}`. */
  readonly value: Fragment;
}

export interface ShellResult {
  readonly sites: readonly Site[];
  /** Whether setup.py is called in the job, or will be after the edits. */
  readonly setup: boolean;
  /** Sites that need a venv that nothing before them in the job makes. */
  readonly unprepared: readonly Site[];
}
