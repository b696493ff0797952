import * as vscode from "vscode";
import type { Material, Proposal } from "../commands/propose.ts";
import type { Finding } from "../commands/resolve.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import { CENTRAL } from "../environment/layout.ts";
import { readRequirementsFile } from "../requirements/readers/requirements-txt.ts";
import { withoutSecrets } from "../requirements/secret.ts";
import type { Review } from "./review.ts";

/** More lines than these are counted, not listed. */
const LISTED = 8;

/** Names what stands against applying, and asks what only a person can answer. */
export async function mayApply(review: Review, showConflicts: () => void): Promise<boolean> {
  const proposal = review.proposal();
  const open = openConflicts(proposal.consolidation);
  if (open.length > 0) {
    const names = open.map(({ name }) => name).join(", ");
    const count = open.length === 1 ? "1 conflict is" : `${open.length} conflicts are`;
    const text = `${count} not decided yet: ${names}. Nothing was written.`;
    void vscode.window.showWarningMessage(text, "Show Conflicts").then(async (button) => {
      if (button) await vscode.commands.executeCommand("workbench.action.focusCommentsPanel");
    });
    showConflicts();
    return false;
  }
  const [wrong] = typedWrong(proposal);
  if (wrong) {
    const text = `${wrong} Nothing was written: mend the line in the proposal.`;
    void vscode.window.showWarningMessage(text);
    return false;
  }
  const questions = [
    ...review.findings().flatMap(findingQuestion),
    ...questionsOf(proposal, review.material()),
  ];
  if (questions.length === 0) return true;
  const more = questions.length > LISTED ? [`… and ${questions.length - LISTED} more.`] : [];
  const detail = [
    ...questions.slice(0, LISTED),
    ...more,
    "Undo Last Apply brings everything back.",
  ].join("\n\n");
  const answer = await vscode.window.showWarningMessage(
    "Apply the consolidation?",
    { modal: true, detail },
    "Apply",
  );
  return answer === "Apply";
}

/** What the resolver found stops a build, and no plan: the person may want to write it all the same. */
function findingQuestion({ conflict, lines }: Finding): string[] {
  if (lines.length === 0) return [];
  const names = lines.map(({ name }) => name).join(" and ");
  return conflict.kind === "unknown"
    ? [`${names}: could not be fetched when the resolver was asked.`]
    : [`${names}: found by the resolver and not mended. A build stops at it.`];
}

/** Lines of the proposal that are no requirement, as a person may have typed them. */
function typedWrong({ consolidation }: Proposal): string[] {
  const { notUnderstood } = readRequirementsFile(CENTRAL, consolidation.central);
  return notUnderstood.map(
    ({ span, raw, reason }) =>
      `Line ${span.line} ("${withoutSecrets(raw.trim())}") is not understood: ${reason}.`,
  );
}

/** What a person should know before files are written, a sentence each. */
function questionsOf({ replaces }: Proposal, { buildTargets, sources, scan }: Material): string[] {
  const unread = scan.sources.flatMap(({ path, reason }) =>
    reason === null
      ? []
      : [`${path} was not read (${reason}): what it declares is not in the plan.`],
  );
  const puzzling = sources.flatMap(({ path, reading }) =>
    reading.notUnderstood.map(
      ({ span, reason }) => `${path}:${span.line} is not in the plan: ${reason}.`,
    ),
  );
  return [
    ...replaces.map((path) => `${path} was made or changed by a person and would be replaced.`),
    ...buildTargets.map(
      (where) =>
        `${where}: the target named build is not phony. Once the folder build/ exists, make takes it for done.`,
    ),
    ...unread,
    ...puzzling,
  ];
}
