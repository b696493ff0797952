import type { YAMLMap } from "yaml";
import { isMap, isScalar, isSeq } from "yaml";
import type { Addition, CheckFile } from "./addition.ts";
import { buildCall, CHECK } from "./addition.ts";
import { blockList, entryAtEnd, itemAfter, readYaml } from "./yaml-list.ts";

/** Where a workflow's check goes when One Venv writes the workflow. */
export const WORKFLOW = ".github/workflows/one-venv.yml";

/** The check in a workflow: behind the step that builds the central venv, else as a job of its own. */
export function githubCheck({ path, text }: CheckFile, python: string | null): Addition {
  const { root, problem } = readYaml(text);
  const jobs = root?.get("jobs");
  if (!root || !isMap(jobs) || jobs.flow || jobs.items.length === 0) {
    const why = problem
      ? `Line ${problem.line} is not understood: ${problem.message}`
      : "It has no jobs";
    return byHand(path, why);
  }
  for (const { key, value } of jobs.items) {
    const step = isMap(value) ? afterBuild(text, value) : null;
    if (step === null) continue;
    return {
      ...{ path, edits: [step], advised: runsOnChanges(root) },
      what: `a step in the job ${nameOf(key)}`,
      reason: `The job ${nameOf(key)} builds the central venv, so that the check can follow.`,
    };
  }
  return {
    ...{ path, advised: runsOnChanges(root), what: "a job of its own" },
    edits: [entryAtEnd(text, jobs, jobLines(freeName(jobs), python))],
    reason:
      "No job here calls build/python/setup.py itself, so the check builds the central venv first.",
  };
}

/** The text of a workflow that does nothing but check. */
export function newWorkflow(python: string | null): string {
  const jobs = jobLines(JOB, python).map((line) => `  ${line}`);
  return ["name: One Venv", "on: [push, pull_request]", "", "jobs:", ...jobs, ""].join("\n");
}

function jobLines(name: string, python: string | null): string[] {
  return [
    `${name}:`,
    "  runs-on: ubuntu-latest",
    "  steps:",
    "    - uses: actions/checkout@v4",
    "    - uses: actions/setup-python@v5",
    "      with:",
    `        python-version: "${python ?? "3.x"}"`,
    "    - run: python build/python/setup.py",
    `    - run: python ${CHECK}`,
  ];
}

/** The name of the check's job. */
const JOB = "one-venv";

/** A name that no entry of the map has. */
export function freeName(map: YAMLMap): string {
  return map.has(JOB) ? `${JOB}-check` : JOB;
}

/** The step behind the last one that builds, called the same way in the same folder. */
function afterBuild(text: string, job: YAMLMap) {
  const steps = blockList(job, "steps");
  if (!steps) return null;
  const calls = steps.items.map((step) => {
    const run = isMap(step) ? step.get("run") : null;
    return typeof run === "string" ? buildCall(run) : null;
  });
  const index = calls.findLastIndex((call) => call !== null);
  const step = steps.items[index];
  if (index < 0 || !isMap(step)) return null;
  const folder = step.get("working-directory");
  return itemAfter(text, steps, index, [
    "name: The central venv is what the files say",
    ...(typeof folder === "string" ? [`working-directory: ${folder}`] : []),
    `run: ${calls[index]} check`,
  ]);
}

/** Whether it runs for what people push or propose. */
function runsOnChanges(root: YAMLMap): boolean {
  const on = root.get("on");
  const names = isMap(on)
    ? on.items.map(({ key }) => nameOf(key))
    : isSeq(on)
      ? on.items.map(nameOf)
      : [String(on)];
  return names.some((name) => name === "push" || name.startsWith("pull_request"));
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

/** What cannot be added here, and what a person adds. */
export function byHand(path: string, why: string): Addition {
  const reason = `${why}. Add "python ${CHECK}" behind what builds the central venv.`;
  return { path, what: "by hand", reason, edits: [], advised: false };
}
