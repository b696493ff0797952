import * as vscode from "vscode";
import type { Left } from "../commands/left.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";
import type { InterpreterSelection } from "./interpreter/select.ts";
import { statusText } from "./status-text.ts";
import { tooltip } from "./status-tooltip.ts";
import type { Way } from "./way.ts";

/** In milliseconds. */
const MINUTE = 60_000;

/** The one status-bar item: the folder of the active editor, or the first that One Venv fits. */
export function createStatusBar(
  folders: Folders,
  interpreter: InterpreterSelection,
  way: Way,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "oneVenv.health",
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = "One Venv";
  const update = () => {
    const all = folders.all();
    const active = folders.of(vscode.window.activeTextEditor?.document.uri);
    const state = active ?? all[0];
    if (!state) return item.hide();
    const others = all.filter(
      ({ folder }) => folder.uri.toString() !== state.folder.uri.toString(),
    );
    show(item, state, others, interpreter.other, way.left(state));
  };
  update();
  // The tooltip says how long ago the venv was built.
  const clock = setInterval(update, MINUTE);
  return vscode.Disposable.from(
    item,
    new vscode.Disposable(() => clearInterval(clock)),
    folders.onDidChange(update),
    interpreter.onDidChange(update),
    way.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function show(
  item: vscode.StatusBarItem,
  state: FolderState,
  others: readonly FolderState[],
  other: InterpreterSelection["other"],
  left: Left | null,
): void {
  const said = statusText(state, other(state));
  const { text, reason, command, click, warn } = said;
  item.text = text;
  item.tooltip = tooltip(
    state,
    said,
    others.map((one) => ({ state: one, text: statusText(one, other(one)).text })),
    other(state) === null,
    left,
  );
  item.command = command.startsWith("oneVenv.")
    ? { command, title: text, arguments: [state.folder.uri] }
    : command;
  item.backgroundColor = warn
    ? new vscode.ThemeColor("statusBarItem.warningBackground")
    : undefined;
  item.accessibilityInformation = {
    label: `One Venv: ${text.replace(/\$\([^)]*\)\s*/, "")}. ${reason} ${click}`,
    role: "button",
  };
  item.show();
}
