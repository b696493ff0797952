import * as vscode from "vscode";
import type { Decisions } from "../consolidation/decision.ts";
import type { OptionalGroup } from "../consolidation/optional-groups.ts";
import { commandLink, plain } from "./markdown.ts";

/** The thread on the first line of the proposal that says what counts and what does not. */
export function openIncluded(
  controller: vscode.CommentController,
  uri: vscode.Uri,
): vscode.CommentThread {
  const thread = controller.createCommentThread(uri, new vscode.Range(0, 0, 0, 0), []);
  thread.label = "What is taken in only where you say so, and what is left out";
  thread.canReply = false;
  thread.contextValue = "found";
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Collapsed;
  return thread;
}

/** Each optional group with a tick, each source that was left out with its reason. */
export function includedBody(
  groups: readonly OptionalGroup[],
  out: Decisions["leftOut"],
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: ["oneVenv.toggleGroup", "oneVenv.takeBackIn"] };
  for (const { id, requirements, included } of groups) {
    const tick = `[${included ? "☑" : "☐"} **${plain(id)}**](${commandLink("oneVenv.toggleGroup", [id])})`;
    text.appendMarkdown(`- ${tick} ${plain(requirements.join(", "))}\n`);
  }
  for (const { path, reason } of out) {
    const back = commandLink("oneVenv.takeBackIn", [path]);
    text.appendMarkdown(
      `- ${plain(path)} is left out: ${plain(reason)} — [Take it back in](${back})\n`,
    );
  }
  return text;
}
