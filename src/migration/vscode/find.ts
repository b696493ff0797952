import type { Node } from "jsonc-parser";
import { jsonAt, jsonItems, jsonPairs, jsonString, readJson } from "../formats/json-text.ts";
import type { FinderInput } from "../input.ts";
import { placesOf } from "../places.ts";
import { reportAt } from "../report.ts";
import { mentionIn } from "../shell/mention.ts";
import type { Site } from "../site.ts";
import { type Settings, settingsSites } from "./settings.ts";
import { shellTask } from "./shell-task.ts";
import { tasksSites } from "./tasks.ts";
import { workspaceFolder } from "./workspace.ts";

/** The sites of `settings.json`, `launch.json`, `tasks.json` and workspace files. */
export function vscodeSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const root = readJson(text);
  if (root === null) return brokenJson(text, places);
  const folder = workspaceFolder(path, root);
  if (folder === null) {
    const at = mentionIn(text);
    const reason = "The workspace has several folders: which one is meant is not known here.";
    return at < 0 ? [] : [reportAt(places, at, reason)];
  }
  const settings: Settings = { path, text, folder, input, places };
  if (path.endsWith("tasks.json")) return inOrder(taskFile(root, settings));
  if (path.endsWith("launch.json")) return inOrder(launchFile(root, settings));
  if (!path.endsWith(".code-workspace")) return settingsSites(root, settings);
  const tasks = jsonAt(root, "tasks");
  const rest = jsonPairs(root).filter(
    ({ key }) => !["tasks", "folders"].includes(jsonString(key) ?? ""),
  );
  return inOrder([
    ...(tasks === null ? [] : taskFile(tasks, settings)),
    ...rest.flatMap(({ value }) => settingsSites(value, settings)),
  ]);
}

/** The commands of tasks, and what else in them names an environment. */
function taskFile(root: Node, settings: Settings): readonly Site[] {
  const called = tasksSites(root, settings);
  const lines = new Set(called.map(({ line }) => line));
  return [...called, ...settingsSites(root, settings).filter(({ line }) => !lines.has(line))];
}

/** The configurations that only type a command into a terminal, and what names an environment. */
function launchFile(root: Node, settings: Settings): readonly Site[] {
  const called = jsonItems(jsonAt(root, "configurations")).flatMap((one) => {
    const command = jsonAt(one, "command");
    if (jsonString(jsonAt(one, "type")) !== "node-terminal" || command?.type !== "string")
      return [];
    return shellTask(command, jsonString(jsonAt(one, "cwd")), settings);
  });
  const lines = new Set(called.map(({ line }) => line));
  return [...called, ...settingsSites(root, settings).filter(({ line }) => !lines.has(line))];
}

function inOrder(sites: readonly Site[]): readonly Site[] {
  return sites.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** A file that is no JSON is never edited; what it seems to run is named. */
export function brokenJson(text: string, places: ReturnType<typeof placesOf>): readonly Site[] {
  const at = mentionIn(text);
  return at < 0 ? [] : [reportAt(places, at, "The file is not valid JSON: change it by hand.")];
}
