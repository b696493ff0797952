import * as vscode from "vscode";
import type { Claim } from "../../consolidation/claim.ts";
import { place } from "../../consolidation/claim.ts";
import type { Declaration } from "../../requirements/declaration.ts";
import type { LiveDeclarations } from "./live.ts";
import { relativePath } from "./live.ts";
import { CODE, rangeOf } from "./problems.ts";

/** Quick fixes on a line in conflict: take the other side's words, or decide for all at once. */
export function registerConflictFixes(live: LiveDeclarations): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, { diagnostics }) => {
      const found = live.of(document.uri);
      if (!found || !diagnostics.some(({ code }) => code === CODE)) return [];
      const path = relativePath(found.folder, document.uri);
      return found.consolidation.conflicts.flatMap((conflict) => {
        const mine = conflict.claims.find(
          (claim) => claim.file === path && claim.clashes && rangeOf(claim).intersection(range),
        );
        if (!mine) return [];
        // Alternatives are meant to differ: none takes the other's words.
        const isMeant = conflict.kind === "alternatives";
        const others = conflict.claims.filter(
          (claim) => claim.clashes && claim !== mine && !isMeant,
        );
        return [
          ...others.flatMap((other) => takeOther(document, mine, other)),
          decideAll(found.folder.folder.uri, conflict.name),
        ];
      });
    },
  };
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  return vscode.languages.registerCodeActionsProvider({ scheme: "file" }, provider, kinds);
}

/** Only where the specifier stands as it was read: then it is replaced and nothing else. */
function takeOther(document: vscode.TextDocument, mine: Claim, other: Claim): vscode.CodeAction[] {
  const { declaration } = mine;
  if (
    !declaration ||
    !other.declaration ||
    declaration.link !== null ||
    other.declaration.link !== null
  )
    return [];
  const range = specifierRange(document, declaration);
  if (!range) return [];
  const title = `Change to ${other.wants}, as ${place(other)}`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, range, other.declaration.specifier);
  return [action];
}

function specifierRange(
  document: vscode.TextDocument,
  { raw, span, specifier }: Declaration,
): vscode.Range | null {
  const at = specifier === "" ? -1 : raw.indexOf(specifier);
  if (at < 0 || span.line !== span.endLine) return null;
  const start = new vscode.Position(span.line - 1, span.column - 1 + at);
  const range = new vscode.Range(start, start.translate(0, specifier.length));
  return document.getText(range) === specifier ? range : null;
}

function decideAll(folder: vscode.Uri, name: string): vscode.CodeAction {
  const title = `Decide ${name} for all projects…`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: "oneVenv.consolidate", title, arguments: [folder] };
  return action;
}
