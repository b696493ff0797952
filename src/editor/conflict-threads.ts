import * as vscode from "vscode";
import type { Conflict } from "../consolidation/conflict.ts";
import { place, writtenText } from "../consolidation/need.ts";
import { lineOfConflict } from "../consolidation/project-row.ts";

/** What a click on a side of a conflict says: which conflict, and which of its choices. */
export interface DecideArguments {
  readonly name: string;
  readonly marker: string | null;
  /** Index into the conflict's choices. */
  readonly index: number;
}

/** The conflicts of a proposal as comment threads on their lines, each with a way to choose. */
export interface ConflictThreads extends vscode.Disposable {
  show(uri: vscode.Uri, root: string, central: string, conflicts: readonly Conflict[]): void;
  clear(): void;
  /** Opens all threads again. */
  expand(): void;
  conflictOf(thread: vscode.CommentThread): Conflict | undefined;
}

export function createConflictThreads(): ConflictThreads {
  const controller = vscode.comments.createCommentController("oneVenv", "One Venv conflicts");
  const threads = new Map<vscode.CommentThread, Conflict>();
  const clear = () => {
    for (const thread of threads.keys()) thread.dispose();
    threads.clear();
  };
  return {
    show: (uri, root, central, conflicts) => {
      clear();
      for (const conflict of conflicts) {
        const line = lineOfConflict(central, conflict) - 1;
        const range = new vscode.Range(line, 0, line, 0);
        const thread = controller.createCommentThread(uri, range, [comment(conflict, root)]);
        thread.label = `${conflict.name}: to decide`;
        thread.canReply = false;
        thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
        thread.contextValue = conflict.choices.some(({ choice }) => choice === "highest")
          ? "versions"
          : "other";
        threads.set(thread, conflict);
      }
    },
    clear,
    expand: () => {
      for (const thread of threads.keys()) {
        thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      }
    },
    conflictOf: (thread) => threads.get(thread),
    dispose: () => {
      clear();
      controller.dispose();
    },
  };
}

function comment(conflict: Conflict, root: string): vscode.Comment {
  return {
    body: body(conflict, root),
    mode: vscode.CommentMode.Preview,
    author: { name: "One Venv" },
  };
}

/** Each declaration with its place, and beside it the link that keeps it. */
function body(
  { name, marker, sentence, needs, clash, choices }: Conflict,
  root: string,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: ["oneVenv.decide", "oneVenv.open"] };
  text.appendText(sentence).appendMarkdown("\n\n");
  for (const need of needs) {
    const { file, span } = need.declaration;
    const open = command("oneVenv.open", [
      vscode.Uri.file(`${root}/${file}`),
      span.line,
      span.column,
    ]);
    text.appendMarkdown(`- [${plain(place(need))}](${open}) wants \`${writtenText(need)}\``);
    const index = choices.findIndex(({ of }) => of !== null && clash[of] === need);
    if (index >= 0)
      text.appendMarkdown(` — [**Keep this side**](${decideLink(name, marker, index)})`);
    text.appendMarkdown("\n");
  }
  const others = choices.flatMap(({ of, title, requirement }, index) =>
    of === null
      ? [
          `[${title}](${decideLink(name, marker, index)}) ${requirement === null ? "" : `\`${requirement}\``}`,
        ]
      : [],
  );
  return text.appendMarkdown(`\n${others.join(" · ")}`);
}

function decideLink(name: string, marker: string | null, index: number): string {
  return command("oneVenv.decide", [{ name, marker, index } satisfies DecideArguments]);
}

function command(id: string, args: unknown[]): string {
  return `command:${id}?${encodeURIComponent(JSON.stringify(args))}`;
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|~<>]/g, "\\$&");
}
