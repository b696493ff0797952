import { relative, sep } from "node:path";
import * as vscode from "vscode";
import { isRegistered } from "../settings.ts";
import { withEntries } from "./entries.ts";

/** A setting of a language server that lists import roots. */
interface Key {
  readonly key: string;
  readonly reader: string;
}

const KEYS: readonly Key[] = [
  { key: "python.analysis.extraPaths", reader: "Pylance" },
  { key: "basedpyright.analysis.extraPaths", reader: "basedpyright" },
];

/** A setting of a folder as it is to be. */
export interface SettingChange extends Key {
  readonly value: readonly string[];
}

/** Import roots as these settings name them: relative to the folder, which is one by itself. */
export function relativeRoots(roots: readonly string[], folder: vscode.Uri): string[] {
  return roots
    .map((root) => relative(folder.fsPath, root).split(sep).join("/"))
    .filter((path) => path !== "");
}

/** What would have to change for the language servers to know the roots; `ours`: written earlier. */
export function settingChanges(
  folder: vscode.Uri,
  ours: readonly string[],
  roots: readonly string[],
): SettingChange[] {
  return KEYS.filter(({ key }) => isRegistered(key)).flatMap((key) => {
    const found = vscode.workspace.getConfiguration(undefined, folder).inspect<string[]>(key.key);
    // A value of the folder hides the person's own, so it has to hold that too.
    const now = found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue ?? [];
    const value = withEntries(now, ours, roots);
    return value.join("\n") === now.join("\n") ? [] : [{ ...key, value }];
  });
}
