import * as vscode from "vscode";
import type { FileChange, FileState, Plan } from "../../plan/plan.ts";
import type { ProposalFiles, Side } from "../proposal-files.ts";
import { LIST_SCHEME, proposalUri } from "../proposal-files.ts";
import type { Row } from "./listing.ts";

/** The files of a listed plan as diffs: what planning saw, and what would be there. */
export interface ListedDiff {
  /** Keeps the files of the diffs that are open true to the plan. */
  publish(plan: Plan): void;
  /** Opens the diff of a change at the row's line; `made` says whether Apply would make it. */
  open(row: Row, change: FileChange, made: boolean): Promise<void>;
  close(): Promise<void>;
}

export function createListedDiff(files: ProposalFiles, folder: string): ListedDiff {
  const published = new Map<string, FileChange>();
  const put = (prefix: string, { path, before, after }: FileChange) => {
    files.put(address("now", prefix, path), textOf(before), false);
    files.put(address("planned", prefix, path), textOf(after), false);
  };
  return {
    publish: ({ changes }) => {
      const wanted = new Map(changes.map((change) => [change.path, change]));
      // What is not part of the plan any more stays as it is, in a diff that is still open too.
      for (const [path, { before }] of published)
        if (!wanted.has(path)) put(folder, { path, before, after: before });
      for (const change of changes) {
        published.set(change.path, change);
        put(folder, change);
      }
    },
    open: async (row, change, made) => {
      const prefix = made ? folder : IF_TICKED;
      put(prefix, change);
      const name = row.path.slice(row.path.lastIndexOf("/") + 1);
      const state = made ? (change.after === null ? "removed" : "planned") : "if ticked";
      const line = (row.change?.plannedLine ?? 1) - 1;
      await vscode.commands.executeCommand(
        "vscode.diff",
        address("now", prefix, change.path),
        address("planned", prefix, change.path),
        `${name} (${state})`,
        // The list keeps the focus, so that the next row is one key away.
        { preview: true, preserveFocus: true, selection: new vscode.Range(line, 0, line, 0) },
      );
    },
    close: async () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isOurs);
      if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    },
  };
}

const IF_TICKED = "if ticked";

function address(side: Side, prefix: string, path: string): vscode.Uri {
  return proposalUri(side, `${prefix}/${path}`, LIST_SCHEME);
}

function isOurs({ input }: vscode.Tab): boolean {
  if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === LIST_SCHEME;
  return input instanceof vscode.TabInputText && input.uri.scheme === LIST_SCHEME;
}

function textOf(state: FileState | null): string {
  return state === null ? "" : Buffer.from(state.bytes).toString("utf8");
}
