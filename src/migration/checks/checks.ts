import type { Addition, CheckFile } from "./addition.ts";
import { hasCheck } from "./addition.ts";
import { byHand, githubCheck, newWorkflow, WORKFLOW } from "./github.ts";
import { gitlabCheck } from "./gitlab.ts";
import { newPreCommit, PRE_COMMIT, preCommitCheck } from "./pre-commit.ts";

/** What checks are made from: values, no I/O. */
export interface ChecksInput {
  /** The workflows, .gitlab-ci.yml, other CI files and pre-commit's configuration. */
  readonly files: readonly CheckFile[];
  /** Those of `files` that are another CI system's. */
  readonly otherCi: ReadonlySet<string>;
  /** The base Python as major.minor, or null where it is not decided. */
  readonly python: string | null;
}

/**
 * Where the check of the central venv could be added. What has it already is not named: one
 * workflow that has it is enough. By kind: CI first, then pre-commit.
 */
export function checksToAdd({ files, otherCi, python }: ChecksInput): readonly Addition[] {
  const workflows = files.filter(({ path }) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const gitlab = files.filter(({ path }) => path === ".gitlab-ci.yml");
  const others = files.filter(({ path }) => otherCi.has(path));
  const preCommit = files.find(({ path }) => path === PRE_COMMIT);
  const withoutCheck = (list: readonly CheckFile[]) => (list.some(hasCheck) ? [] : list);
  const noCi = workflows.length + gitlab.length + others.length === 0;
  return [
    ...bestFirst(withoutCheck(workflows).map((file) => githubCheck(file, python))),
    ...withoutCheck(gitlab).map((file) => gitlabCheck(file, python)),
    ...withoutCheck(others).map(({ path }) =>
      byHand(path, "One Venv does not write this kind of CI file"),
    ),
    ...(noCi
      ? [
          newFile(
            WORKFLOW,
            newWorkflow(python),
            "There is no CI file yet: tick it to have this one",
          ),
        ]
      : []),
    ...(preCommit ? withoutCheck([preCommit]).map(preCommitCheck) : []),
    ...(preCommit
      ? []
      : [
          newFile(
            PRE_COMMIT,
            newPreCommit(),
            "pre-commit is not set up here: tick it to begin with this hook",
          ),
        ]),
  ];
}

/** One workflow is enough: that whose job builds already, else the first that runs on changes. */
function bestFirst(additions: readonly Addition[]): Addition[] {
  const advised = additions.filter((one) => one.advised);
  const best = advised.find(({ what }) => what.startsWith("a step")) ?? advised[0];
  const rest = additions.filter((one) => one !== best);
  return [...(best ? [best] : []), ...rest.map((one) => ({ ...one, advised: false }))];
}

function newFile(path: string, text: string, why: string): Addition {
  return {
    path,
    what: "a new file",
    reason: `${why}.`,
    edits: [{ start: 0, end: 0, text }],
    advised: false,
  };
}
