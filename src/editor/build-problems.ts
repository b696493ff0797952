import * as vscode from "vscode";
import type { BuildFailure, NamedLine } from "../environment/setup-build.ts";
import { withoutSecrets } from "../requirements/secret.ts";
import { declarationsOf, explanation, linesOf } from "./build-failure.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";

/** What a failed build speaks of, in the Problems panel: the central line, and who declares it. */
export interface BuildProblems extends vscode.Disposable {
  /** null clears what the last build said. */
  show(folder: FolderState, failure: BuildFailure | null): void;
}

export function createBuildProblems(folders: Folders): BuildProblems {
  const collection = vscode.languages.createDiagnosticCollection("oneVenv.build");
  const files = new Map<string, vscode.Uri[]>();
  const clear = (root: string) => {
    for (const file of files.get(root) ?? []) collection.delete(file);
    files.delete(root);
  };
  // After an undo there is no central file any more that a problem could stand in.
  const watching = folders.onDidChange(() => {
    const consolidated = folders.all().filter(({ health }) => health.state !== "not consolidated");
    for (const root of files.keys())
      if (!consolidated.some((one) => one.root === root)) clear(root);
  });
  return {
    show: (folder, failure) => {
      clear(folder.root);
      const byFile = Map.groupBy(failure ? linesOf(failure) : [], ({ file }) => file);
      for (const [file, lines] of byFile) {
        const uri = vscode.Uri.file(`${folder.root}/${file}`);
        collection.set(
          uri,
          lines.map((line) => diagnostic(folder, failure!, line)),
        );
        files.set(folder.root, [...(files.get(folder.root) ?? []), uri]);
      }
    },
    dispose: () => vscode.Disposable.from(collection, watching).dispose(),
  };
}

function diagnostic(
  folder: FolderState,
  failure: BuildFailure,
  { line, text }: NamedLine,
): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, 0, line - 1, text.length);
  const words = explanation(failure.text) || failure.message;
  const result = new vscode.Diagnostic(range, words, vscode.DiagnosticSeverity.Error);
  result.source = "One Venv";
  result.relatedInformation = declarationsOf(folder, text).map(
    ({ file, span, raw }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(
          vscode.Uri.file(`${folder.root}/${file}`),
          new vscode.Position(span.line - 1, span.column - 1),
        ),
        `${withoutSecrets(raw)} (${file}:${span.line})`,
      ),
  );
  return result;
}
