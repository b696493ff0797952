import * as vscode from "vscode";
import type { FolderState, Folders } from "./folders.ts";
import { statusText } from "./status-text.ts";

/** The one status-bar item: the folder of the active editor, or the first that One Venv fits. */
export function createStatusBar(folders: Folders): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "oneVenv.health",
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = "One Venv";
  const update = () => {
    const state = folders.of(vscode.window.activeTextEditor?.document.uri) ?? folders.all()[0];
    if (state) show(item, state);
    else item.hide();
  };
  update();
  return vscode.Disposable.from(
    item,
    folders.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function show(item: vscode.StatusBarItem, state: FolderState): void {
  const { text, reason, command, warn } = statusText(state);
  item.text = text;
  item.tooltip = tooltip(state, reason);
  item.command = command.startsWith("oneVenv.")
    ? { command, title: text, arguments: [state.folder.uri] }
    : command;
  item.backgroundColor = warn
    ? new vscode.ThemeColor("statusBarItem.warningBackground")
    : undefined;
  item.accessibilityInformation = {
    label: `One Venv: ${text.replace(/\$\([^)]*\)\s*/, "")}. ${reason}`,
    role: "button",
  };
  item.show();
}

const LINKS: [string, string][] = [
  ["Consolidate Requirements", "oneVenv.consolidate"],
  ["Build Central Venv", "oneVenv.build"],
  ["Run a Script…", "oneVenv.runScript"],
  ["Check Again", "oneVenv.refresh"],
  ["Show Log", "oneVenv.showLog"],
];

function tooltip(
  { folder, root, sources, scan, health }: FolderState,
  reason: string,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: LINKS.map(([, command]) => command) };
  text
    .appendMarkdown("**One Venv** — ")
    .appendText(`${folder.name}: ${sources} sources, ${scan.scripts.length} scripts`);
  if (root !== folder.uri.fsPath)
    text.appendMarkdown("\n\n").appendText(`The central venv of ${root} is used.`);
  text.appendMarkdown("\n\n").appendText(reason);
  const { report } = health;
  if (report?.python) {
    const built =
      report.built === null ? "" : `, built ${new Date(report.built * 1000).toLocaleString()}`;
    text
      .appendMarkdown("\n\n")
      .appendText(
        `Python ${report.python}, ${report.packages} packages, with ${report.installer}${built}.`,
      );
  }
  const links = LINKS.map(
    ([title, command]) =>
      `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([folder.uri]))})`,
  );
  return text.appendMarkdown(`\n\n---\n\n${links.join(" · ")}`);
}
