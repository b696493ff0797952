import type { MergeMember, MergeSource } from "../consolidation/source.ts";
import type { Scan } from "../monorepo/scan.ts";

/** The sources of a scan as consolidation takes them; the central file is not one of them. */
export function mergeSources({ sources }: Scan): MergeSource[] {
  return sources
    .filter(({ role }) => role !== "central")
    .map((source) => ({ ...source, localPaths: new Set(source.localPaths) }));
}

/** The projects that others can require by their folder. */
export function mergeMembers({ projects }: Scan): MergeMember[] {
  return projects.flatMap(({ path, member }) => (member ? [{ path, ...member }] : []));
}
