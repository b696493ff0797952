import { isMap } from "yaml";
import {
  itemsOf,
  pairsOf,
  textOf,
  valueAt,
  type YamlFile,
  type YamlNode,
} from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import type { CiJob, CiPart } from "./job.ts";
import { differingPython, plainJob, pythonOfImage, SEVERAL } from "./plain-job.ts";
import { inOneShell, type ScriptSetting, scriptParts } from "./script-list.ts";

type YamlDocument = YamlFile["documents"][number];
/** Reads the jobs of one document. */
export type Jobs = (
  file: YamlFile,
  document: YamlDocument,
  input: MigrationInput,
) => readonly CiJob[];

const ROOT: ScriptSetting = { start: [""], dialect: "sh", folder: "" };

/** Bitbucket: each step runs its script in one shell. */
export const bitbucketJobs: Jobs = (file, document, input) => {
  const jobs: CiJob[] = [];
  const common = textOf(valueAt(document, document.contents, "image"));
  const visit = (node: YamlNode, depth: number): void => {
    if (depth > 12) return;
    const script = valueAt(document, node, "script");
    if (script !== null) {
      const after = valueAt(document, node, "after-script");
      const parts = [script, after].flatMap((one) =>
        inOneShell(scriptParts(file, document, one, ROOT)),
      );
      const own = valueAt(document, node, "image");
      const image = textOf(own) ?? textOf(valueAt(document, own, "name")) ?? common ?? "";
      jobs.push({
        ...plainJob(`step ${jobs.length}`, parts, false),
        stops: true,
        anchor: { text: "$BITBUCKET_CLONE_DIR", folder: "" },
        offer: differingPython(pythonOfImage(image), input),
      });
      return;
    }
    for (const { value } of pairsOf(document, node)) visit(value, depth + 1);
    for (const item of itemsOf(document, node)) visit(item, depth + 1);
  };
  visit(valueAt(document, document.contents, "pipelines"), 0);
  return jobs;
};

const TRAVIS_PHASES = [
  "before_install",
  "install",
  "before_script",
  "script",
  "after_success",
  "after_script",
];

/** Travis: all phases of a job run in one shell. */
export const travisJobs: Jobs = (file, document, input) => {
  const root = document.contents;
  const included = ["jobs", "matrix"].flatMap((key) =>
    itemsOf(document, valueAt(document, root, key, "include")),
  );
  const jobs = [root, ...included].flatMap((node, i): CiJob[] => {
    const own = (key: string) => valueAt(document, node, key) ?? valueAt(document, root, key);
    if (i > 0 && TRAVIS_PHASES.every((key) => valueAt(document, node, key) === null)) return [];
    const parts = TRAVIS_PHASES.flatMap((key) => scriptParts(file, document, own(key), ROOT));
    const pythons = [textOf(own("python")), ...itemsOf(document, own("python")).map(textOf)].filter(
      (one) => one !== null,
    );
    const several = new Set(
      [...pythons, ...included.map((one) => textOf(valueAt(document, one, "python")))].filter(
        (one) => one !== null,
      ),
    );
    return [
      {
        ...plainJob(`job ${i}`, inOneShell(parts), /windows/.test(textOf(own("os")) ?? "")),
        anchor: { text: "$TRAVIS_BUILD_DIR", folder: "" },
        report: several.size > 1 ? SEVERAL : null,
        offer: differingPython(pythons[0], input),
      },
    ];
  });
  return jobs;
};

/** Drone and Woodpecker: each step is a container of its own on the one checkout. */
export const droneJobs: Jobs = (file, document, input) => {
  const root = document.contents;
  const steps = ["steps", "pipeline"].flatMap((key) => {
    const node = valueAt(document, root, key);
    return [...itemsOf(document, node), ...pairsOf(document, node).map(({ value }) => value)];
  });
  const several = pairsOf(document, valueAt(document, root, "matrix")).some(
    ({ key, value }) => /python/i.test(textOf(key) ?? "") && itemsOf(document, value).length > 1,
  );
  return steps.flatMap((step, i) => {
    if (!isMap(step)) return [];
    const parts = inOneShell(
      scriptParts(file, document, valueAt(document, step, "commands"), ROOT),
    );
    const image = textOf(valueAt(document, step, "image")) ?? "";
    const job = plainJob(`step ${i}`, parts, false);
    const offer = differingPython(pythonOfImage(image), input);
    return [{ ...job, offer, report: several ? SEVERAL : null }];
  });
};

const APPVEYOR_PHASES = [
  "init",
  "install",
  "before_build",
  "build_script",
  "after_build",
  "before_test",
  "test_script",
  "after_test",
  "on_success",
  "deploy_script",
];

/** AppVeyor: Windows and its cmd, unless the image is Linux. */
export const appveyorJobs: Jobs = (file, document) => {
  const root = document.contents;
  const images = [
    textOf(valueAt(document, root, "image")),
    ...itemsOf(document, valueAt(document, root, "image")).map(textOf),
  ];
  const linux =
    images.every((one) => one === null || /ubuntu|macos/i.test(one)) &&
    images.some((one) => one !== null);
  const setting: ScriptSetting = { ...ROOT, dialect: linux ? "sh" : "cmd" };
  const parts = APPVEYOR_PHASES.flatMap((phase) => {
    const other = (item: YamlNode): readonly CiPart[] =>
      pairsOf(document, item).flatMap(({ key, value }) => {
        const dialect =
          { ps: "powershell", pwsh: "powershell", sh: "sh", cmd: "cmd" }[textOf(key) ?? ""] ??
          "other";
        return scriptParts(file, document, value, {
          ...setting,
          dialect: dialect as CiPart["dialect"],
        });
      });
    return scriptParts(file, document, valueAt(document, root, phase), setting, other);
  });
  const environment = valueAt(document, root, "environment");
  const matrix = itemsOf(document, valueAt(document, environment, "matrix"));
  const pythons = new Set(
    matrix.flatMap((one) =>
      pairsOf(document, one).flatMap(({ key, value }) =>
        /python/i.test(textOf(key) ?? "") ? [textOf(value)] : [],
      ),
    ),
  );
  const job = plainJob("build", inOneShell(parts), !linux);
  return [{ ...job, report: pythons.size > 1 ? SEVERAL : null }];
};

/** AWS CodeBuild: the commands of all phases run in one shell (from version 0.2 on). */
export const buildspecJobs: Jobs = (file, document, input) => {
  const root = document.contents;
  const phases = pairsOf(document, valueAt(document, root, "phases")).map(({ value }) => value);
  const parts = phases.flatMap((phase) =>
    ["commands", "finally"].flatMap((key) =>
      scriptParts(file, document, valueAt(document, phase, key), ROOT),
    ),
  );
  const version = phases.map((phase) =>
    textOf(valueAt(document, phase, "runtime-versions", "python")),
  );
  const old = textOf(valueAt(document, root, "version")) === "0.1";
  return [
    {
      ...plainJob(
        "build",
        old ? parts.map((part) => ({ ...part, sameShell: false })) : inOneShell(parts),
        false,
      ),
      anchor: { text: "$CODEBUILD_SRC_DIR", folder: "" },
      offer: differingPython(
        version.find((one) => one !== null),
        input,
      ),
    },
  ];
};
