import { inputsToTry, inputsTried, presenceIn } from "./compiled.ts";
import { readFacts } from "./facts.ts";
import type { FileFacts } from "./file-facts.ts";
import { includesOf } from "./includes.ts";

/** The facts with those of every file that a source names, and of what that names, and so on. */
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

/** The facts without files that were read only because a source named them, and none does now. */
export function withoutOrphans(facts: readonly FileFacts[]): FileFacts[] {
  const named = new Set(includesOf(facts).flatMap((include) => [include.named, include.to]));
  const presenceOf = presenceIn(facts);
  for (const fact of facts) for (const place of inputsTried(fact, presenceOf)) named.add(place);
  const left = facts.filter((fact) => !isNamedOnly(fact) || named.has(fact.path));
  return left.length === facts.length ? left : withoutOrphans(left);
}

/** Files that sources include, or were compiled from, and that nobody has read as a source yet. */
function missingIncludes(facts: readonly FileFacts[]): Set<string> {
  const known = new Set(facts.filter(isRead).map(({ path }) => path));
  const presenceOf = presenceIn(facts);
  return new Set([
    ...includesOf(facts).flatMap(({ to }) => (known.has(to) ? [] : [to])),
    ...facts.flatMap((fact) => inputsToTry(fact, presenceOf)),
  ]);
}

/** Whether a file was read as a source, or found to be none or another one. */
function isRead({ reading, reason, aliasOf }: FileFacts): boolean {
  return reading !== null || reason !== null || aliasOf !== null;
}

/** Whether only a source that names a file can have made it be read. */
function isNamedOnly(fact: FileFacts): boolean {
  return !fact.standsAlone && isRead(fact);
}
