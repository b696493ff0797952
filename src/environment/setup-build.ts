import { join } from "node:path";
import { execa } from "execa";
import { SETUP } from "./layout.ts";

/** A line of `requirements.txt` that a failure speaks of. */
export interface NamedLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What `setup.py --progress json` says while it works, one object a line. */
export type BuildEvent =
  | { readonly event: "stage"; readonly stage: string; readonly text: string; readonly of?: number }
  | {
      readonly event: "package";
      readonly name: string;
      readonly n: number;
      readonly of: number | null;
    }
  | { readonly event: "note" | "output" | "waiting"; readonly text: string }
  | BuildFailure;

export interface BuildFailure {
  readonly event: "failed";
  readonly stage: string;
  readonly message: string;
  /** What pip or uv wrote, whole. */
  readonly text: string;
  readonly names: readonly string[];
  readonly lines: readonly NamedLine[];
}

/** How a build ended: null is success. */
export type BuildEnd = null | "cancelled" | BuildFailure;

export interface BuildOptions {
  /** The interpreter that runs setup.py. */
  readonly python: string;
  /** The base Python, as `--python` takes it; null leaves the choice to setup.py. */
  readonly base: string | null;
  /** `lock` writes requirements.lock and leaves the venv alone; without a command it builds. */
  readonly command?: "lock";
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
}

/** Time from the request to end until the process is killed, in milliseconds. */
const PATIENCE = 5_000;

/** Builds or syncs the central venv, or locks it, with the repository's own setup.py. */
export async function buildVenv(root: string, options: BuildOptions): Promise<BuildEnd> {
  const { python, base, command, signal, onEvent } = options;
  const setup = join(root, ...SETUP.split("/"));
  const args = [setup, ...(command ? [command] : []), "--progress", "json"];
  const child = execa(python, [...args, ...(base === null ? [] : ["--python", base])], {
    ...{ cwd: root, reject: false, buffer: { stdout: false } },
    ...{ cancelSignal: signal, forceKillAfterDelay: PATIENCE },
  });
  let failure: BuildFailure | null = null;
  for await (const line of child) {
    const event = readEvent(line);
    if (event.event === "failed") failure = event;
    onEvent(event);
  }
  const { exitCode, stderr, isCanceled } = await child;
  if (isCanceled || signal.aborted) return "cancelled";
  if (exitCode === 0) return null;
  const message = stderr.trim() || `${SETUP} ended with exit code ${exitCode}`;
  return (
    failure ?? { event: "failed", stage: "start", message, text: stderr, names: [], lines: [] }
  );
}

/** A line that is no event (a warning of Python's, say) is output like any other. */
function readEvent(line: string): BuildEvent {
  try {
    const event = JSON.parse(line) as BuildEvent;
    if (typeof event === "object" && event !== null && "event" in event) return event;
  } catch {
    // Not ours.
  }
  return { event: "output", text: line };
}
