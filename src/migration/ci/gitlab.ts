import { isMap, isScalar, isSeq } from "yaml";
import { yamlFragment } from "../formats/yaml-fragment.ts";
import {
  isText,
  itemsOf,
  pairsOf,
  resolved,
  textOf,
  valueAt,
  type YamlFile,
  type YamlNode,
  type YamlText,
} from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import type { OuterVariable } from "../shell/job.ts";
import type { CiJob, CiPart } from "./job.ts";
import { differingPython, pythonOfImage } from "./plain-job.ts";
import { inOneShell, scriptParts } from "./script-list.ts";
import type { Expressions } from "./sites.ts";

type YamlDocument = YamlFile["documents"][number];

/** GitLab's own variables are the shell's; `$[[ inputs.x ]]` is put in before. */
export const GITLAB: Expressions = { pattern: /\$\[\[(.*?)\]\]/gs, names: new Map() };

/** Keys at the top that are no jobs. */
const RESERVED = new Set(
  "default include stages variables workflow image services cache before_script after_script spec".split(
    " ",
  ),
);

/** The jobs of a GitLab file: what `extends` and `default` bring is theirs. */
export function gitlabJobs(file: YamlFile, input: MigrationInput): readonly CiJob[] {
  return file.documents.flatMap((document) => {
    const root = document.contents;
    const named = pairsOf(document, root).filter(({ key, value }) => {
      const name = textOf(key);
      return name !== null && !RESERVED.has(name) && isMap(resolved(document, value));
    });
    const extended = new Set(named.flatMap(({ value }) => parentsOf(document, value)));
    const top = { file, document, root };
    const jobs = named.flatMap(({ key, value }) => {
      const name = textOf(key)!;
      // A template that another job of the file extends runs as a part of that one.
      return name.startsWith(".") && extended.has(name) ? [] : [jobOf(top, name, value, input)];
    });
    return jobs.filter(({ parts }) => parts.length > 0);
  });
}

interface Top {
  readonly file: YamlFile;
  readonly document: YamlDocument;
  readonly root: YamlNode;
}

function parentsOf(document: YamlDocument, job: YamlNode): readonly string[] {
  const node = valueAt(document, job, "extends");
  const one = textOf(node);
  return one !== null ? [one] : itemsOf(document, node).flatMap((item) => textOf(item) ?? []);
}

/** A key of a job: its own, that of what it extends (the last one first), or the default. */
function settingOf(top: Top, job: YamlNode, key: string, depth = 0): YamlNode {
  const { document, root } = top;
  const own = pairsOf(document, job).find((pair) => textOf(pair.key) === key);
  if (own !== undefined) return resolved(document, own.value);
  if (depth < 12) {
    for (const parent of parentsOf(document, job).toReversed()) {
      const found = settingOf(top, valueAt(document, root, parent), key, depth + 1);
      if (found !== null) return found;
    }
  }
  if (depth > 0 || job === null) return null;
  return valueAt(document, root, "default", key) ?? valueAt(document, root, key);
}

function jobOf(top: Top, name: string, job: YamlNode, input: MigrationInput): CiJob {
  const before = textsOf(top, settingOf(top, job, "before_script"));
  const script = textsOf(top, settingOf(top, job, "script"));
  const after = textsOf(top, settingOf(top, job, "after_script"));
  const parts = [...inOneShell([...before, ...script]), ...inOneShell(after)];
  const windows = isWindows(top, job);
  const image = imageOf(top, job);
  const pythons = parallelPythons(top, job, image);
  return {
    name,
    parts: windows ? parts.map((part) => ({ ...part, dialect: "powershell" as const })) : parts,
    runner: windows ? { kind: "python", separator: "/" } : { kind: "path" },
    anchor: windows ? null : { text: "$CI_PROJECT_DIR", folder: "" },
    bare: true,
    stops: true,
    report: pythons ? "The job tests several Pythons; the central venv has one." : null,
    offer: differingPython(pythonOfImage(image), input),
    variables: variablesOf(top, job),
    expressions: new Map(),
  };
}

/** The texts of a script, `!reference` followed. */
function textsOf(top: Top, node: YamlNode, depth = 0): readonly CiPart[] {
  const { file, document, root } = top;
  const setting = { start: [""], dialect: "sh" as const, folder: "" };
  return scriptParts(file, document, node, setting, (item) => {
    if (!isSeq(item) || item.tag !== "!reference" || depth > 10) return [];
    const [job, key, ...more] = item.items.map((one) => textOf(one) ?? "");
    if (job === undefined || key === undefined || more.length > 0) return [];
    return textsOf(top, settingOf(top, valueAt(document, root, job), key), depth + 1);
  });
}

function imageOf(top: Top, job: YamlNode): string {
  const image = settingOf(top, job, "image");
  return textOf(image) ?? textOf(valueAt(top.document, image, "name")) ?? "";
}

/** Whether `parallel: matrix` runs the job with several Pythons. */
function parallelPythons(top: Top, job: YamlNode, image: string): boolean {
  const { document } = top;
  const matrix = itemsOf(document, valueAt(document, settingOf(top, job, "parallel"), "matrix"));
  const values = matrix.flatMap((one) => pairsOf(document, one));
  return values.some(({ key, value }) => {
    const name = textOf(key) ?? "";
    const used = new RegExp(`\\$\\{?${name.replace(/\W/g, "")}\\b`).test(image);
    const several = itemsOf(document, value).length > 1 || matrix.length > 1;
    return several && (/python|^py/i.test(name) || (used && /python/.test(image)));
  });
}

function isWindows(top: Top, job: YamlNode): boolean {
  return itemsOf(top.document, settingOf(top, job, "tags")).some((tag) =>
    /windows/i.test(textOf(tag) ?? ""),
  );
}

function variablesOf(top: Top, job: YamlNode): readonly OuterVariable[] {
  const { document, root, file } = top;
  const found = new Map<string, YamlText>();
  for (const from of [valueAt(document, root, "variables"), settingOf(top, job, "variables")]) {
    for (const { key, value } of pairsOf(document, from)) {
      const name = textOf(key);
      if (name !== null && isScalar(value) && isText(value)) found.set(name, value);
    }
  }
  return [...found].flatMap(([name, scalar]) => {
    const value = yamlFragment(file.text, scalar);
    return value === null ? [] : [{ name, value }];
  });
}
