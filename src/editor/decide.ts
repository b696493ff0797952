import * as vscode from "vscode";
import type { Conflict, ConflictChoice } from "../consolidation/conflict.ts";
import { ownTextProblem } from "../consolidation/decide.ts";
import { lineOfConflict } from "../consolidation/project-row.ts";
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

/** Asks why a source is left out, and leaves it out; the reason is kept in decisions.json. */
export async function askLeaveOut(review: Review, path: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: `Leave ${path} out`,
    prompt: "Why? The reason is kept in decisions.json.",
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? "Write a reason." : null),
  });
  if (reason !== undefined) review.leaveOut(path, reason.trim());
}

/** The same choices as in the threads, from the palette: for who decides with the keyboard. */
export async function askDecision(review: Review): Promise<void> {
  const { conflicts, central } = review.proposal().consolidation;
  if (conflicts.length === 0) {
    void vscode.window.showInformationMessage("Every conflict is decided: Apply writes the plan.");
    return;
  }
  const items = conflicts.map((conflict) => ({
    label: conflict.name,
    description: `line ${lineOfConflict(central, conflict)}`,
    detail: conflict.sentence,
    conflict,
  }));
  const title = "Decide a conflict";
  const picked =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
  if (!picked) return;
  const { conflict } = picked;
  const own = { label: "Own text…", index: -1 };
  const choices = conflict.choices.map((choice, index) => ({ ...choiceItem(choice), index }));
  const choice = await vscode.window.showQuickPick([...choices, own], {
    title: `${title}: ${conflict.name}`,
    placeHolder: conflict.sentence,
  });
  if (!choice) return;
  const { name, marker } = conflict;
  if (choice === own) await askOwnText(review, conflict);
  else review.choose({ name, marker, index: choice.index });
}

function choiceItem({ title, requirement }: ConflictChoice): vscode.QuickPickItem {
  return { label: title, description: requirement === null ? "" : `gives ${requirement}` };
}
