import type { Dirent } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Ignoring, isIgnored, rulesBelow, rulesInside } from "./ignoring.ts";
import { isOfInterest, mayBeSource } from "./interest.ts";
import { drain } from "./pool.ts";
import {
  excludesOf,
  ignoredAtRoot,
  ownExcludes,
  textOrNothing,
  topOf,
  trackedButIgnored,
} from "./repository.ts";
import { reasonOf, type Unread } from "./unread.ts";

export interface WalkOptions {
  /** false where no process may run (an untrusted folder): .gitignore files are read all the same. */
  readonly git: boolean;
  readonly signal?: AbortSignal;
}

/** A folder that is a virtual environment. */
export interface EnvironmentFolder {
  readonly path: string;
  readonly kind: "venv" | "conda";
}

/** What one walk met. Paths are relative to the root, with `/`; lists are sorted. */
export interface Walk {
  /** Files of interest that git does not ignore, or tracks all the same. */
  readonly files: readonly string[];
  /** Symbolic links that are named like a file of interest, and where they lead; null: outside. */
  readonly links: readonly { readonly path: string; readonly target: string | null }[];
  readonly environments: readonly EnvironmentFolder[];
  /** Repositories inside the root's own, submodules included. */
  readonly repositories: readonly string[];
  readonly unread: readonly Unread[];
  /** False where tracked files that a pattern ignores may be missing, as git was not asked. */
  readonly knowsTracked: boolean;
}

/** A folder to visit, with `/` at its end, `""` for the root. */
interface Task {
  readonly folder: string;
  /** What is ignored in it; null in a folder that is itself ignored. */
  readonly rules: Ignoring | null;
  /** How many levels below the ignored folder; 0 elsewhere. */
  readonly depth: number;
}

interface Found {
  readonly files: Set<string>;
  readonly links: { path: string; target: string | null }[];
  readonly environments: EnvironmentFolder[];
  readonly repositories: string[];
  readonly unread: Unread[];
}

const CENTRAL = "build/python/";
const CENTRAL_VENV = "build/python/venv/";

/** Never entered, whatever git says. */
const CLOSED = new Set([".git", ".hg", ".svn", "node_modules", "site-packages", "__pycache__"]);

/** Environments are looked for this deep in ignored folders, as in `.tox/py311` or `.pixi/envs/dev`. */
const DEPTH_IN_IGNORED = 3;

const FOLDERS_AT_A_TIME = 32;

/**
 * Walks the folder `root` once. Does not descend into environments, installed packages, `.git`, or
 * what git ignores, except to notice environments there; follows no symbolic links. Throws where
 * `root` itself cannot be read, and the signal's reason where it is aborted; all else that fails
 * is in `unread`.
 */
export async function walk(root: string, { git, signal }: WalkOptions): Promise<Walk> {
  const top = await topOf(root);
  const own = git && top !== null ? await ownExcludes(root, signal) : "";
  const found: Found = {
    files: new Set(),
    links: [],
    environments: [],
    repositories: [],
    unread: [],
  };
  const rules = top === null ? [] : await ignoredAtRoot(top, root, own);
  const tasks: Task[] = [{ folder: "", rules, depth: 0 }];
  const tracked = git && top !== null ? trackedButIgnored(root, signal) : Promise.resolve(null);
  const visits = drain(tasks, FOLDERS_AT_A_TIME, (task) => {
    signal?.throwIfAborted();
    return visit(root, task, own, tasks, found);
  });
  const [known] = await Promise.all([tracked, visits]);
  await addCentralFolder(root, found);
  let knowsTracked = top === null || known !== null;
  await addTracked(root, "", known ?? [], found);
  for (const folder of found.repositories) {
    const inside = git ? await trackedButIgnored(join(root, folder), signal) : null;
    knowsTracked &&= inside !== null;
    await addTracked(root, `${folder}/`, inside ?? [], found);
  }
  return {
    files: [...found.files].sort(),
    links: await resolvedLinks(root, found.links),
    environments: found.environments.sort(byPath),
    repositories: found.repositories.sort(),
    unread: found.unread.sort(byPath),
    knowsTracked,
  };
}

async function visit(root: string, task: Task, own: string, tasks: Task[], found: Found) {
  const { folder } = task;
  const entries = await entriesOf(root, folder, found.unread);
  const environment = environmentIn(entries);
  if (environment !== null) {
    const path = folder === "" ? "." : folder.slice(0, -1);
    if (folder !== CENTRAL_VENV) found.environments.push({ path, kind: environment });
    if (folder !== "") return;
  }
  if (task.rules === null) {
    if (task.depth < DEPTH_IN_IGNORED) tasks.push(...foldersIn(entries, task));
    return;
  }
  const rules = await rulesIn(root, folder, entries, task.rules, own, found);
  for (const entry of entries) {
    const path = folder + entry.name;
    if (entry.isDirectory()) {
      if (CLOSED.has(entry.name)) continue;
      const ignored = isIgnored(rules, `${path}/`);
      const inside = ignored ? null : rulesInside(rules, `${path}/`);
      tasks.push({ folder: `${path}/`, rules: inside, depth: 0 });
    } else if (entry.isSymbolicLink()) {
      if (mayBeSource(path) && !isIgnored(rules, path)) found.links.push({ path, target: null });
    } else if (entry.isFile() && isOfInterest(path) && !isIgnored(rules, path)) {
      found.files.add(path);
    }
  }
}

/** The rules as a folder's own .gitignore extends them; another repository begins anew. */
async function rulesIn(
  root: string,
  folder: string,
  entries: readonly Dirent[],
  outer: Ignoring,
  own: string,
  found: Found,
): Promise<Ignoring> {
  let rules = outer;
  if (folder !== "" && entries.some((entry) => entry.name === ".git")) {
    found.repositories.push(folder.slice(0, -1));
    rules = rulesBelow([], folder, await excludesOf(join(root, folder), own));
  }
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return rules;
  return rulesBelow(rules, folder, await textOrNothing(join(root, folder, ".gitignore")));
}

async function entriesOf(root: string, folder: string, unread: Unread[]): Promise<Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === "") throw error;
    const reason = reasonOf(error, folder);
    if (reason !== null) unread.push({ path: folder.slice(0, -1), reason });
    return [];
  }
}

function environmentIn(entries: readonly Dirent[]): EnvironmentFolder["kind"] | null {
  if (entries.some((entry) => entry.name === "pyvenv.cfg")) return "venv";
  return entries.some((entry) => entry.name === "conda-meta" && entry.isDirectory())
    ? "conda"
    : null;
}

function foldersIn(entries: readonly Dirent[], { folder, depth }: Task): Task[] {
  return entries
    .filter((entry) => entry.isDirectory() && !CLOSED.has(entry.name))
    .map((entry) => ({ folder: `${folder}${entry.name}/`, rules: null, depth: depth + 1 }));
}

/** Files in build/python count whatever the patterns say. */
async function addCentralFolder(root: string, found: Found): Promise<void> {
  const entries = await readdir(join(root, CENTRAL), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = CENTRAL + entry.name;
    if (entry.isFile() && isOfInterest(path)) found.files.add(path);
  }
}

/** Files that git tracks though a pattern ignores them, unless they lie where nobody looks. */
async function addTracked(root: string, folder: string, tracked: readonly string[], found: Found) {
  for (const name of tracked) {
    const path = folder + name;
    const closed = path.split("/").some((part) => CLOSED.has(part));
    if (closed || !isOfInterest(path) || inEnvironment(path, found.environments)) continue;
    const state = await lstat(join(root, path)).catch(() => null);
    if (state?.isFile()) found.files.add(path);
  }
}

function inEnvironment(path: string, environments: readonly EnvironmentFolder[]): boolean {
  return environments.some((environment) => path.startsWith(`${environment.path}/`));
}

async function resolvedLinks(root: string, links: Found["links"]): Promise<Found["links"]> {
  const realRoot = await realpath(root);
  for (const link of links) {
    const target = await realpath(join(root, link.path)).catch(() => null);
    const inside = target === null ? null : relative(realRoot, target).split(sep).join("/");
    link.target = inside === null || inside.startsWith("../") ? null : inside;
  }
  return links.sort(byPath);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
