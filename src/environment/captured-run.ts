import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";

/** A command as it is run: a program with its arguments, never a line that a shell reads. */
export interface Command {
  readonly words: readonly string[];
  readonly cwd: string;
}

/** What a run said and how it ended. */
export interface CapturedRun {
  /** null where it did not end by itself: out of time, or ended by a signal. */
  readonly code: number | null;
  readonly outOfTime: boolean;
  /** Standard output and error as they came; cut after a megabyte. */
  readonly output: string;
}

const MOST = 1_000_000;

/**
 * Runs a command without input and keeps what it says. After `seconds`, or when the signal is
 * aborted, it is ended with every process that it started. Throws the signal's reason, and where
 * the program cannot be started.
 */
export async function captureRun(
  { words, cwd }: Command,
  seconds: number,
  signal: AbortSignal,
): Promise<CapturedRun> {
  signal.throwIfAborted();
  const [program, ...args] = words;
  const child = spawn(program!, args, {
    ...{ cwd, stdio: ["ignore", "pipe", "pipe"], windowsHide: true },
    // A group of its own, so that all of it can be ended.
    detached: process.platform !== "win32",
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      if (size < MOST) chunks.push(chunk.subarray(0, MOST - size));
      size += chunk.length;
    });
  }
  let outOfTime = false;
  const timer = setTimeout(() => {
    outOfTime = true;
    endAll(child);
  }, seconds * 1000);
  const onAbort = () => endAll(child);
  signal.addEventListener("abort", onAbort);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      // "close" waits for whoever holds the pipes: what is left over after the program's end.
      child.once("exit", (exitCode) => {
        setTimeout(() => endAll(child), LINGER);
        child.once("close", () => resolve(exitCode));
      });
    });
    signal.throwIfAborted();
    return { code: outOfTime ? null : code, outOfTime, output: Buffer.concat(chunks).toString() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** Time for the pipes to run dry after the program has ended, in milliseconds. */
const LINGER = 500;

function endAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}
