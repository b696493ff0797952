import type { Addition, CheckFile } from "./addition.ts";
import { CHECK } from "./addition.ts";
import { blockList, itemAfter, readYaml } from "./yaml-list.ts";

export const PRE_COMMIT = ".pre-commit-config.yaml";

/** The check as a hook of the repository itself: pre-commit installs nothing for it. */
const HOOK = [
  "repo: local",
  "hooks:",
  "  - id: one-venv-check",
  "    name: the central venv is what the files say",
  `    entry: python3 ${CHECK}`,
  "    language: system",
  "    pass_filenames: false",
  "    always_run: true",
];

export function preCommitCheck({ path, text }: CheckFile): Addition {
  const { root, problem } = readYaml(text);
  const repos = root && blockList(root, "repos");
  if (!repos) {
    const why = problem
      ? `Line ${problem.line} is not understood: ${problem.message}`
      : "It has no list of repos with dashes";
    const reason = `${why}. Add a local hook that runs "python3 ${CHECK}".`;
    return { path, what: "by hand", reason, edits: [], advised: false };
  }
  return {
    ...{ path, what: "a local hook", advised: true },
    reason: "A commit stops where the central venv is not what the files say.",
    edits: [itemAfter(text, repos, repos.items.length - 1, HOOK)],
  };
}

/** The text of a configuration that has nothing but the check. */
export function newPreCommit(): string {
  const lines = HOOK.map((line, i) => `${i === 0 ? "  - " : "    "}${line}`);
  return ["repos:", ...lines, ""].join("\n");
}
