import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import * as vscode from "vscode";
import { runnerImportRoots } from "../environment/import-roots.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import { centralPython } from "./interpreter/central-python.ts";
import type { Log } from "./log.ts";

const NAME = "PYTHONPATH";

/**
 * New terminals find what the runner finds: PYTHONPATH as the runner sets it, for each workspace
 * folder with a central venv. PATH and VIRTUAL_ENV are left to whoever activates environments.
 */
export function createTerminals(
  all: vscode.GlobalEnvironmentVariableCollection,
  folders: Folders,
  log: Log,
): vscode.Disposable {
  all.description = "PYTHONPATH, with the import roots of the central venv's runner";
  const known = () => new Map(folders.all().map((one) => [one.folder.uri.toString(), one]));
  const update = async () => {
    if (!vscode.workspace.isTrusted) return;
    const states = known();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      await set(
        all.getScoped({ workspaceFolder: folder }),
        folder,
        states.get(folder.uri.toString()),
      );
    }
  };
  return folders.onDidChange(() => {
    update().catch((error) => log.error("Setting PYTHONPATH of terminals", error));
  });
}

/** A change makes VS Code offer to restart the terminals that are open: only a real one is made. */
async function set(
  variables: vscode.EnvironmentVariableCollection,
  folder: vscode.WorkspaceFolder,
  state: FolderState | undefined,
): Promise<void> {
  if (!state || !existsSync(centralPython(state.root))) return variables.clear();
  const ours = (await runnerImportRoots(state.root)).join(delimiter);
  const value = isSetElsewhere(folder) ? `${delimiter}${ours}` : ours;
  if (variables.get(NAME)?.value === value) return;
  // What a person has set stands first, as with the runner; an empty entry would mean ".".
  if (value === ours) variables.replace(NAME, value);
  else variables.append(NAME, value);
}

/** Whether terminals get a PYTHONPATH from the environment or from VS Code's own setting. */
function isSetElsewhere(folder: vscode.WorkspaceFolder): boolean {
  const platform = { win32: "windows", darwin: "osx" }[process.platform as string] ?? "linux";
  const env = vscode.workspace
    .getConfiguration("terminal.integrated.env", folder)
    .get<Record<string, string | null>>(platform);
  const own = env && NAME in env ? env[NAME] : process.env[NAME];
  return own !== undefined && own !== null && own !== "";
}
