import * as vscode from "vscode";
import type { Left } from "../commands/left.ts";
import { ago } from "./ago.ts";
import type { FolderState } from "./folder-state.ts";
import type { StatusText } from "./status-text.ts";

const LINKS: [string, string][] = [
  ["Consolidate Requirements", "oneVenv.consolidate"],
  ["Run a Script…", "oneVenv.runScript"],
  ["Check Again", "oneVenv.refresh"],
  ["Show Log", "oneVenv.showLog"],
];
/** In an untrusted folder nothing runs: what only reads and shows is offered. */
const READING = [
  "oneVenv.consolidate",
  "oneVenv.migrate",
  "oneVenv.removeScattered",
  "oneVenv.refresh",
  "oneVenv.showLog",
];

const SELECT: [string, string] = ["Use Central Venv as Interpreter", "oneVenv.selectInterpreter"];

const MIGRATE: [string, string] = ["Migrate Call Sites", "oneVenv.migrate"];
const REMOVE: [string, string] = ["Remove Scattered Files", "oneVenv.removeScattered"];

const DELETE: [string, string] = ["Delete Stray Environments…", "oneVenv.deleteEnvironments"];

/** Another folder of the workspace, in a line. */
export interface OtherFolder {
  readonly state: FolderState;
  readonly text: string;
}

/**
 * Why the status bar says what it says, what a click on it does, and all that can be done, as
 * links. `isSelected`: no other Python is selected in the folder. `left`: what is left to do once the
 * requirements are consolidated.
 */
export function tooltip(
  state: FolderState,
  { reason, click }: Pick<StatusText, "reason" | "click">,
  others: readonly OtherFolder[],
  isSelected: boolean,
  left: Left | null,
): vscode.MarkdownString {
  const { folder, root, sources, scan } = state;
  const build = state.health.report?.built ? "Sync Central Venv" : "Build Central Venv";
  const links = [
    ...(isSelected ? [] : [SELECT]),
    ...LINKS.toSpliced(1, 0, [build, "oneVenv.build"]),
    ...(left && left.callSites > 0 ? [MIGRATE] : []),
    ...(left && left.files > 0 ? [REMOVE] : []),
    ...(scan.environments.length > 0 ? [DELETE] : []),
  ].filter(([, id]) => vscode.workspace.isTrusted || READING.includes(id));
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: links.map(([, command]) => command) };
  const paragraph = (words: string) => text.appendMarkdown("\n\n").appendText(words);
  const strays = scan.environments.length;
  const found = [
    count(sources, "source"),
    count(scan.scripts.length, "script"),
    ...(strays > 0 ? [count(strays, "stray environment")] : []),
  ];
  text.appendMarkdown("**One Venv** — ").appendText(`${folder.name}: ${found.join(", ")}`);
  if (root !== folder.uri.fsPath)
    paragraph(`The central venv of ${root}, above the opened folder, is used.`);
  for (const words of reason.split("\n\n")) paragraph(words);
  text.appendMarkdown(`\n\n**${click}**`);
  for (const { path, reason: why } of scan.sources)
    if (why !== null) paragraph(`${path} was not read: ${why}.`);
  const built = builtText(state);
  if (built) paragraph(built);
  if (left) paragraph(leftText(left));
  for (const { state: other, text: said } of others)
    text.appendMarkdown("\n\n").appendText(`${other.folder.name}: `).appendMarkdown(said);
  const all = links.map(([title, command]) => link(title, command, folder.uri));
  return text.appendMarkdown(`\n\n---\n\n${all.join(" · ")}`);
}

function builtText({ health: { report } }: FolderState): string | null {
  if (!report?.python) return null;
  const packages = report.packages === null ? "" : `, ${count(report.packages, "package")}`;
  const made = `Python ${report.python}${packages}, built with ${report.installer}`;
  if (report.built === null) return `${made}.`;
  const then = report.built * 1000;
  return `${made} ${ago(then, Date.now())} (${new Date(then).toLocaleString()}).`;
}

function leftText({ callSites, files, environments }: Left): string {
  const parts = [
    ...(callSites > 0 ? [count(callSites, "call site")] : []),
    ...(files > 0 ? [count(files, "scattered file")] : []),
    ...(environments > 0 ? [count(environments, "stray environment")] : []),
  ];
  return parts.length > 0
    ? `Left on the way to one venv: ${parts.join(", ")}.`
    : "Nothing is left to move or to remove.";
}

function link(title: string, command: string, folder: vscode.Uri): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([folder]))})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
