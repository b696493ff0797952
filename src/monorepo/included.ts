import { type FileFacts, readFacts } from "./facts.ts";
import { includesOf } from "./includes.ts";

/** The facts with those of every file that a source includes, and of what that includes, and so on. */
export async function withIncluded(
  root: string,
  facts: readonly FileFacts[],
  signal?: AbortSignal,
): Promise<FileFacts[]> {
  let all = [...facts];
  for (;;) {
    const missing = missingIncludes(all);
    if (missing.size === 0) return all.sort((a, b) => (a.path < b.path ? -1 : 1));
    const fresh = await readFacts(root, [], missing, signal);
    all = all.filter(({ path }) => !missing.has(path)).concat(fresh);
  }
}

/** The facts without files that were read only because a source included them, and none does now. */
export function withoutOrphans(facts: readonly FileFacts[]): FileFacts[] {
  const included = new Set(includesOf(facts).flatMap(({ named, to }) => [named, to]));
  const left = facts.filter((fact) => fact.standsAlone || included.has(fact.path) || !isRead(fact));
  return left.length === facts.length ? left : withoutOrphans(left);
}

/** Files that sources include and that nobody has read as a source yet. */
function missingIncludes(facts: readonly FileFacts[]): Set<string> {
  const known = new Set(facts.filter(isRead).map(({ path }) => path));
  return new Set(includesOf(facts).flatMap(({ to }) => (known.has(to) ? [] : [to])));
}

/** Whether a file was read as a source, or found to be none or another one. */
function isRead({ reading, reason, aliasOf }: FileFacts): boolean {
  return reading !== null || reason !== null || aliasOf !== null;
}
