import type { Node } from "jsonc-parser";
import {
  jsonAt,
  jsonFragment,
  jsonItems,
  jsonPairs,
  jsonString,
  readJson,
} from "./formats/json-text.ts";
import type { FinderInput } from "./input.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { rootVariable } from "./root-variable.ts";
import type { ShellPart } from "./shell/job.ts";
import { mentionIn } from "./shell/mention.ts";
import { folderOf } from "./shell/paths.ts";
import { shellSites } from "./shell/sites.ts";
import type { Site } from "./site.ts";
import { brokenJson } from "./vscode/find.ts";
import { settingsSites } from "./vscode/settings.ts";

/** The commands that run in the container, in the order in which they do. */
const HOOKS = [
  "onCreateCommand",
  "updateContentCommand",
  "postCreateCommand",
  "postStartCommand",
  "postAttachCommand",
];

/**
 * The sites of a devcontainer.json: its container has the repository itself, so that its commands
 * are the repository's, and make the venv before they use it.
 */
export function devcontainerSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const root = readJson(text);
  if (root === null) return brokenJson(text, places);
  const folder = folderOf(path).replace(/(^|\/)\.devcontainer(\/[^/]+)?$/, "");
  const parts = HOOKS.flatMap((hook) =>
    commandsOf(jsonAt(root, hook)).flatMap((node): ShellPart[] => {
      const fragment = jsonFragment(text, node);
      if (fragment === null) return [];
      return [
        {
          fragment,
          start: [folder],
          sameShell: false,
          group: "container",
          whole: null,
          offer: null,
        },
      ];
    }),
  );
  const job = {
    path,
    file: text,
    parts,
    variables: ["containerWorkspaceFolder", "localWorkspaceFolder"].map((name) =>
      rootVariable(name, folder),
    ),
    runner: { kind: "path" as const },
    python: "python3",
    anchor: null,
    script: false,
    bareCheckout: true,
    openEnd: false,
  };
  const { sites } = shellSites(job, input, places);
  const programs = HOOKS.flatMap((hook) => listsOf(jsonAt(root, hook))).flatMap((list) => {
    const words = jsonItems(list).map((one) => jsonString(one) ?? "");
    if (!/^(python[\d.]*|pip[\d.]*)$/.test(words[0] ?? "") && mentionIn(words.join(" ")) < 0)
      return [];
    if (words.some((word) => word.startsWith("build/python/"))) return [];
    const names = pathsOf(mentionsIn(words.join(" "), [folder], input));
    return [
      reportAt(
        places,
        list.offset,
        "A list is a program and its arguments: change it by hand.",
        names,
      ),
    ];
  });
  const lines = new Set([...sites, ...programs].map(({ line }) => line));
  const settings = { path, text, folder, input, places };
  const others = settingsSites(root, settings).filter(({ line }) => !lines.has(line));
  return [...sites, ...programs, ...others].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

/** The commands that are lists. */
function listsOf(node: Node | null): readonly Node[] {
  if (node?.type === "array") return [node];
  return jsonPairs(node).flatMap(({ value }) => listsOf(value));
}

/** A command is a text; an object names several. A list is a program and its arguments: no shell. */
function commandsOf(node: Node | null): readonly Node[] {
  if (node?.type === "string") return [node];
  return jsonPairs(node).flatMap(({ value }) => commandsOf(value));
}
