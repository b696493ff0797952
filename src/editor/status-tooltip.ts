import * as vscode from "vscode";
import type { FolderState } from "./folder-state.ts";

const LINKS: [string, string][] = [
  ["Consolidate Requirements", "oneVenv.consolidate"],
  ["Build Central Venv", "oneVenv.build"],
  ["Run a Script…", "oneVenv.runScript"],
  ["Check Again", "oneVenv.refresh"],
  ["Show Log", "oneVenv.showLog"],
];
/** In an untrusted folder nothing runs: what only reads and shows is offered. */
const READING = ["oneVenv.consolidate", "oneVenv.refresh", "oneVenv.showLog"];

const SELECT: [string, string] = ["Use Central Venv as Interpreter", "oneVenv.selectInterpreter"];

/** Another folder of the workspace, in a line. */
export interface OtherFolder {
  readonly state: FolderState;
  readonly text: string;
}

/**
 * Why the status bar says what it says, and all that can be done, as links. `isSelected`: no other
 * Python is selected in the folder.
 */
export function tooltip(
  state: FolderState,
  reason: string,
  others: readonly OtherFolder[],
  isSelected: boolean,
): vscode.MarkdownString {
  const { folder, root, sources, scan } = state;
  const links = [...(isSelected ? [] : [SELECT]), ...LINKS].filter(
    ([, id]) => vscode.workspace.isTrusted || READING.includes(id),
  );
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: links.map(([, command]) => command) };
  const paragraph = (words: string) => text.appendMarkdown("\n\n").appendText(words);
  text
    .appendMarkdown("**One Venv** — ")
    .appendText(
      `${folder.name}: ${count(sources, "source")}, ${count(scan.scripts.length, "script")}`,
    );
  if (root !== folder.uri.fsPath)
    paragraph(`The central venv of ${root}, above the opened folder, is used.`);
  for (const words of reason.split("\n\n")) paragraph(words);
  for (const { path, reason: why } of scan.sources)
    if (why !== null) paragraph(`${path} was not read: ${why}.`);
  const built = builtText(state);
  if (built) paragraph(built);
  for (const { state: other, text: said } of others)
    text.appendMarkdown("\n\n").appendText(`${other.folder.name}: `).appendMarkdown(said);
  const all = links.map(([title, command]) => link(title, command, folder.uri));
  return text.appendMarkdown(`\n\n---\n\n${all.join(" · ")}`);
}

function builtText({ health: { report } }: FolderState): string | null {
  if (!report?.python) return null;
  const when =
    report.built === null ? "" : `, built ${new Date(report.built * 1000).toLocaleString()}`;
  const packages = report.packages === null ? "" : `, ${count(report.packages, "package")}`;
  return `Python ${report.python}${packages}, with ${report.installer}${when}.`;
}

function link(title: string, command: string, folder: vscode.Uri): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([folder]))})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
