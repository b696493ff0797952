import * as vscode from "vscode";
import { mainBlocks } from "../monorepo/main-block.ts";
import type { Folders } from "./folders.ts";

/** **Run with central venv** and **Run with Arguments…** above each `__main__` block. */
export function createRunLenses(folders: Folders): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  // Lenses that are asked for anew flicker: only where One Venv applies makes a difference to them.
  const where = () =>
    folders
      .all()
      .map(({ folder }) => folder.uri.toString())
      .join("\n");
  let shownWhere = where();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => (isShown(document, folders) ? lensesOf(document) : []),
  };
  return vscode.Disposable.from(
    changed,
    folders.onDidChange(() => {
      if (where() === shownWhere) return;
      shownWhere = where();
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration("oneVenv.codeLens") && changed.fire(),
    ),
    vscode.languages.registerCodeLensProvider({ language: "python", scheme: "file" }, provider),
  );
}

function isShown({ uri }: vscode.TextDocument, folders: Folders): boolean {
  const wanted = vscode.workspace.getConfiguration("oneVenv", uri).get("codeLens", true);
  return wanted && folders.of(uri) !== undefined;
}

function lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
  return mainBlocks(document.getText()).flatMap(({ line, column }) => {
    const range = new vscode.Range(line - 1, column - 1, line - 1, column - 1);
    const args = [document.uri];
    return [
      new vscode.CodeLens(range, {
        title: "$(play) Run with central venv",
        command: "oneVenv.run",
        arguments: args,
      }),
      new vscode.CodeLens(range, {
        title: "Run with Arguments…",
        command: "oneVenv.runWithArguments",
        arguments: args,
      }),
    ];
  });
}
