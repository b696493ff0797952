import * as vscode from "vscode";

/** Whether an installed extension has the setting: VS Code refuses to write any other. */
export function isRegistered(key: string): boolean {
  return vscode.workspace.getConfiguration().inspect(key)?.defaultValue !== undefined;
}

/** Where settings of a folder are written: never the person's own. */
export function settingsTarget(): vscode.ConfigurationTarget {
  const several = vscode.workspace.workspaceFile !== undefined;
  return several
    ? vscode.ConfigurationTarget.WorkspaceFolder
    : vscode.ConfigurationTarget.Workspace;
}

/** Writes a setting for a folder; undefined takes it away. */
export async function writeSetting(folder: vscode.Uri, key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(undefined, folder).update(key, value, settingsTarget());
}
