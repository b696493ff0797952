import * as vscode from "vscode";
import { withoutNoChanges } from "../../plan/plan.ts";
import type { Open } from "./listed.ts";
import type { Listing } from "./listing.ts";
import { rowsOf } from "./listing.ts";

/** What stands above the list: what Apply would do, or why it cannot. */
export function messageOf(listing: Listing): string {
  // A text of its own stands in an empty list, where nothing is above it.
  if (listing.groups.length === 0) return "";
  if (!vscode.workspace.isTrusted) return "This folder is not trusted: it is shown, not written.";
  const { environments, plan, first } = listing;
  if (first[0] !== undefined) return first[0];
  const changes = withoutNoChanges(plan).changes.length;
  const canTick = rowsOf(listing).some(({ tick }) => tick !== null);
  if (changes + environments.length === 0) return canTick ? "Nothing is ticked." : "";
  const parts = [
    ...(changes > 0 ? [`changes ${count(changes, "file")}`] : []),
    ...(environments.length > 0 ? [`deletes ${count(environments.length, "environment")}`] : []),
  ];
  return `Apply ${parts.join(" and ")}.`;
}

/** Says what was done, and offers what comes next. */
export function sayApplied({ folder, listed }: Open, files: number, environments: number): void {
  const parts = [
    ...(files > 0 ? [`${count(files, "file")} changed`] : []),
    ...(environments > 0 ? [`${count(environments, "environment")} deleted`] : []),
  ];
  if (parts.length === 0) return;
  const { next } = listed;
  const buttons = [...(next ? [next.title] : []), ...(files > 0 ? ["Undo"] : [])];
  const text = `${listed.title}: ${parts.join(", ")}.`;
  void vscode.window.showInformationMessage(text, ...buttons).then(async (button) => {
    if (button === "Undo") await vscode.commands.executeCommand("oneVenv.undo", folder.folder.uri);
    else if (button && next) await vscode.commands.executeCommand(next.command, folder.folder.uri);
  });
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
