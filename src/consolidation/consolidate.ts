import type { Environment } from "../requirements/marker-evaluate.ts";
import { readRequirementsFile } from "../requirements/readers/requirements-txt.ts";
import type { CentralEntry, CentralLine, Placed } from "./central-file.ts";
import {
  entryKey,
  isUndecided,
  printLine,
  printUndecided,
  readCentral,
  writeCentral,
} from "./central-file.ts";
import type { Conflict } from "./conflict.ts";
import type { Decision, Decisions, Removal } from "./decision.ts";
import { key } from "./decision.ts";
import { handMadeDecisions } from "./hand-made.ts";
import { heldBy, heldNeeds, restingOnHeld } from "./held.ts";
import type { LedgerEntry } from "./ledger.ts";
import { ledgerOf } from "./ledger.ts";
import { constraintsText } from "./limits.ts";
import type { MergedLine } from "./merge.ts";
import { mergePackage } from "./merge.ts";
import type { Need } from "./need.ts";
import { needOf, versionPart } from "./need.ts";
import type { OptionNote } from "./options.ts";
import { hashNotes, mergeOptions } from "./options.ts";
import { pythonConflict } from "./python.ts";
import { sortDeclarations } from "./sort.ts";
import type { MergeMember, MergeSource } from "./source.ts";
import { vanishedLines } from "./vanished.ts";

/** All that consolidation is handed: values, no I/O. */
export interface Input {
  readonly sources: readonly MergeSource[];
  /** Path of the central file relative to the root, and its present text (null: there is none). */
  readonly centralPath: string;
  readonly central: string | null;
  readonly decisions: Decisions;
  /** The base Python's marker environment; empty where none is known. */
  readonly environment: Partial<Environment>;
  /** Keys of the lines that are undecided in the proposal that `central` was typed into. */
  readonly open: readonly string[];
  readonly members: readonly MergeMember[];
}

export interface Consolidation {
  /** The text that the central file would have; open conflicts stand in it as comments. */
  readonly central: string;
  /** What decisions.json would hold. */
  readonly decisions: Decisions;
  readonly lines: readonly CentralLine[];
  /** The same with the needs behind each line, those that are open included. */
  readonly merged: readonly MergedLine[];
  readonly conflicts: readonly Conflict[];
  readonly ledger: readonly LedgerEntry[];
  /** Options of sources that are not taken over, and why. */
  readonly optionNotes: readonly OptionNote[];
  /** The text of constraints.txt: limits on packages that nobody names; "" for none. */
  readonly constraints: string;
}

/** Declarations in, plan out: the central file, what is still open, and what became of every line. */
export function consolidate(input: Input): Consolidation {
  const { sources, environment } = input;
  const decisions = withoutReturned(input.decisions, sources);
  const entries = readEntries(input);
  const sorted = sortDeclarations(sources, input);
  const projects = new Set([...sources, ...decisions.removed].map(({ project }) => project));
  const derived = entries.filter((entry) => isDerived(entry, decisions, projects));
  const own = ownNeeds(entries, derived, input);
  const live = [...sorted.needs, ...own];
  const held = heldNeeds(derived, decisions.removed, live, environment);
  const byName = Map.groupBy([...live, ...held], ({ name }) => name);
  for (const limit of sorted.limits) byName.get(limit.name)?.push(limit);
  const resting = { ...decisions, decisions: restingOnHeld(decisions, live, held) };
  const options = mergeOptions(sources, sorted.needs, resting);
  const python = pythonConflict(sources, input.members, decisions, environment);

  const known = {
    ...decisions,
    decisions: handMadeDecisions(entries, derived, byName, resting, input.open),
  };
  const merged = [
    ...[...byName].flatMap(([name, needs]) => mergePackage(name, needs, known, environment)),
    ...vanishedLines(derived, byName, projects, known),
  ];
  const heldOptions = derived.filter(
    (entry) => !entry.declaration && heldBy(entry, decisions.removed).length > 0,
  );
  const heldKeys = new Set(heldOptions.map(entryKey));
  const placed = [
    ...merged.flatMap(placedLine),
    ...options.lines.map(optionLine).filter((line) => !heldKeys.has(line.key)),
    ...options.conflicts.map(undecidedLine),
  ];
  const owned = ownedEntries(entries, derived, merged, decisions.removed);
  const lines = merged.flatMap(({ line }) => line ?? []).filter((line) => line.projects.length > 0);
  const open = new Set(merged.filter(({ conflict, line }) => conflict && !line).map(key));
  const standing = merged.flatMap(({ decision }) => decision ?? []);
  return {
    central: writeCentral(entries, owned, placed),
    decisions: {
      ...decisions,
      decisions: [
        ...standing,
        ...pastDecisions(decisions, standing),
        ...options.decisions,
        ...(python.decision ? [python.decision] : []),
      ],
      lines: {
        ...Object.fromEntries(Object.entries(decisions.lines).filter(([one]) => open.has(one))),
        ...Object.fromEntries(lines.map((line) => [key(line), line.requirement])),
      },
    },
    lines,
    merged,
    conflicts: [
      ...merged.flatMap(({ conflict }) => conflict ?? []),
      ...options.conflicts,
      ...(python.conflict ? [python.conflict] : []),
    ].sort(byKey),
    ledger: ledgerOf(merged, sorted.limits, sorted.others).filter(
      ({ declaration }) => !held.some((need) => need.declaration === declaration),
    ),
    optionNotes: [...options.notes, ...hashNotes(sources)],
    constraints: constraintsText(sorted.limits, byName),
  };
}

/** A source that is there again declares for itself: its removal is history. */
function withoutReturned(decisions: Decisions, sources: readonly MergeSource[]): Decisions {
  const there = new Set(sources.map(({ path }) => path));
  const removed = decisions.removed.filter(({ path }) => !there.has(path));
  return { ...decisions, removed };
}

/** What was decided about lines that stand for removed sources says why they are as they are. */
function pastDecisions(
  { decisions, removed }: Decisions,
  standing: readonly Decision[],
): Decision[] {
  const names = new Set(removed.flatMap(({ declares }) => declares ?? []));
  const now = new Set(standing.map(key));
  return decisions.filter((decision) => names.has(decision.name) && !now.has(key(decision)));
}

function readEntries({ central, centralPath }: Input): CentralEntry[] {
  return central === null ? [] : readCentral(central, readRequirementsFile(centralPath, central));
}

/** A line whose comment names projects is derived: it is written anew while they declare it. */
function isDerived(
  entry: CentralEntry,
  { lines }: Decisions,
  projects: ReadonlySet<string>,
): boolean {
  if (entry.comment.length === 0) return false;
  return (entryKey(entry) ?? "") in lines || entry.comment.every((item) => projects.has(item));
}

/** The lines without such a comment are a person's own, and merge like any other declaration. */
function ownNeeds(
  entries: readonly CentralEntry[],
  derived: readonly CentralEntry[],
  { environment, decisions, open }: Input,
): Need[] {
  const decided = new Set([...decisions.decisions.map(key), ...open]);
  const isOfDerived = new Set(derived);
  return entries.flatMap((entry) => {
    if (!entry.declaration || isOfDerived.has(entry) || decided.has(entryKey(entry)!)) return [];
    const { declaration } = entry;
    const { link, editable } = declaration;
    const target = link === null ? null : { link, editable, name: null };
    return needOf(declaration, null, target, versionPart(environment)) ?? [];
  });
}

/** The entries that give way: derived lines, and a person's line that a decision replaces. */
function ownedEntries(
  entries: readonly CentralEntry[],
  derived: readonly CentralEntry[],
  merged: readonly MergedLine[],
  removed: readonly Removal[],
): Set<CentralEntry> {
  const byKey = new Map(merged.map((line) => [key(line), line]));
  const isOfDerived = new Set(derived);
  // An option line that stands for a removed source is not written anew.
  const isHeld = (entry: CentralEntry) => heldBy(entry, removed).length > 0;
  const owned = entries.filter((entry) => {
    const line = byKey.get(entryKey(entry) ?? "");
    if (!entry.declaration) return isOfDerived.has(entry) ? !isHeld(entry) : isUndecided(entry);
    if (!isOfDerived.has(entry)) return line?.decision != null;
    return line !== undefined || !isHeld(entry);
  });
  return new Set(owned);
}

function placedLine(merged: MergedLine): Placed[] {
  if (merged.line) return [{ key: key(merged), text: printLine(merged.line) }];
  return merged.conflict ? [undecidedLine(merged.conflict)] : [];
}

function undecidedLine(conflict: Conflict): Placed {
  return { key: key(conflict), text: [printUndecided(conflict)] };
}

function optionLine(line: CentralLine): Placed {
  return { key: line.requirement, text: printLine(line) };
}

function byKey(a: Conflict, b: Conflict): number {
  return key(a) < key(b) ? -1 : 1;
}
