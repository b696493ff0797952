import { yamlFragment } from "../formats/yaml-fragment.ts";
import { isFlow, itemPlace } from "../formats/yaml-place.ts";
import {
  isText,
  itemsOf,
  pairsOf,
  textOf,
  valueAt,
  type YamlFile,
  type YamlNode,
  type YamlText,
} from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import { givenVariable, rootVariable } from "../root-variable.ts";
import { expanded, type Job, matrixValues, type YamlDocument } from "./github-job.ts";
import { reasonToOffer, reasonToReport } from "./github-pythons.ts";
import type { CiJob, CiPart, Dialect, Insertion } from "./job.ts";
import type { Expressions } from "./sites.ts";

export const GITHUB: Expressions = {
  pattern: /\$\{\{(.*?)\}\}/gs,
  names: new Map([
    ["github.workspace", "GITHUB_WORKSPACE"],
    ["env.GITHUB_WORKSPACE", "GITHUB_WORKSPACE"],
  ]),
};

/** The jobs of a GitHub workflow, or the one of a composite action. */
export function githubJobs(file: YamlFile, input: MigrationInput): readonly CiJob[] {
  return file.documents.flatMap((document) => {
    const root = document.contents;
    const using = textOf(valueAt(document, root, "runs", "using"));
    if (using === "composite") {
      const steps = itemsOf(document, valueAt(document, root, "runs", "steps"));
      const job = { name: "composite", node: null, steps, document, root, file, action: true };
      return [jobOf(job, input)];
    }
    return pairsOf(document, valueAt(document, root, "jobs")).flatMap(({ key, value }) => {
      const steps = itemsOf(document, valueAt(document, value, "steps"));
      const name = textOf(key) ?? "";
      if (steps.length === 0) return [];
      return [jobOf({ name, node: value, steps, document, root, file, action: false }, input)];
    });
  });
}

function jobOf(job: Job, input: MigrationInput): CiJob {
  const { name } = job;
  const checkout = checkoutOf(job);
  const parts = checkout === null ? [] : job.steps.flatMap((step) => partOf(job, step, checkout));
  const windows = parts.some(({ dialect }) => dialect === "powershell" || dialect === "cmd");
  const inside = checkout === null || checkout === "" ? "" : `/${checkout}`;
  return {
    name,
    parts,
    runner: windows ? { kind: "python", separator: "/" } : { kind: "path" },
    anchor: windows ? null : { text: `$GITHUB_WORKSPACE${inside}`, folder: "" },
    bare: true,
    stops: true,
    report: reasonToReport(job),
    offer: reasonToOffer(job, input),
    actions: job.steps.flatMap((step) => {
      const uses = textOf(valueAt(job.document, step, "uses")) ?? "";
      return uses.startsWith("./") ? (resolvedFrom("", uses) ?? []) : [];
    }),
    ...variablesOf(job, checkout),
  };
}

/** What the job's shells and expressions know: its `env`, its matrix, its workspace. */
function variablesOf(job: Job, checkout: string | null): Pick<CiJob, "variables" | "expressions"> {
  const { document, node, root, file } = job;
  const texts = new Map<string, YamlText>();
  for (const from of [root, node]) {
    for (const { key, value } of pairsOf(document, valueAt(document, from, "env"))) {
      if (isText(value) && !value.value.includes("${{")) texts.set(textOf(key) ?? "", value);
    }
  }
  const set = [...texts].flatMap(([name, scalar]) => {
    const value = yamlFragment(file.text, scalar);
    return value === null ? [] : [{ name, value }];
  });
  const matrix = pairsOf(document, valueAt(document, node, "strategy", "matrix")).flatMap(
    ({ key }) => {
      const name = textOf(key) ?? "";
      const values = matrixValues(job, name) ?? [];
      // A value that may be a program is no part of a path, and is not this file's to change.
      const plain = values.every(
        (value) => /^[\w./-]+$/.test(value) && !/^(python|pip|py)[\d.]*$/.test(value),
      );
      const variable = `MATRIX_${name.replace(/\W/g, "_")}`;
      return plain ? values.map((value) => ({ name, given: givenVariable(variable, value) })) : [];
    },
  );
  return {
    variables: [
      ...(checkout === "" ? [rootVariable("GITHUB_WORKSPACE", "")] : []),
      ...set,
      ...matrix.map(({ given }) => given),
    ],
    expressions: new Map([
      ...set.map(({ name }) => [`env.${name}`, name] as const),
      ...matrix.map(({ name, given }) => [`matrix.${name}`, given.name] as const),
    ]),
  };
}

/** Where the job has the repository, relative to its workspace; null where it works on another one. */
function checkoutOf({ document, steps }: Job): string | null {
  let other = false;
  for (const step of steps) {
    if (!/^actions\/checkout@/.test(textOf(valueAt(document, step, "uses")) ?? "")) continue;
    const repository = textOf(valueAt(document, step, "with", "repository"));
    if (repository !== null && !repository.includes("github.repository")) {
      other = other || valueAt(document, step, "with", "path") === null;
      continue;
    }
    const path = textOf(valueAt(document, step, "with", "path"));
    return path === null ? "" : (resolvedFrom("", path) ?? null);
  }
  return other ? null : "";
}

/** The folders into which a job takes other repositories: what runs there is theirs. */
function otherCheckouts({ document, steps }: Job): readonly string[] {
  return steps.flatMap((step) => {
    if (!/^actions\/checkout@/.test(textOf(valueAt(document, step, "uses")) ?? "")) return [];
    const repository = textOf(valueAt(document, step, "with", "repository"));
    const path = textOf(valueAt(document, step, "with", "path"));
    if (repository === null || repository.includes("github.repository") || path === null) return [];
    return resolvedFrom("", path) ?? [];
  });
}

function partOf(job: Job, step: YamlNode, checkout: string): readonly CiPart[] {
  const { document, node, root, file, action } = job;
  const scalar = valueAt(document, step, "run");
  if (!isText(scalar)) return [];
  const defaults = (key: string): string | null =>
    textOf(valueAt(document, node, "defaults", "run", key)) ??
    textOf(valueAt(document, root, "defaults", "run", key));
  const written =
    textOf(valueAt(document, step, "working-directory")) ??
    (action ? null : defaults("working-directory"));
  const shell = textOf(valueAt(document, step, "shell")) ?? (action ? null : defaults("shell"));
  const others = otherCheckouts(job);
  const inOther = (folder: string): boolean =>
    others.some((other) => folder === other || folder.startsWith(`${other}/`));
  const folders = foldersOf(job, step, written);
  if (folders.some(inOther)) return [];
  const starts = folders.map((folder) => inCheckout(folder, checkout));
  const start = starts.every((folder) => folder !== null) ? (starts as string[]) : [];
  const dialect = shell === null ? (isWindows(job) ? "powershell" : "sh") : dialectOf(shell);
  const place = isFlow(step) ? null : itemPlace(file.text, step);
  return [
    {
      scalar,
      start,
      sameShell: false,
      dialect,
      whole: place !== null && mayGo(document, step, job.steps) ? place : null,
      conditional: isConditional(textOf(valueAt(document, step, "if"))),
      list: { node: job.steps, count: job.steps.length },
      before: place === null ? null : stepBefore(job, place, checkout, shell),
    },
  ];
}

/** One more step before another: it starts where the job's defaults say. */
function stepBefore(
  { document, node, root, action }: Job,
  place: { readonly dash: number; readonly indent: string },
  checkout: string,
  shell: string | null,
): Insertion {
  const written = action
    ? null
    : (textOf(valueAt(document, node, "defaults", "run", "working-directory")) ??
      textOf(valueAt(document, root, "defaults", "run", "working-directory")));
  const folder = written === null ? "" : resolvedFrom("", written);
  const inside = folder === null || /\$/.test(folder) ? null : inCheckout(folder, checkout);
  const { dash, indent } = place;
  // Where the step would start elsewhere, it says itself where it starts.
  const lines = [
    ...(inside === null ? [`working-directory: ${checkout === "" ? "." : checkout}`] : []),
    ...(action ? [`shell: ${shell ?? "bash"}`] : []),
  ];
  const more = lines.map((line) => `${indent}  ${line}\n`).join("");
  return {
    at: dash,
    folder: inside ?? "",
    text: (command) => `- run: ${command}\n${more}${indent}`,
  };
}

/** A folder of the workspace as one of the repository; null where it lies outside of it. */
function inCheckout(folder: string, checkout: string): string | null {
  if (checkout === "") return folder;
  if (folder === checkout) return "";
  return folder.startsWith(`${checkout}/`) ? folder.slice(checkout.length + 1) : null;
}

/** The folders that a step may start in; none where it is not known. */
function foldersOf(job: Job, step: YamlNode, written: string | null): readonly string[] {
  if (written === null) return [""];
  return expanded(job, step, written).flatMap((one) => {
    const folder = resolvedFrom("", one.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, "./"));
    return folder === null || folder.includes("$") ? [] : [folder];
  });
}

function isWindows(job: Job): boolean {
  const { document, node } = job;
  const runsOn = valueAt(document, node, "runs-on");
  const labels = [
    textOf(runsOn),
    ...itemsOf(document, runsOn).map(textOf),
    ...itemsOf(document, valueAt(document, node, "runs-on", "labels")).map(textOf),
  ];
  return labels.some((label) => {
    if (label === null) return false;
    return expanded(job, null, label).some((one) => /windows/i.test(one));
  });
}

function dialectOf(shell: string): Dialect {
  const [program] = shell.trim().split(/\s+/);
  if (/^(bash|sh|zsh|dash|ksh)$/.test(program ?? "")) return "sh";
  if (/^(pwsh|powershell)$/.test(program ?? "")) return "powershell";
  return program === "cmd" ? "cmd" : "other";
}

/** Whether a step may go as a whole: nothing else hangs on it, and others are left. */
function mayGo(document: YamlDocument, step: YamlNode, steps: readonly YamlNode[]): boolean {
  const keys = pairsOf(document, step).map(({ key }) => textOf(key));
  const known = ["name", "run", "shell", "working-directory", "env", "timeout-minutes"];
  return steps.length > 1 && keys.every((key) => known.includes(key ?? ""));
}

/** Whether a condition may hold a step back whose job goes on. */
function isConditional(condition: string | null): boolean {
  return (
    condition !== null && !/^\s*(\$\{\{\s*)?(always|success|!\s*cancelled)\(\)/.test(condition)
  );
}
