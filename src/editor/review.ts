import * as vscode from "vscode";
import { applyProposal } from "../commands/apply.ts";
import type { Material, Proposal } from "../commands/propose.ts";
import { propose } from "../commands/propose.ts";
import { decisionOf } from "../consolidation/choices.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import { decide } from "../consolidation/decide.ts";
import type { Decision, Decisions } from "../consolidation/decision.ts";
import { key } from "../consolidation/decision.ts";
import { asTheCentralFileHasIt } from "../consolidation/project-row.ts";
import { CENTRAL } from "../environment/layout.ts";
import type { ConflictThreads, DecideArguments } from "./conflict-threads.ts";
import type { FolderState } from "./folders.ts";
import type { ProposalFiles } from "./proposal-files.ts";
import { proposalUri } from "./proposal-files.ts";
import { sourceText } from "./source-text.ts";

/** One consolidation under review: the proposal, and what the person decided so far. */
export interface Review extends vscode.Disposable {
  readonly folder: FolderState;
  readonly material: Material;
  proposal(): Proposal;
  /** Opens the diff, or brings it to the front. */
  show(): Promise<void>;
  /** Takes the choice that a link of a thread stands for. */
  choose(args: DecideArguments): void;
  /** Takes a person's answer (`highest`, `lowest`, a requirement); returns what is wrong with it. */
  answer(conflict: Conflict, text: string): string | null;
  /** Writes the proposal to disk; throws with the reason where that cannot be. */
  apply(): Promise<readonly string[]>;
}

export function createReview(
  folder: FolderState,
  material: Material,
  files: ProposalFiles,
  threads: ConflictThreads,
): Review {
  const uri = proposalUri(folder.folder, CENTRAL);
  let current = propose(material, material.decisions, null);
  let decisions: Decisions = current.consolidation.decisions;

  const openKeys = () => current.consolidation.conflicts.map(key);
  const publish = () => {
    const { central, conflicts, ledger } = current.consolidation;
    files.put(uri, central, true);
    threads.show(uri, folder.root, central, conflicts);
    for (const { reading } of material.sources) {
      const text = asTheCentralFileHasIt(sourceText(folder.root, reading.file), reading, ledger);
      files.put(proposalUri(folder.folder, reading.file), text, false);
    }
  };
  /** The typed text counts first, so that a click never throws it away. */
  const takeText = () => {
    const central = files.text(uri);
    if (central === current.consolidation.central) return;
    current = propose(material, decisions, { central, open: openKeys() });
    decisions = current.consolidation.decisions;
  };
  const take = (decision: Decision) => {
    takeText();
    const others = decisions.decisions.filter((one) => key(one) !== key(decision));
    decisions = { ...decisions, decisions: [...others, decision] };
    const typed = { central: current.consolidation.central, open: openKeys() };
    current = propose(material, decisions, typed);
    decisions = current.consolidation.decisions;
    publish();
  };
  const typing = files.onDidType((typed) => {
    if (typed.toString() !== uri.toString()) return;
    const before = current.consolidation.conflicts.length;
    const text = files.text(uri);
    if (text === current.consolidation.central) return;
    // The text stays under the person's fingers; only the threads follow it.
    const next = propose(material, decisions, { central: text, open: openKeys() });
    const left = next.consolidation.conflicts;
    if (left.length !== before) threads.show(uri, folder.root, text, left);
  });
  publish();
  return {
    folder,
    material,
    proposal: () => {
      takeText();
      return current;
    },
    show: () => openDiff(folder, material, uri),
    choose: ({ name, marker, index }) => {
      const conflict = current.consolidation.conflicts.find(
        (one) => one.name === name && one.marker === marker,
      );
      const choice = conflict?.choices[index];
      if (conflict && choice) take(decisionOf(conflict, choice));
    },
    answer: (conflict, text) => {
      const decision = decide(conflict, text);
      if ("problem" in decision) return decision.problem;
      take(decision);
      return null;
    },
    apply: async () => {
      takeText();
      publish();
      return applyProposal(folder.root, current);
    },
    dispose: () => {
      typing.dispose();
      threads.clear();
    },
  };
}

/** The central file first, then each source: what it declares against what it will get. */
async function openDiff(
  folder: FolderState,
  { ground, sources }: Material,
  uri: vscode.Uri,
): Promise<void> {
  const real = (path: string) => vscode.Uri.file(`${folder.root}/${path}`);
  const central = ground.central === null ? undefined : real(CENTRAL);
  const rows = sources.map(({ path }) => [
    real(path),
    real(path),
    proposalUri(folder.folder, path),
  ]);
  await vscode.commands.executeCommand("vscode.changes", "Consolidate Requirements", [
    [real(CENTRAL), central, uri],
    ...rows,
  ]);
}
