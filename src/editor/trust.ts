import * as vscode from "vscode";

/** Whether the folder is trusted; where it is not, says what that means and how to change it. */
export function isTrusted(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const text =
    "In an untrusted folder One Venv only reads and shows: nothing runs, nothing is written.";
  void vscode.window.showWarningMessage(text, "Manage Workspace Trust").then((button) => {
    if (button) void vscode.commands.executeCommand("workbench.trust.manage");
  });
  return false;
}
