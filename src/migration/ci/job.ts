import type { YamlText } from "../formats/yaml-text.ts";
import type { Anchor, OuterVariable, RunnerForm, Start } from "../shell/job.ts";

/** What a piece of a job is written in: other languages are left alone. */
export type Dialect = "sh" | "powershell" | "cmd" | "other";

/** A text of a CI file that a shell runs. */
export interface CiPart {
  readonly scalar: YamlText;
  /** The folder that it starts in, as the shell engine wants it. */
  readonly start: Start;
  /** It goes on in the shell of the part before. */
  readonly sameShell: boolean;
  readonly dialect: Dialect;
  /** What goes where nothing of the text stays; null where it must stay. */
  readonly whole: { readonly start: number; readonly end: number } | null;
  /** The list that it is an item of, and how many that has: one of them has to stay. */
  readonly list: { readonly node: unknown; readonly count: number } | null;
  /** It runs only under a condition of its own. */
  readonly conditional: boolean;
  /** Where a call of setup.py is put before it; null where none can be. */
  readonly before: Insertion | null;
}

/** A place for one more step, and how it is written there: `python PATH` in the middle. */
export interface Insertion {
  readonly at: number;
  readonly text: (command: string) => string;
  /** The folder that the step starts in. */
  readonly folder: string;
}

/** A CI job: what runs one after the other on one checkout of the repository. */
export interface CiJob {
  readonly name: string;
  readonly parts: readonly CiPart[];
  readonly runner: RunnerForm;
  readonly anchor: Anchor | null;
  /** It starts from a bare checkout: nothing is there before it. */
  readonly bare: boolean;
  /** A command that fails ends it. */
  readonly stops: boolean;
  /** Why nothing of the job can be edited; null where it can. */
  readonly report: string | null;
  /** Why what would be rewritten is only offered; null where it is not so. */
  readonly offer: string | null;
  /** The job's own variables, which its shells know; one with several values stands there for each. */
  readonly variables: readonly OuterVariable[];
  /** Folders of the repository's own actions that it uses. */
  readonly actions?: readonly string[];
  /** What expressions of the job are, as names of variables. */
  readonly expressions: ReadonlyMap<string, string>;
}

/** Why a job that publishes is only offered: what is released is built apart from all else. */
export const PUBLISHES =
  "The job publishes packages: what it builds them with may be better kept apart.";
