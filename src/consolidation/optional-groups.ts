import { groupId } from "./sort.ts";
import type { MergeSource } from "./source.ts";

/** An extra, an optional group or a script block, which merges only when it is asked for. */
export interface OptionalGroup {
  /** `services/a[dev]`, or the script's path. */
  readonly id: string;
  /** Its requirements as written. */
  readonly requirements: readonly string[];
  readonly included: boolean;
}

/** The optional groups of the sources, each once, in the order of the sources. */
export function optionalGroups(
  sources: readonly MergeSource[],
  included: readonly string[],
): OptionalGroup[] {
  const groups = new Map<string, string[]>();
  for (const source of sources) {
    for (const { group, raw } of source.reading.declarations) {
      if (group.kind !== "optional" && group.kind !== "script") continue;
      const id = groupId(source, group);
      groups.set(id, [...(groups.get(id) ?? []), raw]);
    }
  }
  return [...groups].map(([id, requirements]) => ({
    id,
    requirements,
    included: included.includes(id),
  }));
}
