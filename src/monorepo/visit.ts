import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { type EnvironmentFolder, environmentIn } from "./environments.ts";
import { type Ignoring, isIgnored, rulesBelow, rulesInside } from "./ignoring.ts";
import { isOfInterest, mayBeSource } from "./interest.ts";
import { excludesOf, textOrNothing } from "./repository.ts";
import { reasonOf, type Unread } from "./unread.ts";

/** A folder to visit, with `/` at its end, `""` for the root. */
export interface Task {
  readonly folder: string;
  /** What is ignored in it; null in a folder that is itself ignored. */
  readonly rules: Ignoring | null;
  /** How many levels below the ignored folder; 0 elsewhere. */
  readonly depth: number;
}

/** A symbolic link, and the path inside the root that it leads to, or why to none. */
export interface Link {
  readonly path: string;
  readonly target: string | null;
  readonly reason: string | null;
}

export interface Found {
  readonly files: Set<string>;
  readonly links: string[];
  readonly environments: EnvironmentFolder[];
  readonly repositories: string[];
  readonly unread: Unread[];
}

/** What stays the same during one walk. */
export interface Journey {
  readonly root: string;
  /** The person's own excludes. */
  readonly own: string;
  /** Whether a path lies on the way to, or in, what the walk is for. */
  readonly leadsOn: (path: string) => boolean;
  readonly found: Found;
}

/** Whether a folder of this name is never entered, whatever git says. */
export function isClosed(name: string): boolean {
  return CLOSED.has(name) || name.endsWith(".egg-info") || name.endsWith(".dist-info");
}

const CLOSED = new Set([".git", ".hg", ".svn", "node_modules", "site-packages", "__pycache__"]);

const CENTRAL_VENV = "build/python/venv";

/** Environments are looked for this deep in ignored folders, as in `.tox/py311` or `.pixi/envs/dev`. */
const DEPTH_IN_IGNORED = 3;

/** Visits one folder, notes what it finds there, and returns the folders to visit next. */
export async function visit(journey: Journey, { folder, rules, depth }: Task): Promise<Task[]> {
  const { root, found } = journey;
  const entries = entriesOf(root, folder, rules === null ? [] : found.unread);
  const environment = await environmentIn(root, folder, entries);
  if (environment !== null) {
    if (environment.path !== CENTRAL_VENV) found.environments.push(environment);
    if (folder !== "") return [];
  }
  const onward = entries.filter((entry) => journey.leadsOn(folder + entry.name));
  if (rules === null) {
    if (depth >= DEPTH_IN_IGNORED) return [];
    return open(onward).map(({ name }) => task(`${folder}${name}/`, null, depth + 1));
  }
  const inside = await rulesIn(journey, folder, entries, rules);
  for (const entry of onward) {
    const path = folder + entry.name;
    if (entry.isFile()) {
      if (isOfInterest(path) && !isIgnored(inside, path)) found.files.add(path);
    } else if (entry.isSymbolicLink()) {
      if (mayBeSource(path) && !isIgnored(inside, path)) found.links.push(path);
    }
  }
  return open(onward).map(({ name }) => {
    const path = `${folder}${name}/`;
    return task(path, isIgnored(inside, path) ? null : rulesInside(inside, path), 0);
  });
}

function task(folder: string, rules: Ignoring | null, depth: number): Task {
  return { folder, rules, depth };
}

function open(entries: readonly Dirent[]): Dirent[] {
  return entries.filter((entry) => entry.isDirectory() && !isClosed(entry.name));
}

/** The rules as a folder's own .gitignore extends them; another repository begins anew. */
async function rulesIn(
  { root, own, found }: Journey,
  folder: string,
  entries: readonly Dirent[],
  outer: Ignoring,
): Promise<Ignoring> {
  let rules = outer;
  if (folder !== "" && entries.some((entry) => entry.name === ".git")) {
    found.repositories.push(folder.slice(0, -1));
    rules = rulesBelow([], folder, await excludesOf(join(root, folder), own));
  }
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return rules;
  return rulesBelow(rules, folder, await textOrNothing(join(root, folder, ".gitignore")));
}

function entriesOf(root: string, folder: string, unread: Unread[]): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === "") throw error;
    const reason = reasonOf(error, folder);
    if (reason !== null) unread.push({ path: folder.slice(0, -1), reason });
    return [];
  }
}
