import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { execa } from "execa";
import { HOME, KEPT, VENV } from "./layout.ts";

/** The .gitignore files that speak of build/python, as text by path relative to the git top level. */
type IgnoreFiles = Record<string, string>;

/** What is added to the end of a .gitignore; `path` is relative to the root. */
export interface IgnoreEdit {
  readonly path: string;
  readonly added: string;
}

const NOTE = "# One Venv: git keeps build/python, but not the venv in it.";

/** The ignore files that can speak of build/python: what brings it back in each, and its own folder. */
const LEVELS = [
  { path: ".gitignore", folder: "", bringBack: ["!/build/", "/build/*", `!/${HOME}/`] },
  { path: "build/.gitignore", folder: "build/", bringBack: ["!/python/"] },
  { path: `${HOME}/.gitignore`, folder: `${HOME}/`, bringBack: [] },
] as const;
type Level = (typeof LEVELS)[number];

/**
 * The .gitignore lines that make git keep our files and ignore the venv, and nothing else.
 * `git check-ignore` decides, in a scratch repository that holds the same ignore files: what the
 * patterns mean is never guessed. Empty where `root` is in no git repository.
 */
export async function ignoreEdits(root: string): Promise<IgnoreEdit[]> {
  const top = await git(root, ["rev-parse", "--show-toplevel"]);
  if (top === null) return [];
  const prefix = relative(top.trim(), root).split(sep).join("/");
  const at = (path: string) => (prefix ? `${prefix}/${path}` : path);
  const files = await readIgnoreFiles(top.trim(), at);
  const exclude = await readText(join((await gitDir(root)) ?? "", "info", "exclude"));
  const ignored = (files: IgnoreFiles) => ignoredIn(files, exclude, at);

  const levels = LEVELS.filter((level, i) => i === 0 || files[at(level.path)] !== undefined);
  const tries: Lines[] = [new Map(), new Map([[LEVELS[0], [ignoreVenv(LEVELS[0])]]])];
  for (const chosen of subsets(levels)) {
    const lines: Lines = new Map(chosen.map((level) => [level, [...level.bringBack]]));
    const deepest = chosen.at(-1)!;
    // What is ignored even so is named one by one, where the last word is spoken.
    const still = await ignored(proposal(files, lines, at));
    const named = KEPT.filter((path) => still.includes(path));
    lines.get(deepest)!.push(...named.map((path) => `!/${path.slice(deepest.folder.length)}`));
    lines.get(deepest)!.push(ignoreVenv(deepest));
    tries.push(lines);
  }
  for (const lines of tries) {
    if (isRight(await ignored(proposal(files, lines, at)))) return edits(files, lines, at);
  }
  return edits(files, tries[2]!, at);
}

/** Lines to add, by the ignore file that gets them. */
type Lines = Map<Level, string[]>;

function ignoreVenv({ folder }: Level): string {
  return `/${VENV.slice(folder.length)}/`;
}

/** The non-empty subsets, smaller ones first, so that as few files as possible are edited. */
function subsets<T>(items: readonly T[]): T[][] {
  const all = Array.from({ length: 2 ** items.length - 1 }, (_, bits) =>
    items.filter((_, i) => (bits + 1) & (1 << i)),
  );
  return all.sort((a, b) => a.length - b.length);
}

function proposal(files: IgnoreFiles, lines: Lines, at: (path: string) => string): IgnoreFiles {
  const added = [...lines].map(([{ path }, more]) => [at(path), withLines(files[at(path)], more)]);
  return { ...files, ...Object.fromEntries(added) };
}

function edits(files: IgnoreFiles, lines: Lines, at: (path: string) => string): IgnoreEdit[] {
  return [...lines].flatMap(([{ path }, more]) => {
    const before = files[at(path)] ?? "";
    const added = withLines(before, more).slice(before.length);
    return added === "" ? [] : [{ path, added }];
  });
}

function isRight(ignored: readonly string[]): boolean {
  return ignored.length === 1 && ignored[0] === VENV;
}

function withLines(text: string | undefined, lines: readonly string[]): string {
  if (lines.length === 0) return text ?? "";
  const eol = text?.includes("\r\n") ? "\r\n" : "\n";
  const start = !text ? "" : text.endsWith("\n") ? `${text}${eol}` : `${text}${eol}${eol}`;
  return start + [NOTE, ...lines, ""].join(eol);
}

async function readIgnoreFiles(top: string, at: (path: string) => string): Promise<IgnoreFiles> {
  const files: IgnoreFiles = {};
  for (let folder = at(HOME); ; folder = dirname(folder)) {
    const path = folder === "." ? ".gitignore" : `${folder}/.gitignore`;
    const text = await readText(join(top, path));
    if (text !== null) files[path] = text;
    if (folder === ".") return files;
  }
}

async function ignoredIn(files: IgnoreFiles, exclude: string | null, at: (path: string) => string) {
  const scratch = await mkdtemp(join(tmpdir(), "one-venv-ignore-"));
  try {
    await git(scratch, ["init", "--quiet", "--template="]);
    if (exclude !== null) await put(join(scratch, ".git", "info", "exclude"), exclude);
    for (const [path, text] of Object.entries(files)) await put(join(scratch, path), text);
    // A pattern that ends in "/" speaks of folders only, and git looks at the disk for that.
    await mkdir(join(scratch, at(VENV)), { recursive: true });
    const asked = [...KEPT, VENV];
    const input = asked.map(at).join("\0");
    const out = await git(scratch, ["check-ignore", "--no-index", "-z", "--stdin"], input);
    const named = new Set((out ?? "").split("\0"));
    return asked.filter((path) => named.has(at(path)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function gitDir(root: string): Promise<string | null> {
  const path = await git(root, ["rev-parse", "--path-format=absolute", "--git-common-dir"]);
  return path?.trim() ?? null;
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

/** git's output, or null where git is missing, this is no repository, or it has nothing to say. */
async function git(cwd: string, args: readonly string[], input?: string): Promise<string | null> {
  const { exitCode, stdout } = await execa("git", ["-c", "core.fsmonitor=false", ...args], {
    cwd,
    reject: false,
    stripFinalNewline: false,
    ...(input === undefined ? {} : { input }),
  });
  return exitCode === 0 ? stdout : null;
}

/** Whether git ignores a path, which is relative to the root; null where it does not say. */
export async function isIgnored(root: string, path: string): Promise<boolean | null> {
  const { exitCode } = await execa(
    "git",
    ["-c", "core.fsmonitor=false", "check-ignore", "--quiet", "--", path],
    { cwd: root, reject: false },
  );
  return exitCode === 0 ? true : exitCode === 1 ? false : null;
}
