import * as vscode from "vscode";
import type { Claim } from "../../consolidation/claim.ts";
import { place } from "../../consolidation/claim.ts";
import type { Conflict } from "../../consolidation/conflict.ts";
import type { LiveDeclarations, LiveFolder } from "./live.ts";

export const CODE = "conflict";

/** Conflicts in the Problems panel, on every line concerned, as they appear and vanish. */
export function createConflictProblems(live: LiveDeclarations): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("oneVenv");
  const shown = new Map<string, vscode.Uri[]>();
  const update = ({ folder, consolidation }: LiveFolder) => {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const conflict of consolidation.conflicts) {
      for (const claim of conflict.claims.filter(({ clashes }) => clashes)) {
        const all = byFile.get(claim.file) ?? [];
        byFile.set(claim.file, [...all, diagnostic(folder.root, conflict, claim)]);
      }
    }
    for (const uri of shown.get(folder.root) ?? []) collection.delete(uri);
    const uris = [...byFile].map(([file, diagnostics]) => {
      const uri = vscode.Uri.file(`${folder.root}/${file}`);
      collection.set(uri, diagnostics);
      return uri;
    });
    shown.set(folder.root, uris);
  };
  return vscode.Disposable.from(collection, live.onDidChange(update));
}

function diagnostic(root: string, conflict: Conflict, claim: Claim): vscode.Diagnostic {
  const others = conflict.claims.filter((other) => other.clashes && other !== claim);
  const text = textOf(conflict, claim, others);
  const result = new vscode.Diagnostic(rangeOf(claim), text, severityOf(conflict));
  result.source = "One Venv";
  result.code = CODE;
  result.relatedInformation = others.map((other) => {
    const uri = vscode.Uri.file(`${root}/${other.file}`);
    return new vscode.DiagnosticRelatedInformation(
      new vscode.Location(uri, rangeOf(other)),
      `needs ${other.words}`,
    );
  });
  return result;
}

function textOf({ kind, sentence }: Conflict, claim: Claim, others: readonly Claim[]): string {
  if (others.length === 0 || kind === "alternatives") return sentence;
  const where = kind === "latent" ? "on another platform " : "";
  const theirs = others.map((other) => `${place(other)} needs ${other.words}`).join(", ");
  return `${where}needs ${claim.words}, but ${theirs}`;
}

/** A conflict stops a consolidation, not the work on this project: no error. */
function severityOf({ kind }: Conflict): vscode.DiagnosticSeverity {
  const { Warning, Information } = vscode.DiagnosticSeverity;
  return kind === "alternatives" || kind === "latent" ? Information : Warning;
}

export function rangeOf({ span }: Pick<Claim, "span">): vscode.Range {
  return new vscode.Range(span.line - 1, span.column - 1, span.endLine - 1, span.endColumn - 1);
}
