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
} from "../formats/yaml-text.ts";
import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import { folderOf } from "../shell/paths.ts";
import type { CiJob, CiPart } from "./job.ts";
import { plainJob } from "./plain-job.ts";
import { scriptParts } from "./script-list.ts";

type YamlDocument = YamlFile["documents"][number];

/**
 * The tasks of a Taskfile. Each command has a shell of its own, which Task brings along on every
 * platform: so the runner stands behind the Python that is there already.
 */
export function taskJobs(file: YamlFile, _input: FinderInput, path: string): readonly CiJob[] {
  return file.documents.flatMap((document) => {
    const root = document.contents;
    const common = valueAt(document, root, "vars");
    return pairsOf(document, valueAt(document, root, "tasks")).map(({ key, value }) => {
      const task = resolved(document, value);
      const dir = textOf(valueAt(document, task, "dir"));
      const folder = dir === null ? folderOf(path) : resolvedFrom(folderOf(path), dir);
      const start = folder === null || /[{$]/.test(folder) ? [] : [folder];
      const variables = [common, valueAt(document, task, "vars")].flatMap((vars) =>
        variablesIn(file, document, vars),
      );
      return {
        ...plainJob(textOf(key) ?? "", commandsOf(file, document, task, start), true),
        bare: false,
        variables,
        expressions: new Map(variables.map(({ name }) => [`.${name}`, name] as const)),
      };
    });
  });
}

function commandsOf(
  file: YamlFile,
  document: YamlDocument,
  task: YamlNode,
  start: readonly string[],
): readonly CiPart[] {
  const setting = { start, dialect: "sh" as const, folder: start[0] ?? "" };
  const other = (item: YamlNode): readonly CiPart[] =>
    scriptParts(file, document, valueAt(document, item, "cmd"), setting);
  const lists =
    isText(task) || itemsOf(document, task).length > 0
      ? [task]
      : ["cmds", "cmd", "preconditions", "status"].map((name) => valueAt(document, task, name));
  const parts = lists.flatMap((list) => scriptParts(file, document, list, setting, other));
  return parts.map((part) => ({ ...part, sameShell: false }));
}

function variablesIn(file: YamlFile, document: YamlDocument, vars: YamlNode): CiJob["variables"] {
  return pairsOf(document, vars).flatMap(({ key, value }) => {
    const name = textOf(key);
    const fragment = isText(value) ? yamlFragment(file.text, value) : null;
    return name === null || fragment === null || fragment.text.includes("{{")
      ? []
      : [{ name, value: fragment }];
  });
}
