import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scratch } from "../scratch.ts";
import type { Python } from "./pythons.ts";

const source = join(import.meta.dirname, "..", "..", "src", "python");

export { scratch };

/** Writes `files` (path to text) below `root`. */
export function write(root: string, files: Record<string, string | Buffer>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Puts run.py and setup.py into `root`/build/python, as applying a plan does. */
export function addHands(root: string): void {
  mkdirSync(join(root, "build", "python"), { recursive: true });
  for (const name of ["run.py", "setup.py"]) {
    copyFileSync(join(source, name), join(root, "build", "python", name));
    chmodSync(join(root, "build", "python", name), 0o755);
  }
}

/** A root with the runner and an empty central venv (no pip: it takes 50 ms). */
export function repository(python: Python, root = join(scratch(), "repo")): string {
  addHands(root);
  execFileSync(python.path, ["-m", "venv", "--without-pip", join(root, "build/python/venv")]);
  return root;
}

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts a process and gathers what it says. */
export function start(
  words: string[],
  options: SpawnOptions & { input?: string } = {},
): { child: ChildProcess; done: Promise<Outcome> } {
  const [program = "", ...rest] = words;
  const { input, ...others } = options;
  const child = spawn(program, rest, { stdio: "pipe", ...others });
  child.stdin?.on("error", () => {});
  child.stdin?.end(input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const done = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, done };
}

/** Runs a process to its end. */
export const run = (
  words: string[],
  options: SpawnOptions & { input?: string } = {},
): Promise<Outcome> => start(words, options).done;

/** The three ways to call the runner: as a program, through sh, through Python. */
export function ways(python: Python, runner = "build/python/run.py"): [string, string[]][] {
  return [
    ["run.py", [runner]],
    ["sh run.py", ["sh", runner]],
    ["python run.py", [python.path, runner]],
  ];
}

/** This environment without what would decide for the runner. */
export function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const plain = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV)/.test(name));
  return { ...Object.fromEntries(plain), ...more };
}
