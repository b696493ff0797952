import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { execa } from "execa";

const example = join(import.meta.dirname, "..", "examples", "monorepo");

/**
 * Copy `examples/monorepo` to `target` as a git repository of its own with one commit, and make
 * the stray `venv` that git cannot carry. Every call gives the same commit.
 * @param target a folder that does not exist yet
 */
export async function copyExample(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  // What running the example in place has left there is no part of it.
  const made = new Set(["__pycache__", "venv", ".git"]);
  await cp(example, target, { recursive: true, filter: (path) => !made.has(basename(path)) });
  await commitAll(target, "The monorepo as it stands");
  const python = process.platform === "win32" ? "python" : "python3";
  await execa(python, ["-m", "venv", "--without-pip", join(target, "venv")]);
}

/** Make a folder a git repository and commit all that it holds, also what it ignores. */
export async function commitAll(folder: string, message: string): Promise<void> {
  const date = "2026-01-05T09:00:00Z";
  const who = { NAME: "Example", EMAIL: "example@example.invalid", DATE: date };
  const env = Object.fromEntries(
    Object.entries(who).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  );
  // Nothing of the person's own set-up: no signing, no hooks, no other line ends.
  const own = ["commit.gpgsign=false", "core.hooksPath=", "core.autocrlf=false"];
  const git = (...args: string[]) =>
    execa("git", [...own.flatMap((setting) => ["-c", setting]), ...args], { cwd: folder, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", "--force");
  await git("commit", "--quiet", "--message", message);
}
