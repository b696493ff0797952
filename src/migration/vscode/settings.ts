import type { Node } from "jsonc-parser";
import { jsonFragment, jsonItems, jsonPairs, jsonString } from "../formats/json-text.ts";
import { editOfFile } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { mentionsIn, pathsOf } from "../mentions.ts";
import type { Places } from "../places.ts";
import { reportAt } from "../report.ts";
import type { Site } from "../site.ts";
import { centralPath, environmentPath, isCentralPython } from "./environment-path.ts";

/** What a tree of settings is read with. */
export interface Settings {
  readonly path: string;
  readonly text: string;
  /** What `${workspaceFolder}` stands for, relative to the root. */
  readonly folder: string;
  readonly input: FinderInput;
  readonly places: Places;
}

/** Keys whose patterns only say where not to look, and files of variables. */
const HARMLESS = /exclude|ignore|^envFile$|^label$|^name$|^description$|^detail$/i;

/** The texts of a JSON value that name a program of an environment follow to the central venv. */
export function settingsSites(node: Node, settings: Settings, key = ""): readonly Site[] {
  if (HARMLESS.test(key)) return [];
  if (node.type === "object") {
    return jsonPairs(node).flatMap((pair) =>
      settingsSites(pair.value, settings, jsonString(pair.key) ?? ""),
    );
  }
  if (node.type === "array")
    return jsonItems(node).flatMap((one) => settingsSites(one, settings, key));
  return textSite(node, settings, key);
}

function textSite(
  node: Node,
  { text, folder, input, places }: Settings,
  key: string,
): readonly Site[] {
  const fragment = jsonFragment(text, node);
  if (fragment === null) return [];
  const path = environmentPath(fragment.text, folder, input);
  if (path === null) {
    const names = pathsOf(mentionsIn(fragment.text, [folder], input));
    if (names.length === 0 && !isForeignPython(key, fragment.text)) return [];
    const reason =
      names.length > 0
        ? "It names what the migration takes away: change it by hand."
        : "It names a Python of one machine: the central venv's is build/python/venv.";
    return [reportAt(places, node.offset, reason, names)];
  }
  const known = isCentralPython(path.program, input) || input.consoleScripts.has(path.program);
  const names = [path.environment];
  if (!known) {
    const reason = `The central venv may have no ${path.program}: change the path by hand.`;
    return [reportAt(places, node.offset, reason, names)];
  }
  const venv = centralPath(folder, "build/python/venv", path.separator);
  return [
    {
      ...reportAt(places, node.offset, "The path follows to the central venv.", names),
      kind: "rewrite",
      edits: [editOfFile(fragment, { start: path.start, end: path.end, text: venv })],
      stillNames: [],
    },
  ];
}

/** An absolute path, in a setting that names an interpreter. */
function isForeignPython(key: string, text: string): boolean {
  if (!/^python$|^pythonPath$|interpreter(Path)?$|^python\.pythonPath$/i.test(key)) return false;
  return /^([/\\~]|[A-Za-z]:[/\\]).*python[\d.]*(\.exe)?$/i.test(text);
}
