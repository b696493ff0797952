import type { CentralEntry } from "./central-file.ts";
import { entryKey, entryRequirement } from "./central-file.ts";
import type { Decision, Decisions } from "./decision.ts";
import { key } from "./decision.ts";
import { undecidedLine } from "./merge.ts";
import type { Need } from "./need.ts";
import { declaredTexts, markerText } from "./need.ts";

/**
 * The decisions with those that a person took in the central file itself: a derived line changed
 * or deleted by hand, and a line typed where the proposal says that it is undecided (`open`, by key).
 */
export function handMadeDecisions(
  entries: readonly CentralEntry[],
  derived: readonly CentralEntry[],
  byName: ReadonlyMap<string, readonly Need[]>,
  { decisions, lines }: Decisions,
  open: readonly string[],
): Decision[] {
  const byKey = new Map(decisions.map((decision) => [key(decision), decision]));
  const add = (lineKey: string, choice: "edited" | "own", requirement: string | null) => {
    const decision = decisionFor(lineKey, choice, requirement, byName, byKey.get(lineKey));
    if (decision) byKey.set(lineKey, decision);
  };
  if (entries.length > 0) {
    const entryFor = entryFinder(derived, lines);
    for (const [lineKey, written] of Object.entries(lines)) {
      // In a proposal an undecided line is no line yet, which is not the same as a deleted one.
      if (open.includes(lineKey)) continue;
      const entry = entryFor(lineKey);
      const requirement = entry ? entryRequirement(entry) : null;
      if (requirement !== written) add(lineKey, "edited", requirement);
    }
  }
  for (const entry of entries) {
    const typed = entry.declaration !== null && open.includes(entryKey(entry)!);
    if (typed) add(entryKey(entry)!, "own", entryRequirement(entry));
  }
  return [...byKey.values()];
}

/** Finds the entry of a derived line; a changed marker makes another key of the same package. */
function entryFinder(derived: readonly CentralEntry[], lines: Decisions["lines"]) {
  const byKey = new Map<string, CentralEntry>();
  const strays = new Map<string, CentralEntry>();
  for (const entry of derived) {
    const entryOf = entryKey(entry)!;
    if (!byKey.has(entryOf)) byKey.set(entryOf, entry);
    if (!(entryOf in lines) && !strays.has(nameOf(entryOf))) strays.set(nameOf(entryOf), entry);
  }
  return (lineKey: string): CentralEntry | undefined =>
    byKey.get(lineKey) ?? strays.get(nameOf(lineKey));
}

function nameOf(lineKey: string): string {
  return lineKey.split("; ")[0]!;
}

function decisionFor(
  lineKey: string,
  choice: "edited" | "own",
  requirement: string | null,
  byName: ReadonlyMap<string, readonly Need[]>,
  before: Decision | undefined,
): Decision | null {
  const name = nameOf(lineKey);
  const marker = lineKey === name ? null : lineKey.slice(name.length + 2);
  const needs = byName.get(name) ?? [];
  const group = needs.filter((need) => markerText(need) === (marker ?? ""));
  const whole = declaredTexts(needs);
  const isWhole = group.length === 0 || before?.declared.join("\n") === whole.join("\n");
  const base = { name, marker, needs: isWhole ? needs : group };
  if (needs.length === 0 || undecidedLine(base).line?.requirement === requirement) return null;
  return { name, marker, choice, requirement, declared: declaredTexts(base.needs), reason: null };
}
