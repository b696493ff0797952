import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const example = join(import.meta.dirname, "..", "examples", "monorepo");

/** The forgotten environment in the copy, relative to its root. */
export const STRAY_VENV = "services/speech-to-text/venv";

/**
 * Copies the example monorepo to a folder that is empty or absent, as a git repository with one
 * commit, and leaves a forgotten environment in it, which git cannot carry.
 */
export async function copyExample(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  await cp(example, target, {
    recursive: true,
    filter: (source) => !["venv", "__pycache__", ".git"].includes(basename(source)),
  });
  const git = (...args: string[]) => run("git", [...GIT_SETTINGS, ...args], { cwd: target });
  await git("init", "--quiet", "--initial-branch=main");
  // The example's own .gitignore hides build/build.py, which is tracked all the same.
  await git("add", "--force", "--all");
  await git("commit", "--quiet", "--message", "Three services that disagree");
  await makeStrayVenv(join(target, ...STRAY_VENV.split("/")));
}

/** The same commit whatever a person's own settings say. */
const GIT_SETTINGS = [
  ["user.name", "One Venv"],
  ["user.email", "example@localhost"],
  ["commit.gpgsign", "false"],
  ["core.hooksPath", "no-hooks"],
  ["core.autocrlf", "false"],
].flatMap(([name, value]) => ["-c", `${name}=${value}`]);

async function makeStrayVenv(folder: string): Promise<void> {
  const pythons = process.platform === "win32" ? ["py", "python"] : ["python3", "python"];
  const failures: unknown[] = [];
  for (const python of pythons) {
    try {
      await run(python, ["-m", "venv", "--without-pip", folder]);
      return;
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw new AggregateError(failures, `Could not make ${folder}: no Python with venv was found.`);
}
