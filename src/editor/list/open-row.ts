import * as vscode from "vscode";
import type { Open } from "./listed.ts";
import type { Listing, Row } from "./listing.ts";
import { rowsOf, toggle } from "./listing.ts";

/** The diff of what a row would change, at its line; for other rows the file at its line. */
export async function openRow(open: Open, row: Row): Promise<void> {
  const { root } = open.folder;
  const made = row.tick !== false;
  const shown = made ? { listing: open.listing, row } : await asTicked(open, row);
  const change = changeOf(shown.listing, row);
  if (change && (row.change !== null || row.line === null)) {
    return open.diff.open(shown.row, change, made);
  }
  const uri = vscode.Uri.file(`${root}/${row.path}`);
  if (row.icon === "folder") {
    await vscode.commands.executeCommand("revealInExplorer", uri);
    return;
  }
  const line = (row.line ?? 1) - 1;
  await vscode.window.showTextDocument(uri, {
    preview: true,
    preserveFocus: true,
    selection: new vscode.Range(line, 0, line, 0),
  });
}

function changeOf({ plan }: Listing, row: Row) {
  return plan.changes.find(({ path }) => path === row.path);
}

/** What it would be if the row was ticked too. */
async function asTicked({ planner, answers }: Open, row: Row) {
  const listing = await planner({ ...answers, toggled: toggle(answers.toggled, row.id) });
  return { listing, row: rowsOf(listing).find(({ id }) => id === row.id) ?? row };
}
