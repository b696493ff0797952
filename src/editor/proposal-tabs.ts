import * as vscode from "vscode";
import { SCHEME } from "./proposal-files.ts";

export const DIFF_TITLE = "Consolidate Requirements";

/** The tabs that show the proposal: the diff of many files, and single files opened from it. */
export function proposalTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(showsProposal);
}

function showsProposal({ input, label }: vscode.Tab): boolean {
  if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === SCHEME;
  if (input instanceof vscode.TabInputText) return input.uri.scheme === SCHEME;
  // The diff of many files has no public type yet: its rows are looked at, or at least its name.
  const rows = (input as { readonly textDiffs?: vscode.TabInputTextDiff[] } | undefined)?.textDiffs;
  return rows?.some((row) => row.modified?.scheme === SCHEME) ?? label.startsWith(DIFF_TITLE);
}

/**
 * Keeps `oneVenv.proposalInFront` true to what is in front, for the buttons in the title, and says
 * when the last tab of the proposal was closed.
 */
export function watchProposalTabs(onClosed: () => void): vscode.Disposable {
  const update = () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const inFront = tab !== undefined && showsProposal(tab);
    void vscode.commands.executeCommand("setContext", "oneVenv.proposalInFront", inFront);
  };
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabGroups(update),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      update();
      if (closed.some(showsProposal) && proposalTabs().length === 0) onClosed();
    }),
  );
}

/** Closes all that shows the proposal. */
export async function closeProposal(): Promise<void> {
  const tabs = proposalTabs();
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}
