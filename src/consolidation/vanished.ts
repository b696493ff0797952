import type { CentralEntry } from "./central-file.ts";
import { entryKey, entryRequirement } from "./central-file.ts";
import type { Decisions } from "./decision.ts";
import { standingDecision } from "./decision.ts";
import type { MergedLine } from "./merge.ts";
import type { Need } from "./need.ts";

/**
 * Derived lines that nobody declares any more because their projects are gone, without a plan
 * having removed them: the person is asked, since the line may be all that is left of a pin.
 */
export function vanishedLines(
  derived: readonly CentralEntry[],
  byName: ReadonlyMap<string, readonly Need[]>,
  projects: ReadonlySet<string>,
  decisions: Decisions,
): MergedLine[] {
  return derived.flatMap((entry): MergedLine[] => {
    const [name = "", marker = null] = entryKey(entry)!.split(/; (.*)/s);
    const gone = entry.comment.every((item) => !projects.has(item));
    if (!gone || byName.has(name)) return [];
    const base = { name, marker, needs: [] };
    const requirement = entryRequirement(entry);
    const decision = standingDecision(decisions, base, []);
    if (decision) {
      const line = decision.requirement === null ? null : { ...base, requirement, projects: [] };
      return [{ ...base, line, decision, conflict: null }];
    }
    const conflict = {
      name,
      marker,
      kind: "vanished" as const,
      claims: [],
      declared: [],
      sentence: `${entry.comment.join(", ")} needed ${requirement} and declares nothing any more`,
      choices: [
        {
          choice: "keep" as const,
          of: null,
          title: "Keep the line as my own",
          requirement,
          drops: [],
        },
        { choice: "drop" as const, of: null, title: "Drop the line", requirement: null, drops: [] },
      ],
    };
    // Until it is decided the line stays as it is.
    const line = { name, marker, requirement, projects: entry.comment };
    return [{ ...base, line, decision: null, conflict }];
  });
}
