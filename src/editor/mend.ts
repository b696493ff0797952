import * as vscode from "vscode";
import type { Reason } from "../environment/setup-check.ts";
import { MessageError } from "../plan/message.ts";
import type { FolderState } from "./folder-state.ts";
import type { Folders } from "./folders.ts";

/** Lists the reasons that health gives, and does what mends the one chosen. */
export async function mend(state: FolderState, folders: Folders): Promise<void> {
  if (state.health.reasons.length === 0)
    throw new MessageError("There is nothing to mend: the central venv is what the files say.");
  const items = state.health.reasons.map((reason) => ({
    label: reason.message,
    detail: wayOf(state, reason, folders).text,
    reason,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "What mends it",
    placeHolder: "A command is put into a terminal; you run it",
    matchOnDetail: true,
  });
  if (picked) await wayOf(state, picked.reason, folders).go();
}

interface Way {
  readonly text: string;
  go(): Promise<void>;
}

function wayOf(
  { folder, root, scan }: FolderState,
  { code, message, mend }: Reason,
  folders: Folders,
): Way {
  const command = (title: string, id: string): Way => ({
    text: `One Venv: ${title}`,
    go: async () => void (await vscode.commands.executeCommand(id, folder.uri)),
  });
  if (code === "returned")
    return scan.environments.some(({ path }) => message.startsWith(`${path} `))
      ? command("Delete Stray Environments", "oneVenv.deleteEnvironments")
      : command("Remove Scattered Files", "oneVenv.removeScattered");
  if (/^One Venv: Consolidate/.test(mend))
    return command("Consolidate Requirements", "oneVenv.consolidate");
  if (!IS_COMMAND.test(mend))
    return {
      text: mend,
      go: async () => void vscode.window.showInformationMessage(`${message}: ${mend}.`),
    };
  return {
    text: mend,
    go: async () => {
      const terminal = vscode.window.createTerminal({ name: "One Venv", cwd: root });
      terminal.show();
      // Typed, not run: the person sees it first.
      terminal.sendText(mend, false);
      lookAfter(terminal, folders);
    },
  };
}

/** What git knows is told by no watcher: looks again after each command there, while it is open. */
function lookAfter(terminal: vscode.Terminal, folders: Folders): void {
  const listening = vscode.Disposable.from(
    vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal === terminal) void folders.refresh();
    }),
    vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listening.dispose();
      void folders.refresh();
    }),
  );
}

const IS_COMMAND = /^(git|python3?|py|build\/python\/\S+) /;
