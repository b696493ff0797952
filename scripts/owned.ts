import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";

/** A process of ours and all that it starts in turn. */
export interface Owned {
  readonly child: ChildProcess;
  /** Resolves with the exit code, or null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** End it with everything that it started: asked first, killed after five seconds. */
  stop(): Promise<void>;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Start a process that never outlives ours: a signal that ends us, or our own end, ends it too.
 * It has a process group of its own, so that nothing else is ever hit.
 */
export function startOwned(program: string, args: string[], options: SpawnOptions = {}): Owned {
  const child = spawn(program, args, { ...options, detached: process.platform !== "win32" });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code));
  });
  ended.catch(() => undefined);
  const kill = () => killGroup(child, "SIGKILL");
  process.on("exit", kill);
  const endings = signals.map((signal) => {
    const end = () => stop().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
    process.once(signal, end);
    return () => process.off(signal, end);
  });
  const stop = async () => {
    const timer = setTimeout(kill, 5000);
    killGroup(child, "SIGTERM");
    await ended.catch(() => undefined);
    // What ignored the signal, or was started meanwhile.
    kill();
    clearTimeout(timer);
    process.off("exit", kill);
    for (const remove of endings) remove();
  };
  return { child, ended, stop };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    if (child.exitCode === null) spawnSync("taskkill", ["/T", "/F", "/PID", String(child.pid)]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
