import * as vscode from "vscode";
import { place } from "../../consolidation/claim.ts";
import { nameOf } from "../../consolidation/need.ts";
import { withoutSecrets } from "../../requirements/secret.ts";
import { commandLink, plain } from "../markdown.ts";
import type { LiveDeclarations } from "./live.ts";
import { rangeOf } from "./problems.ts";

/** A hover on a requirement: who else declares it, and what the central venv holds. */
export function registerDeclarationHover(live: LiveDeclarations): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: "file" },
    {
      provideHover: (document, position) => {
        const found = live.at(document.uri, position);
        if (!found) return undefined;
        const {
          declaration,
          live: { consolidation, installed, folder },
        } = found;
        const name = nameOf(declaration);
        const entries = consolidation.ledger.filter((entry) => nameOf(entry.declaration) === name);
        const own = entries.find((entry) => entry.declaration === declaration);
        const text = new vscode.MarkdownString();
        text.isTrusted = { enabledCommands: ["oneVenv.open"] };
        const version = installed.get(name);
        text
          .appendMarkdown(`**${plain(name)}** — `)
          .appendText(version ? `the central venv holds ${version}` : "not in the central venv");
        if (own)
          text
            .appendMarkdown("\n\n")
            .appendText(
              `This declaration: ${own.fate}${own.line ? ` as ${own.line}` : ""}${own.reason ? ` (${own.reason})` : ""}`,
            );
        const others = entries.filter((entry) => entry !== own);
        if (others.length > 0) text.appendMarkdown("\n\nDeclared as well in\n\n");
        for (const { declaration: other } of others) {
          const args = [
            vscode.Uri.file(`${folder.root}/${other.file}`),
            other.span.line,
            other.span.column,
          ];
          const link = commandLink("oneVenv.open", args);
          const wants = withoutSecrets(other.link ?? (other.specifier || "any version"));
          text.appendMarkdown(`- [${plain(place(other))}](${link}): \`${wants}\`\n`);
        }
        return new vscode.Hover(text, rangeOf(declaration));
      },
    },
  );
}
