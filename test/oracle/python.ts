/** A Python of our own with the newest of some packages, and questions to it. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What every part of the oracle is given. */
export interface Oracle {
  /** The interpreter of the throwaway venv. */
  readonly python: string;
  /** Decides all that is drawn at random. */
  readonly seed: number;
}

/** Makes a venv with the newest `packages`, hands its Python to `use` and deletes it afterwards. */
export async function withPython<T>(
  packages: readonly string[],
  use: (python: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "one-venv-oracle-"));
  try {
    const windows = process.platform === "win32";
    await execute(windows ? "python" : "python3", ["-m", "venv", folder]);
    const python = windows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
    await execute(python, ["-m", "pip", "install", "--quiet", "--upgrade", "pip", ...packages]);
    return await use(python);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a script of this folder with a JSON value on stdin and gives the one on its stdout. */
export async function ask(python: string, script: string, question: unknown): Promise<unknown> {
  const child = spawn(python, ["-X", "utf8", join(import.meta.dirname, script)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  child.stdin.end(JSON.stringify(question));
  const [answer, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`${script} exited with ${code}`);
  return JSON.parse(answer);
}
