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
import { resolvedFrom } from "../paths.ts";
import type { CiPart } from "./job.ts";
import type { Jobs } from "./others.ts";
import { differingPython, plainJob, pythonOfImage, SEVERAL } from "./plain-job.ts";

type YamlDocument = YamlFile["documents"][number];

/** CircleCI: each `run` has a shell of its own; the checkout is where the job works. */
export const circleJobs: Jobs = (file, document, input) => {
  const root = document.contents;
  return ["jobs", "commands"].flatMap((list) =>
    pairsOf(document, valueAt(document, root, list)).map(({ key, value }) => {
      const steps = itemsOf(document, valueAt(document, value, "steps"));
      const [docker] = itemsOf(document, valueAt(document, value, "docker"));
      const image = textOf(valueAt(document, docker, "image")) ?? "";
      const parameter = /<<\s*parameters\.([\w-]+)/.exec(image)?.[1];
      const parts = steps.flatMap((step) => circlePart(file, document, step, steps));
      return {
        ...plainJob(`${list} ${textOf(key)}`, parts, false),
        stops: true,
        report: parameter !== undefined && isSeveral(document, root, parameter) ? SEVERAL : null,
        offer: differingPython(pythonOfImage(image), input),
      };
    }),
  );
};

/** Whether a workflow runs a job with several values of a parameter. */
function isSeveral(document: YamlDocument, root: YamlNode, parameter: string): boolean {
  const jobs = pairsOf(document, valueAt(document, root, "workflows")).flatMap(({ value }) =>
    itemsOf(document, valueAt(document, value, "jobs")),
  );
  const values = jobs.flatMap((job) =>
    pairsOf(document, job).flatMap(({ value }) => [
      ...itemsOf(document, valueAt(document, value, "matrix", "parameters", parameter)).map(textOf),
      textOf(valueAt(document, value, parameter)),
    ]),
  );
  return new Set(values.filter((value) => value !== null)).size > 1;
}

function circlePart(
  file: YamlFile,
  document: YamlDocument,
  step: YamlNode,
  list: readonly YamlNode[],
): readonly CiPart[] {
  const count = list.length;
  const run = valueAt(document, step, "run");
  const scalar = isText(run) ? run : valueAt(document, run, "command");
  if (!isText(scalar)) return [];
  const shell = textOf(valueAt(document, run, "shell"));
  const written = textOf(valueAt(document, run, "working_directory"));
  const folder = written === null ? "" : resolvedFrom("", written);
  const place = isFlow(step) ? null : itemPlace(file.text, step);
  return [
    {
      scalar,
      start: folder === null || /[$<]/.test(folder) ? [] : [folder],
      sameShell: false,
      dialect: shell === null || /\b(ba|z|da)?sh\b/.test(shell) ? "sh" : "other",
      whole: count > 1 ? place : null,
      conditional: false,
      list: { node: list, count },
      before:
        place === null
          ? null
          : { at: place.dash, folder: "", text: (command) => `- run: ${command}\n${place.indent}` },
    },
  ];
}
