import { relative, sep } from "node:path";
import * as vscode from "vscode";
import { HOME } from "../environment/layout.ts";

/** Tells of every file and folder that is made, changed or removed in the workspace's folders. */
export function watchFolders(onChange: (uri: vscode.Uri) => void): vscode.Disposable {
  return watch("**/*", onChange);
}

/** The same for the `build/python` of a root that lies above the opened folder. */
export function watchHome(root: string, onChange: (uri: vscode.Uri) => void): vscode.Disposable {
  return watch(new vscode.RelativePattern(vscode.Uri.file(root), `${HOME}/*`), onChange);
}

function watch(pattern: vscode.GlobPattern, onChange: (uri: vscode.Uri) => void) {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(onChange),
    watcher.onDidChange(onChange),
    watcher.onDidDelete(onChange),
  );
}

/** The path relative to a root, with `/`; null where it lies outside. */
export function pathFrom(root: string, uri: vscode.Uri): string | null {
  const path = relative(root, uri.fsPath).split(sep).join("/");
  return path.startsWith("../") || path === ".." || /^[A-Za-z]:/.test(path) ? null : path || ".";
}
