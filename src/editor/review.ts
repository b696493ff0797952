import * as vscode from "vscode";
import { withSuggestion } from "../commands/answers.ts";
import type { Material, Proposal } from "../commands/propose.ts";
import { propose } from "../commands/propose.ts";
import type { Finding } from "../commands/resolve.ts";
import { withChoice } from "../consolidation/choices.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import { decide } from "../consolidation/decide.ts";
import type { Decision, Decisions } from "../consolidation/decision.ts";
import { key } from "../consolidation/decision.ts";
import { optionalGroups } from "../consolidation/optional-groups.ts";
import { CENTRAL } from "../environment/layout.ts";
import type { ConflictThreads, DecideArguments } from "./conflict-threads.ts";
import type { Row } from "./diff-rows.ts";
import { diffRows } from "./diff-rows.ts";
import type { FolderState } from "./folder-state.ts";
import type { ProposalFiles, Side } from "./proposal-files.ts";
import { proposalUri } from "./proposal-files.ts";
import { DIFF_TITLE } from "./proposal-tabs.ts";
import { replayDecisions } from "./replay-decisions.ts";
import { sourceText } from "./source-text.ts";

/** One consolidation under review: the proposal, and what the person decided so far. */
export interface Review extends vscode.Disposable {
  readonly folder: FolderState;
  /** The base Python (major.minor) that is planned for where that is not the decided one. */
  readonly python: string | undefined;
  material(): Material;
  /** The proposal with all that was chosen and typed. */
  proposal(): Proposal;
  /** Opens the diff. */
  show(): Promise<void>;
  /** Takes the choice that a link of a thread stands for. */
  choose(args: DecideArguments): void;
  /** Takes a person's answer (`highest`, `lowest`, a requirement); returns what is wrong with it. */
  answer(conflict: Conflict, text: string): string | null;
  /** What the resolver found and is not mended yet. */
  findings(): readonly Finding[];
  /** What the resolver found against the plan; it stands on the lines until it is mended. */
  setFindings(findings: readonly Finding[]): void;
  /** Takes a change that the resolver proved; returns the base Python that it asks for, or null. */
  takeSuggestion(args: DecideArguments): string | null;
  /** Leaves a source or project out, with the reason that is kept. */
  leaveOut(path: string, reason: string): void;
  /** Lets a source or project count again that was left out. */
  takeBackIn(path: string): void;
  /** Takes an optional group in, or out again. */
  toggleGroup(id: string): void;
  /** Plans anew from other material; what was decided stays, as far as it still fits. */
  renew(material: Material, python?: string): void;
}

export function createReview(
  folder: FolderState,
  start: Material,
  python: string | undefined,
  files: ProposalFiles,
  threads: ConflictThreads,
): Review {
  let material = start;
  let planned = python;
  let texts = textsOf(material);
  /** What decisions.json held when this, or its last renewal, began. */
  let begun = material.decisions;
  let over = false;
  let current = propose(material, material.decisions, null);
  let decisions: Decisions = current.consolidation.decisions;
  const shown = (side: Side, row: Pick<Row, "path" | "written">) =>
    proposalUri(side, `${row.written ? folder.folder.name : NOT_WRITTEN}/${row.path}`);
  const uri = shown("planned", { path: CENTRAL, written: true });

  let findings: readonly Finding[] = [];
  const open = (conflicts: readonly Conflict[]) => [
    ...conflicts,
    ...findings.map(({ conflict, suggestions }) => ({ ...conflict, suggestions })),
  ];

  const openKeys = () => current.consolidation.conflicts.map(key);
  const rows = () => diffRows(current, material.sources, texts);
  /** Findings about lines that are no longer as they were asked about are no longer true. */
  const stillTrue = ({ lines }: Finding) =>
    lines.every((line) =>
      current.consolidation.merged.some(
        (now) => key(now) === key(line) && now.line?.requirement === line.line?.requirement,
      ),
    );
  /** The typed text that is planned for already and not yet shown as planned; null for none. */
  let taken: string | null = null;
  const publish = () => {
    taken = null;
    findings = findings.filter(stillTrue);
    // An answer may come after the diff was closed: nothing is shown of it any more.
    if (over) return;
    for (const row of rows()) {
      if (row.now !== null) files.put(shown("now", row), row.now, false);
      files.put(shown("planned", row), row.planned, row.path === CENTRAL && row.written);
    }
    const { central, conflicts } = current.consolidation;
    threads.show(uri, folder.root, central, open(conflicts));
    const groups = optionalGroups(material.sources, decisions.included);
    threads.showIncluded(uri, groups, decisions.leftOut);
  };
  const plan = (typed: string | null) => {
    current = propose(
      material,
      decisions,
      typed === null ? null : { central: typed, open: openKeys() },
    );
    decisions = current.consolidation.decisions;
  };
  /**
   * The typed text counts first, so that a click never throws it away. It is taken once: taken
   * twice it would no longer stand where something was open.
   */
  const takeText = () => {
    if (over) return;
    const central = files.text(uri);
    if (central === current.consolidation.central || central === taken) return;
    taken = central;
    plan(central);
  };
  const revise = (next: (now: Decisions) => Decisions) => {
    takeText();
    decisions = next(decisions);
    plan(current.consolidation.central);
    publish();
  };
  const take = (decision: Decision) =>
    revise((now) => ({ ...now, decisions: withOne(now.decisions, decision) }));
  const change = (part: Partial<Decisions>) => revise((now) => ({ ...now, ...part }));
  const typing = files.onDidType((typed) => {
    if (typed.toString() !== uri.toString()) return;
    const text = files.text(uri);
    // The text stays under the person's fingers; only the threads follow it.
    const next = propose(material, decisions, { central: text, open: openKeys() });
    threads.show(uri, folder.root, text, open(next.consolidation.conflicts));
  });
  publish();
  return {
    folder,
    get python() {
      return planned;
    },
    material: () => material,
    proposal: () => {
      takeText();
      return current;
    },
    show: async () => {
      const real = (path: string) => vscode.Uri.file(`${folder.root}/${path}`);
      const resources = rows().map((row) => [
        real(row.path),
        row.now === null ? undefined : shown("now", row),
        shown("planned", row),
      ]);
      await vscode.commands.executeCommand("vscode.changes", DIFF_TITLE, resources);
      // A preview would give way to the first file that is looked at.
      await vscode.commands.executeCommand("workbench.action.keepEditor");
    },
    choose: ({ name, marker, index }) => {
      const conflict = current.consolidation.conflicts.find(
        (one) => one.name === name && one.marker === marker,
      );
      const choice = conflict?.choices[index];
      if (conflict && choice) revise((now) => withChoice(now, conflict, choice));
    },
    leaveOut: (path, reason) => {
      const others = decisions.leftOut.filter((one) => one.path !== path);
      change({ leftOut: [...others, { path, reason }] });
    },
    takeBackIn: (path) => {
      change({ leftOut: decisions.leftOut.filter((one) => one.path !== path) });
    },
    toggleGroup: (id) => {
      const { included } = decisions;
      const without = included.filter((one) => one !== id);
      change({ included: without.length < included.length ? without : [...included, id].sort() });
    },
    findings: () => findings,
    setFindings: (next) => {
      findings = next;
      takeText();
      publish();
    },
    takeSuggestion: ({ name, index }) => {
      const finding = findings.find(({ conflict }) => conflict.name === name);
      const suggestion = finding?.suggestions[index];
      if (!suggestion) return null;
      // One Python serves all that asked for another.
      const mends = (one: Finding) =>
        one === finding || (suggestion.python !== null && one.conflict.kind === "python");
      findings = findings.filter((one) => !mends(one));
      takeText();
      decisions = withSuggestion(decisions, suggestion);
      plan(current.consolidation.central);
      publish();
      return suggestion.python;
    },
    answer: (conflict, text) => {
      const decision = decide(conflict, text);
      if ("problem" in decision) return decision.problem;
      take(decision);
      return null;
    },
    renew: (next, otherPython) => {
      planned = otherPython ?? planned;
      takeText();
      const typed = current.consolidation.central;
      const [before, after] = [material.ground.central, next.ground.central];
      const sameCentral = Buffer.compare(bytesOf(before), bytesOf(after)) === 0;
      material = next;
      texts = textsOf(material);
      const replayed = replayDecisions(begun, decisions, next.decisions);
      // The text on disk counts where it was edited too, and with it what was decided here.
      decisions = sameCentral ? { ...replayed, lines: decisions.lines } : replayed;
      begun = next.decisions;
      plan(sameCentral ? typed : null);
      publish();
    },
    dispose: () => {
      over = true;
      typing.dispose();
      threads.clear();
    },
  };
}

/** Where the diff shows rows that nothing writes. */
const NOT_WRITTEN = "for information";

function withOne(decisions: readonly Decision[], decision: Decision): readonly Decision[] {
  return [...decisions.filter((one) => key(one) !== key(decision)), decision];
}

function textsOf({ root, sources }: Material): Map<string, string> {
  return new Map(sources.map(({ path }) => [path, sourceText(root, path)]));
}

function bytesOf(state: Material["ground"]["central"]): Uint8Array {
  return state?.bytes ?? Buffer.of();
}
