import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { EnvironmentFolder } from "./environments.ts";
import { isOfInterest } from "./interest.ts";
import { pathInside } from "./real-path.ts";
import { ignoredAtRoot, ownExcludes, topOf, trackedButIgnored } from "./repository.ts";
import { turns } from "./turns.ts";
import { reasonOf, type Unread } from "./unread.ts";
import { type Found, isClosed, type Journey, type Link, type Task, visit } from "./visit.ts";

export interface WalkOptions {
  /** false where no process may run (an untrusted folder): .gitignore files are read all the same. */
  readonly git: boolean;
  readonly signal?: AbortSignal;
}

/** What one walk met. Paths are relative to the root, with `/`; lists are sorted. */
export interface Walk {
  /** Files of interest that git does not ignore, or tracks all the same. */
  readonly files: readonly string[];
  /** Symbolic links that are named like a source. */
  readonly links: readonly Link[];
  /** Virtual environments, but for the central one. */
  readonly environments: readonly EnvironmentFolder[];
  /** Repositories inside the root's own, submodules included. */
  readonly repositories: readonly string[];
  readonly unread: readonly Unread[];
  /** False where tracked files that a pattern ignores may be missing, as git was not asked. */
  readonly knowsTracked: boolean;
}

/**
 * Walks the folder `root` once, or only as far as the paths `within` ask for (relative to it, with
 * `/`). Does not descend into environments, installed packages, `.git`, or what git ignores,
 * except to notice environments there; follows no symbolic links. Throws where `root` itself
 * cannot be read, and the signal's reason where it is aborted; all else that fails is in `unread`.
 */
export async function walk(
  root: string,
  { git, signal }: WalkOptions,
  within: readonly string[] | null = null,
): Promise<Walk> {
  const top = await topOf(root);
  // Two calls of git, side by side, and the first folders wait for the one that is quick.
  const asked = git && top !== null ? trackedButIgnored(root, within ?? [], signal) : null;
  asked?.catch(() => {}); // awaited below
  const own = git ? await ownExcludes(root, signal) : "";
  const found: Found = {
    files: new Set(),
    links: [],
    environments: [],
    repositories: [],
    unread: [],
  };
  const journey: Journey = { root, own, found, leadsOn: leadsTo(within) };
  const rules = top === null ? [] : await ignoredAtRoot(top, root, own);
  const tasks: Task[] = [{ folder: "", rules, depth: 0 }];
  const [known] = await Promise.all([asked, visitAll(journey, tasks, signal)]);
  await addCentralFolder(journey);
  await addTracked(journey, "", known ?? []);
  const nested = git ? await addTrackedInside(journey, signal) : found.repositories.length === 0;
  return {
    files: [...found.files].sort(),
    links: await resolveLinks(root, found.links),
    environments: found.environments.sort(byPath),
    repositories: found.repositories.sort(),
    unread: found.unread.sort(byPath),
    knowsTracked: (top === null || known !== null) && nested,
  };
}

async function visitAll(journey: Journey, tasks: Task[], signal?: AbortSignal): Promise<void> {
  const next = turns();
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const pause = next();
    if (pause) await pause;
    signal?.throwIfAborted();
    tasks.push(...(await visit(journey, task)));
  }
}

function leadsTo(within: readonly string[] | null): (path: string) => boolean {
  if (within === null) return () => true;
  return (path) =>
    within.some((aim) => path === aim || path.startsWith(`${aim}/`) || aim.startsWith(`${path}/`));
}

/** Files in build/python count whatever the patterns say. */
async function addCentralFolder({ root, leadsOn, found }: Journey): Promise<void> {
  const folder = "build/python";
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile() && isOfInterest(path) && leadsOn(path)) found.files.add(path);
  }
}

/** Files that git tracks though a pattern ignores them, unless they lie where nobody looks. */
async function addTracked(
  { root, leadsOn, found }: Journey,
  folder: string,
  tracked: readonly string[],
): Promise<void> {
  for (const name of tracked) {
    const path = folder + name;
    const closed = path.split("/").some(isClosed);
    if (closed || !isOfInterest(path) || !leadsOn(path)) continue;
    if (found.environments.some((environment) => path.startsWith(`${environment.path}/`))) continue;
    const state = await lstat(join(root, path)).catch(() => null);
    if (state?.isFile()) found.files.add(path);
  }
}

/** The same for nested repositories; says whether git answered for all of them. */
async function addTrackedInside(journey: Journey, signal?: AbortSignal): Promise<boolean> {
  let answered = true;
  for (const folder of journey.found.repositories) {
    const known = await trackedButIgnored(join(journey.root, folder), [], signal);
    answered &&= known !== null;
    await addTracked(journey, `${folder}/`, known ?? []);
  }
  return answered;
}

/** Where symbolic links lead, sorted by their paths. */
export async function resolveLinks(root: string, links: readonly string[]): Promise<Link[]> {
  const found = links.map(async (path): Promise<Link> => {
    try {
      const target = await pathInside(root, path);
      return {
        path,
        target,
        reason: target === null ? "a link that leads outside the root" : null,
      };
    } catch (error) {
      return { path, target: null, reason: reasonOf(error, path) ?? "a link that leads nowhere" };
    }
  });
  return (await Promise.all(found)).sort(byPath);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
