import { lstat, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { execa } from "execa";
import { type Ignoring, rulesAbove, rulesBelow } from "./ignoring.ts";

/** The text of a file, or "" where it cannot be read. */
export async function textOrNothing(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

/** The folder at or above `root` that holds `.git`, or null. Asks the file system only. */
export async function topOf(root: string): Promise<string | null> {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (await lstat(join(folder, ".git")).catch(() => null)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/**
 * The patterns that hold in a whole repository whatever its .gitignore files say: the person's
 * `own` excludes and the repository's `info/exclude`. `top` is its git top level.
 */
export async function excludesOf(top: string, own: string): Promise<string> {
  return `${own}\n${await textOrNothing(join(await commonDir(top), "info", "exclude"))}`;
}

/**
 * What is ignored at `root` before its own .gitignore speaks: the excludes, and .gitignore files
 * between the git top level and the root. Nothing of the latter holds where they ignore the root
 * itself: whoever opens it wants to see it.
 */
export async function ignoredAtRoot(top: string, root: string, own: string): Promise<Ignoring> {
  const excludes = await excludesOf(top, own);
  const below = relative(top, root).split(sep).filter(Boolean);
  if (below.length === 0) return rulesBelow([], "", excludes);
  let rules: Ignoring = [];
  for (let depth = 0; depth < below.length; depth++) {
    const text = await textOrNothing(join(top, ...below.slice(0, depth), ".gitignore"));
    const prefix = `${below.slice(depth).join("/")}/`;
    rules = rulesAbove(rules, prefix, depth === 0 ? `${excludes}\n${text}` : text);
  }
  return rules.some((level) => level.rules.ignores(level.prefix)) ? [] : rules;
}

/** Where a repository keeps `info/exclude`; `.git` is a file in worktrees and submodules. */
async function commonDir(top: string): Promise<string> {
  const git = join(top, ".git");
  const pointer = /^gitdir: (.+)$/m.exec(await textOrNothing(git))?.[1];
  if (pointer === undefined) return git;
  const own = resolve(top, pointer.trim());
  return resolve(own, (await textOrNothing(join(own, "commondir"))).trim());
}

/** The patterns of the person's own excludes file (`core.excludesFile`). Runs git. */
export async function ownExcludes(root: string, signal?: AbortSignal): Promise<string> {
  const set = await git(root, ["config", "--path", "--get", "core.excludesFile"], signal);
  const config = process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return textOrNothing(set?.trim() || join(config, "git", "ignore"));
}

/**
 * Paths that git tracks though they are ignored, relative to `folder`, with `/`: all, or those at
 * or below the paths `within`. Null where git did not answer. Runs git.
 */
export async function trackedButIgnored(
  folder: string,
  within: readonly string[],
  signal?: AbortSignal,
): Promise<string[] | null> {
  const args = ["--literal-pathspecs", "ls-files", "-z", "-ci", "--exclude-standard"];
  const listed = await git(folder, [...args, "--", ...within], signal);
  return listed === null ? null : listed.split("\0").filter(Boolean);
}

/** The output of git, or null where it fails; the person's own hooks and monitors do not run. */
export async function git(
  cwd: string,
  args: string[],
  signal?: AbortSignal,
): Promise<string | null> {
  const env = Object.fromEntries(REDIRECTS.map((name) => [name, undefined]));
  const result = await execa("git", ["-c", "core.fsmonitor=false", ...args], {
    cwd,
    env: { ...env, GIT_OPTIONAL_LOCKS: "0" },
    maxBuffer: 1024 * 1024 * 1024,
    reject: false,
    stripFinalNewline: false,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  signal?.throwIfAborted();
  return result.failed ? null : result.stdout;
}

/** What git sets for its hooks would point us at another repository. */
const REDIRECTS = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];
