import * as vscode from "vscode";
import { accidentText, remedyText, scriptsHit } from "../../commands/verify.ts";
import type { VerifyReport } from "../../environment/setup-verify.ts";
import type { FolderState } from "../folder-state.ts";

/** What Verify Scripts found, in the Problems panel. */
export interface VerifyProblems extends vscode.Disposable {
  /** null clears what was shown of the root. */
  show(state: FolderState, report: VerifyReport | null, notes: boolean): void;
}

export function createVerifyProblems(): VerifyProblems {
  const collection = vscode.languages.createDiagnosticCollection("oneVenv.verify");
  const files = new Map<string, readonly vscode.Uri[]>();
  return {
    show: ({ root, scan }, report, notes) => {
      for (const file of files.get(root) ?? []) collection.delete(file);
      const found = report === null ? [] : diagnosticsOf(root, report, scan, notes);
      const byFile = Map.groupBy(found, ({ file }) => file);
      const uris = [...byFile].map(([file, rows]) => {
        const uri = vscode.Uri.file(`${root}/${file}`);
        collection.set(
          uri,
          rows.map(({ diagnostic }) => diagnostic),
        );
        return uri;
      });
      files.set(root, uris);
    },
    dispose: () => collection.dispose(),
  };
}

interface Row {
  readonly file: string;
  readonly diagnostic: vscode.Diagnostic;
}

const { Error: ERROR, Information: INFORMATION } = vscode.DiagnosticSeverity;

function diagnosticsOf(
  root: string,
  report: VerifyReport,
  scan: FolderState["scan"],
  notes: boolean,
): Row[] {
  const problems = report.problems.map((problem, i) => {
    const remedy = remedyText(problem, scan);
    const message = remedy === "" ? problem.message : `${problem.message}.\n${remedy}`;
    const row = rowAt(problem.file, problem.line, problem.column, message, ERROR);
    row.diagnostic.code = problem.kind;
    row.diagnostic.relatedInformation = scriptsHit(report.scripts, i)
      .filter((path) => path !== problem.file)
      .map((path) => {
        const at = new vscode.Location(
          vscode.Uri.file(`${root}/${path}`),
          new vscode.Position(0, 0),
        );
        return new vscode.DiagnosticRelatedInformation(at, "is a script that needs it");
      });
    return row;
  });
  const accidents = report.accidental.flatMap((one) =>
    one.uses.map(({ file, line }) => rowAt(file, line, 1, `${accidentText(one)}.`, INFORMATION)),
  );
  const noted = notes
    ? report.notes.map(({ file, line, column, message }) =>
        rowAt(file, line, column, message, INFORMATION),
      )
    : [];
  return [...problems, ...accidents, ...noted];
}

/** Longer than any import; VS Code ends it with the line. */
const REST_OF_LINE = 1000;

function rowAt(
  file: string,
  line: number,
  column: number,
  message: string,
  severity: vscode.DiagnosticSeverity,
): Row {
  const range = new vscode.Range(line - 1, column - 1, line - 1, column - 1 + REST_OF_LINE);
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = "One Venv";
  return { file, diagnostic };
}
