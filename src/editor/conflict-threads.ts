import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { place } from "../consolidation/claim.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { key } from "../consolidation/decision.ts";
import type { OptionalGroup } from "../consolidation/optional-groups.ts";
import { lineOfConflict } from "../consolidation/project-row.ts";
import { includedBody, openIncluded } from "./included-thread.ts";
import { commandLink, plain } from "./markdown.ts";

/** Names a conflict in the arguments of a link. */
export interface ConflictName {
  readonly name: string;
  readonly marker: string | null;
}

/** What a click on a side of a conflict says: which conflict, and which of its choices. */
export interface DecideArguments extends ConflictName {
  /** Index into the conflict's choices. */
  readonly index: number;
}

/** The conflicts of a proposal as comment threads on their lines, each with a way to choose. */
export interface ConflictThreads extends vscode.Disposable {
  /** A thread that is there already moves with its line; that of a decided conflict goes. */
  show(uri: vscode.Uri, root: string, central: string, conflicts: readonly Conflict[]): void;
  /**
   * The optional groups, and the sources that were left out, in a thread on the first line: each
   * with a link that takes it in or out.
   */
  showIncluded(uri: vscode.Uri, groups: readonly OptionalGroup[], out: Decisions["leftOut"]): void;
  clear(): void;
  /** Opens all threads again. */
  expand(): void;
  /** The conflict of a thread, or the one that a link of its text names. */
  conflictOf(of: vscode.CommentThread | ConflictName): Conflict | undefined;
}

export function createConflictThreads(): ConflictThreads {
  const controller = vscode.comments.createCommentController("oneVenv", "One Venv conflicts");
  const threads = new Map<string, { thread: vscode.CommentThread; conflict: Conflict }>();
  let included: vscode.CommentThread | undefined;
  const clear = () => {
    for (const { thread } of threads.values()) thread.dispose();
    threads.clear();
    included?.dispose();
    included = undefined;
  };
  const open = (uri: vscode.Uri, range: vscode.Range) => {
    const thread = controller.createCommentThread(uri, range, []);
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  };
  return {
    show: (uri, root, central, conflicts) => {
      const wanted = new Set(conflicts.map(key));
      for (const [name, { thread }] of threads) {
        if (wanted.has(name) && thread.uri.toString() === uri.toString()) continue;
        thread.dispose();
        threads.delete(name);
      }
      for (const conflict of conflicts) {
        const line = lineOfConflict(central, conflict) - 1;
        const range = new vscode.Range(line, 0, line, 0);
        const known = threads.get(key(conflict));
        const thread = known?.thread ?? open(uri, range);
        if (!thread.range?.isEqual(range)) thread.range = range;
        if (!isDeepStrictEqual(known?.conflict, conflict)) {
          thread.label = labelOf(conflict);
          thread.comments = [comment(conflict, root)];
          thread.contextValue = contextOf(conflict);
        }
        threads.set(key(conflict), { thread, conflict });
      }
    },
    showIncluded: (uri, groups, out) => {
      if (groups.length === 0 && out.length === 0) {
        included?.dispose();
        included = undefined;
        return;
      }
      included ??= openIncluded(controller, uri);
      const body = includedBody(groups, out);
      const mode = vscode.CommentMode.Preview;
      included.comments = [{ body, mode, author: { name: "One Venv" } }];
    },
    clear,
    expand: () => {
      for (const { thread } of threads.values()) {
        thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      }
    },
    conflictOf: (of) =>
      "comments" in of
        ? [...threads.values()].find(({ thread }) => thread === of)?.conflict
        : threads.get(key(of))?.conflict,
    dispose: () => {
      clear();
      controller.dispose();
    },
  };
}

/** Which buttons the thread has: package.json asks for it. */
function contextOf({ choices, tool }: Conflict): "versions" | "found" | "other" {
  if (tool !== undefined) return "found";
  return choices.some(({ choice }) => choice === "highest") ? "versions" : "other";
}

function labelOf({ name, kind, tool }: Conflict): string {
  if (kind === "latent") return `${name}: on other platforms only, nothing has to be decided`;
  if (tool === undefined) return `${name}: to decide`;
  return name === "" ? "The resolver gave no answer" : `${name}: found by the resolver`;
}

function comment(conflict: Conflict, root: string): vscode.Comment {
  return {
    body: body(conflict, root),
    mode: vscode.CommentMode.Preview,
    author: { name: "One Venv" },
  };
}

const LINKS = ["decide", "decideOwn", "open", "takeSuggestion", "leaveOut", "showLog"];

/** Each declaration with its place and what it needs, and beside it the link that keeps it. */
function body(conflict: Conflict, root: string): vscode.MarkdownString {
  const { name, marker, kind, sentence, claims, choices, tool } = conflict;
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: LINKS.map((link) => `oneVenv.${link}`) };
  const found = tool !== undefined;
  if (found || kind === "alternatives" || claims.length === 0) {
    // Where each stands is listed below.
    const said = kind === "alternatives" ? sentence.replace(/: .*$/s, ".") : sentence;
    text.appendMarkdown(`${plain(said)}\n\n`);
  }
  const link = (title: string, index: number) =>
    `[${title}](${commandLink("oneVenv.decide", [{ name, marker, index } satisfies DecideArguments])})`;
  for (const [of, claim] of claims.entries()) {
    const at = [vscode.Uri.file(`${root}/${claim.file}`), claim.span.line, claim.span.column];
    const index = choices.findIndex((choice) => choice.of === of);
    const keep = index < 0 ? "" : ` — ${link("**Keep this side**", index)}`;
    const where = `[${plain(place(claim))}](${commandLink("oneVenv.open", at)})`;
    const out = commandLink("oneVenv.leaveOut", [claim.file]);
    const leave = claim.project === null ? "" : ` · [Leave this file out](${out})`;
    text.appendMarkdown(`- ${where} needs ${plain(claim.words)}${keep}${leave}\n`);
  }
  if (found) return text.appendMarkdown(fixes(conflict));
  const others = choices.flatMap(({ of, title, requirement }, index) =>
    of === null
      ? [
          `${link(`**${plain(title)}**`, index)}${requirement === null ? "" : ` gives \`${requirement}\``}`,
        ]
      : [],
  );
  const own = `[**Own text…**](${commandLink("oneVenv.decideOwn", [{ name, marker } satisfies ConflictName])})`;
  const between = kind === "alternatives" ? "\n\n" : ", ";
  return text.appendMarkdown(`\n${[...others, own].join(between)}`);
}

/** The changes that were proved, each with who gets something that it did not ask for. */
function fixes({ name, marker, suggestions = [] }: Conflict): string {
  const all = suggestions.map(({ title, changes }, index) => {
    const args: DecideArguments = { name, marker, index };
    const take = commandLink("oneVenv.takeSuggestion", [args]);
    const gets = changes.map(
      ({ claim, gets }) =>
        `    - ${plain(claim.project ?? claim.file)} asked for ${plain(claim.wants)} and gets ${plain(gets)}\n`,
    );
    return `- [**Take this fix**](${take}): ${plain(title)}\n${gets.join("")}`;
  });
  return `\n${all.join("")}\n[The resolver's own words](${commandLink("oneVenv.showLog", [])})`;
}
