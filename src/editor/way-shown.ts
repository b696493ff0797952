import * as vscode from "vscode";

/** In milliseconds. */
const SETTLE = 1000;

/**
 * Sets `oneVenv.wayShown` some time after a walkthrough came to the front. VS Code reads the steps of
 * walkthroughs when the first one is opened, and never completes one whose context key was true
 * before that (seen in 1.139.1): this key is false then, and each step names it too.
 */
export function watchWalkthrough(): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const set = (shown: boolean) =>
    void vscode.commands.executeCommand("setContext", "oneVenv.wayShown", shown);
  const update = () => {
    clearTimeout(timer);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    // A walkthrough is one of the tabs that have no public type.
    const maybe = tab !== undefined && tab.input === undefined;
    if (maybe) timer = setTimeout(set, SETTLE, true);
    else set(false);
  };
  update();
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(timer)),
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.window.tabGroups.onDidChangeTabGroups(update),
  );
}
