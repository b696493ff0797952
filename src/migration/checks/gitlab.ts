import type { YAMLMap } from "yaml";
import { isMap, isScalar, isSeq } from "yaml";
import type { Addition, CheckFile } from "./addition.ts";
import { buildCall, CHECK } from "./addition.ts";
import { byHand, freeName } from "./github.ts";
import { blockList, entryAtEnd, itemAfter, readYaml } from "./yaml-list.ts";

/** The check in .gitlab-ci.yml: behind the line that builds the central venv, else a job of its own. */
export function gitlabCheck({ path, text }: CheckFile, python: string | null): Addition {
  const { root, problem } = readYaml(text);
  if (!root || root.flow || root.items.length === 0) {
    const why = problem
      ? `Line ${problem.line} is not understood: ${problem.message}`
      : "It has no jobs";
    return byHand(path, why);
  }
  for (const { key, value } of root.items) {
    const script = isMap(value) ? blockList(value, "script") : null;
    const calls = (script?.items ?? []).map((item) =>
      isScalar(item) && typeof item.value === "string" ? buildCall(item.value) : null,
    );
    const index = calls.findLastIndex((call) => call !== null);
    if (!script || index < 0) continue;
    const name = String(isScalar(key) ? key.value : key);
    return {
      ...{ path, what: `a line in the job ${name}`, advised: true },
      reason: `The job ${name} builds the central venv, so that the check can follow.`,
      edits: [itemAfter(text, script, index, [`${calls[index]} check`])],
    };
  }
  const lines = [
    `${freeName(root)}:`,
    ...stageOf(root),
    `  image: python:${python ?? "3"}`,
    "  script:",
    "    - python build/python/setup.py",
    `    - python ${CHECK}`,
  ];
  return {
    ...{ path, what: "a job of its own", advised: true },
    reason:
      "No job here calls build/python/setup.py itself, so the check builds the central venv first.",
    edits: [entryAtEnd(text, root, lines)],
  };
}

/** GitLab's own stage is `test`; where the file names its stages and that is none, the last one. */
function stageOf(root: YAMLMap): string[] {
  const stages = root.get("stages");
  if (!isSeq(stages)) return [];
  const names = stages.items.map((item) => String(isScalar(item) ? item.value : item));
  return names.length === 0 || names.includes("test") ? [] : [`  stage: ${names.at(-1)}`];
}
