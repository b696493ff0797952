import * as vscode from "vscode";
import type { BuildFailure, NamedLine } from "../environment/setup-build.ts";
import type { Declaration } from "../requirements/declaration.ts";
import { normalizeName } from "../requirements/name.ts";
import type { FolderState } from "./folders.ts";

/** What a failed build speaks of, in the Problems panel: the central line, and who declares it. */
export interface BuildProblems extends vscode.Disposable {
  /** null clears what the last build said. */
  show(folder: FolderState, failure: BuildFailure | null): void;
}

export function createBuildProblems(): BuildProblems {
  const collection = vscode.languages.createDiagnosticCollection("oneVenv.build");
  return {
    show: (folder, failure) => {
      collection.clear();
      const byFile = Map.groupBy(failure?.lines ?? [], ({ file }) => file);
      for (const [file, lines] of byFile) {
        const diagnostics = lines.map((line) => diagnostic(folder, failure!, line));
        collection.set(vscode.Uri.file(`${folder.root}/${file}`), diagnostics);
      }
    },
    dispose: () => collection.dispose(),
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
        raw,
      ),
  );
  return result;
}

/** The declarations of the package that a central line is about. */
export function declarationsOf({ scan }: FolderState, text: string): Declaration[] {
  const name = normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(text)?.[0] ?? "");
  const sources = scan.sources.filter(({ role }) => role !== "central");
  const all = sources.flatMap(({ reading }) => reading.declarations);
  return all.filter(
    (declaration) => declaration.name !== null && normalizeName(declaration.name) === name,
  );
}

/** The part of the tool's words that says why; the whole stands in the log. */
export function explanation(text: string): string {
  const pip = /The conflict is caused by:\n([\s\S]*?)\n\s*\n/.exec(text)?.[1];
  const uv = /(?:×|error:) [\s\S]*$/m.exec(text)?.[0];
  return (pip ?? uv ?? "")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
