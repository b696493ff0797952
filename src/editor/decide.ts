import * as vscode from "vscode";
import type { Finding } from "../commands/resolve.ts";
import type { Conflict, ConflictChoice } from "../consolidation/conflict.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import { ownTextProblem } from "../consolidation/decide.ts";
import { lineOfConflict } from "../consolidation/project-row.ts";
import type { DecideArguments } from "./conflict-threads.ts";
import type { Review } from "./review.ts";

/** Asks for a requirement of the person's own, and takes it. */
export async function askOwnText(review: Review, conflict: Conflict): Promise<void> {
  const suggestion = conflict.choices.find(({ requirement }) => requirement !== null)?.requirement;
  const text = await vscode.window.showInputBox({
    title: `A requirement of your own for ${conflict.name}`,
    prompt: conflict.sentence,
    value: suggestion ?? conflict.name,
    ignoreFocusOut: true,
    validateInput: (typed) => ownTextProblem(conflict, typed.trim()),
  });
  if (text !== undefined) review.answer(conflict, text);
}

/**
 * Asks why a source, or the whole project that it belongs to, is left out, and leaves it out; the
 * reason is kept in decisions.json.
 */
export async function askLeaveOut(review: Review, source: string): Promise<void> {
  const path = await askHowMuch(review, source);
  if (path === undefined) return;
  const reason = await vscode.window.showInputBox({
    title: `Leave ${path} out`,
    prompt: "Why? The reason is kept in decisions.json.",
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? "Write a reason." : null),
  });
  if (reason !== undefined) review.leaveOut(path, reason.trim());
}

/** The source alone, or its project where that has others; nothing is asked where there is no choice. */
async function askHowMuch(review: Review, source: string): Promise<string | undefined> {
  const { sources } = review.material();
  const project = sources.find(({ path }) => path === source)?.project;
  const count = sources.filter((one) => one.project === project).length;
  if (project === undefined || project === "." || count < 2) return source;
  const items = [
    { label: source, description: "this file" },
    { label: project, description: `the whole project, ${count} files` },
  ];
  return (await vscode.window.showQuickPick(items, { title: "Leave out" }))?.label;
}

/** The same choices as in the threads, from the palette: for who decides with the keyboard. */
export async function askDecision(
  review: Review,
  takeSuggestion: (args: DecideArguments) => Promise<void>,
): Promise<void> {
  const { consolidation } = review.proposal();
  const conflicts = openConflicts(consolidation);
  const fixable = review.findings().filter(({ suggestions }) => suggestions.length > 0);
  const items = [
    ...conflicts.map((conflict) => ({
      ...itemOf(conflict, consolidation.central),
      decide: () => askChoice(review, conflict),
    })),
    ...fixable.map((finding) => ({
      ...itemOf(finding.conflict, consolidation.central),
      decide: () => askFix(finding, takeSuggestion),
    })),
  ];
  if (items.length === 0) {
    void vscode.window.showInformationMessage("Every conflict is decided: Apply writes the plan.");
    return;
  }
  const picked =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: TITLE });
  await picked?.decide();
}

const TITLE = "Decide a conflict";

function itemOf(conflict: Conflict, central: string): vscode.QuickPickItem {
  return {
    label: conflict.name,
    description: `line ${lineOfConflict(central, conflict)}`,
    detail: conflict.sentence,
  };
}

async function askChoice(review: Review, conflict: Conflict): Promise<void> {
  const { name, marker, kind, claims, choices } = conflict;
  const files = claims.filter(({ clashes, project }) => clashes && project !== null);
  // Alternatives are left out by their choices, with the reason filled in.
  const leavable = kind === "alternatives" ? [] : [...new Set(files.map(({ file }) => file))];
  const items = [
    ...choices.map((choice, index) => ({
      ...choiceItem(choice),
      decide: async () => review.choose({ name, marker, index }),
    })),
    { label: "Own text…", decide: () => askOwnText(review, conflict) },
    ...leavable.map((file) => ({
      label: `Leave ${file} out…`,
      decide: () => askLeaveOut(review, file),
    })),
  ];
  const options = { title: `${TITLE}: ${name}`, placeHolder: conflict.sentence };
  await (await vscode.window.showQuickPick(items, options))?.decide();
}

async function askFix(
  { conflict: { name, marker, sentence }, suggestions }: Finding,
  takeSuggestion: (args: DecideArguments) => Promise<void>,
): Promise<void> {
  const items = suggestions.map(({ title, changes }, index) => ({
    label: title,
    detail: changes
      .map(
        ({ claim, gets }) =>
          `${claim.project ?? claim.file} asked for ${claim.wants} and gets ${gets}`,
      )
      .join(", "),
    index,
  }));
  const options = { title: `Take a fix: ${name}`, placeHolder: sentence };
  const picked = await vscode.window.showQuickPick(items, options);
  if (picked) await takeSuggestion({ name, marker, index: picked.index });
}

function choiceItem({ title, requirement }: ConflictChoice): vscode.QuickPickItem {
  return { label: title, description: requirement === null ? "" : `gives ${requirement}` };
}
