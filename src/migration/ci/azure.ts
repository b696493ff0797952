import { isFlow, itemPlace } from "../formats/yaml-place.ts";
import {
  isText,
  itemsOf,
  pairsOf,
  textOf,
  valueAt,
  type YamlFile,
  type YamlNode,
} from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import type { CiJob, CiPart, Dialect } from "./job.ts";
import { differingPython, plainJob, pythonOfImage, SEVERAL } from "./plain-job.ts";
import type { Expressions } from "./sites.ts";

type YamlDocument = YamlFile["documents"][number];

/** `$(name.of.variable)`, `$[ … ]` and `${{ … }}`; `$(pwd)` is the shell's own. */
export const AZURE: Expressions = {
  pattern: /\$\(([A-Za-z_]\w*\.[\w.]+)\)|\$\{\{.*?\}\}|\$\[.*?\]/gs,
  names: new Map([
    ["Build.SourcesDirectory", "BUILD_SOURCESDIRECTORY"],
    ["System.DefaultWorkingDirectory", "SYSTEM_DEFAULTWORKINGDIRECTORY"],
  ]),
};

/** The jobs of an Azure pipeline, or of a template of one. */
export function azureJobs(file: YamlFile, input: MigrationInput): readonly CiJob[] {
  return file.documents.flatMap((document) => {
    const jobs: CiJob[] = [];
    const visit = (node: YamlNode, pool: YamlNode, depth: number): void => {
      if (depth > 12) return;
      const here = valueAt(document, node, "pool") ?? pool;
      const steps = itemsOf(document, valueAt(document, node, "steps"));
      if (steps.length > 0)
        jobs.push(jobOf({ file, document, node, pool: here, steps }, input, jobs.length));
      for (const list of ["stages", "jobs"]) {
        for (const item of itemsOf(document, valueAt(document, node, list)))
          visit(item, here, depth + 1);
      }
      for (const { value } of pairsOf(document, valueAt(document, node, "strategy"))) {
        for (const { value: hook } of pairsOf(document, value)) visit(hook, here, depth + 1);
        visit(value, here, depth + 1);
      }
    };
    visit(document.contents, null, 0);
    return jobs;
  });
}

interface Job {
  readonly file: YamlFile;
  readonly document: YamlDocument;
  readonly node: YamlNode;
  readonly pool: YamlNode;
  readonly steps: readonly YamlNode[];
}

function jobOf(job: Job, input: MigrationInput, number: number): CiJob {
  const { document, node, steps } = job;
  const matrix = pairsOf(document, valueAt(document, node, "strategy", "matrix"));
  const windows = isWindows(
    job,
    matrix.map(({ value }) => value),
  );
  const parts = steps.flatMap((step) => partOf(job, step, windows));
  const versions = steps.flatMap((step) => {
    if (!/^UsePythonVersion@/.test(textOf(valueAt(document, step, "task")) ?? "")) return [];
    const version = textOf(valueAt(document, step, "inputs", "versionSpec")) ?? "";
    return version.replace(/^\$\(([\w.]+)\)$/, (whole, name) => variableOf(job, name) ?? whole);
  });
  const several = versions.some((one) => /\$\(/.test(one)) && matrix.length > 1;
  return {
    ...plainJob(`job ${number}`, parts, windows),
    anchor: windows ? null : { text: "$BUILD_SOURCESDIRECTORY", folder: "" },
    report: several || new Set(versions).size > 1 ? SEVERAL : null,
    offer: differingPython(versions[0] ?? pythonOfImage(containerOf(job)), input),
  };
}

/** The image that a job runs in. */
function containerOf({ document, node }: Job): string {
  const container = valueAt(document, node, "container");
  return textOf(container) ?? textOf(valueAt(document, container, "image")) ?? "";
}

/** A variable of the job, else of the pipeline, by its name. */
function variableOf({ document, node }: Job, name: string): string | null {
  for (const from of [node, document.contents]) {
    const variables = valueAt(document, from, "variables");
    const listed = itemsOf(document, variables).find(
      (one) => textOf(valueAt(document, one, "name")) === name,
    );
    const value =
      textOf(valueAt(document, variables, name)) ?? textOf(valueAt(document, listed, "value"));
    if (value !== null) return value;
  }
  return null;
}

function isWindows({ document, pool }: Job, matrix: readonly YamlNode[]): boolean {
  const image = textOf(valueAt(document, pool, "vmImage")) ?? textOf(pool) ?? "";
  if (!/\$/.test(image)) return /windows|vs20/i.test(image);
  const values = matrix.flatMap((one) => pairsOf(document, one).map(({ value }) => textOf(value)));
  return values.some((value) => /windows|vs20/i.test(value ?? ""));
}

const KEYS: readonly (readonly [string, Dialect | null])[] = [
  ["script", null],
  ["bash", "sh"],
  ["pwsh", "powershell"],
  ["powershell", "powershell"],
];

function partOf(
  { file, document, steps }: Job,
  step: YamlNode,
  windows: boolean,
): readonly CiPart[] {
  const found = KEYS.find(([key]) => isText(valueAt(document, step, key)));
  if (found === undefined) return [];
  const scalar = valueAt(document, step, found[0]);
  if (!isText(scalar)) return [];
  const written = textOf(valueAt(document, step, "workingDirectory"));
  const inside = written?.replace(
    /^\$\((Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\)\/?/,
    "./",
  );
  const folder = inside == null ? "" : resolvedFrom("", inside);
  const start = folder === null || folder.includes("$") ? [] : [folder];
  const place = isFlow(step) ? null : itemPlace(file.text, step);
  const keys = pairsOf(document, step).map(({ key }) => textOf(key));
  const plain = keys.every((key) =>
    /^(script|bash|pwsh|powershell|displayName|workingDirectory|env)$/.test(key ?? ""),
  );
  return [
    {
      scalar,
      start,
      sameShell: false,
      dialect: found[1] ?? (windows ? "cmd" : "sh"),
      whole: plain && steps.length > 1 ? place : null,
      conditional: valueAt(document, step, "condition") !== null,
      list: { node: steps, count: steps.length },
      before:
        place === null
          ? null
          : {
              at: place.dash,
              folder: "",
              text: (command) => `- script: ${command}\n${place.indent}`,
            },
    },
  ];
}
