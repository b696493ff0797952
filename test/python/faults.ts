import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Central } from "./central.ts";
import { type Outcome, run, start } from "./repository.ts";

const CRASH = `import os, runpy, signal, sys
kind, at, seen = sys.argv[1], int(sys.argv[2]), 0
def hook(event, args):
    global seen
    if event == kind:
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
sys.addaudithook(hook)
sys.argv = sys.argv[3:]
runpy.run_path(sys.argv[0], run_name="__main__")`;

/** Runs a build that kills itself before the n-th act of a kind (an audit event of Python). */
export function crash(it: Central, installer: string, kind: string, at: number): Promise<Outcome> {
  const [python = "", file = ""] = it.words();
  const words = [python, "-c", CRASH, kind, String(at), file, "--installer", installer];
  return run(words, { cwd: it.root, env: it.env });
}

/** Runs a build whose whole process group is killed `delay` ms after a stage begins. */
export async function killAt(
  it: Central,
  installer: string,
  stage: string,
  delay: number,
): Promise<boolean> {
  const words = it.words("--installer", installer, "--progress", "json");
  const { child, done } = start(words, { cwd: it.root, env: it.env, detached: true });
  let killed = false;
  child.stdout?.on("data", (text: string) => {
    if (killed || !text.includes(`"stage": "${stage}"`)) return;
    killed = true;
    setTimeout(() => endTree(child.pid!), delay);
  });
  await done;
  return killed;
}

/** Kills a process and all that it has started, as a power cut would. */
function endTree(pid: number): void {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    const parent = parentOf(name);
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const below = (one: number): number[] => [
    one,
    ...[...parents].filter(([, parent]) => parent === one).flatMap(([child]) => below(child)),
  ];
  for (const one of below(pid)) {
    try {
      process.kill(one, "SIGKILL");
    } catch {}
  }
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/**
 * What must hold after any failure of a build from apple `before` (null: no venv yet) to apple
 * `after`: the old venv or the new one runs, or none where the swap was cut in two; it reads as
 * healthy only if it is the new one; the next build mends everything.
 */
export async function holds(
  it: Central,
  before: string | null,
  after: string,
  what: string,
): Promise<void> {
  const seen = await it.runner("apple");
  const version = seen.code === 0 ? seen.stdout.trim().replace("apple ", "") : null;
  assert.ok([before, after, null].includes(version), `${what}: ran ${seen.stdout}${seen.stderr}`);
  if (version === null) assert.equal(seen.code, 127, `${what}: ${seen.stderr}`);
  const { healthy } = await it.check();
  if (healthy) assert.equal(version, after, `${what}: healthy, but apple is ${version}`);
  await mends(it, after, what);
}

export async function mends(it: Central, after: string, what: string): Promise<void> {
  const next = await it.setup();
  assert.equal(next.code, 0, `${what}: ${next.stdout}${next.stderr}`);
  assert.equal((await it.runner("apple")).stdout, `apple ${after}\n`, what);
  assert.deepEqual((await it.check()).reasons, [], what);
  const left = readdirSync(join(it.root, "build/python")).filter((name) =>
    /^\.(new|old)/.test(name),
  );
  assert.deepEqual(left, [], what);
}

const INJECT = `import runpy, subprocess, sys
stage, action = sys.argv[1], sys.argv[2]
class Out:
    def __init__(self, inner): self.inner = inner
    def __getattr__(self, name): return getattr(self.inner, name)
    def write(self, text):
        self.inner.write(text)
        if '"event": "stage", "stage": "%s"' % stage in text:
            self.inner.flush()
            subprocess.call(["sh", "-c", action], stdin=subprocess.DEVNULL)
sys.stdout = Out(sys.stdout)
sys.argv = sys.argv[3:]
runpy.run_path(sys.argv[0], run_name="__main__")`;

/** The words of a build that runs a line of shell the moment a stage begins, before it goes on. */
export function atStage(it: Central, installer: string, stage: string, action: string): string[] {
  const [python = "", file = ""] = it.words();
  const call = [file, "--installer", installer, "--progress", "json"];
  return [python, "-c", INJECT, stage, action, ...call];
}

/** The words that run others where `folder` is mounted read-only; needs a user namespace. */
export const readOnly = (folder: string, words: string[]): string[] => [
  ...["unshare", "-rm", "sh", "-c"],
  'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd . && shift && exec "$@"',
  ...["sh", folder, ...words],
];

/** The words that run others where `folder` can be made read-only, by `readOnlyNow`, and back. */
export const mounted = (folder: string, words: string[]): string[] => [
  ...["unshare", "-rm", "sh", "-c", 'mount --bind "$1" "$1" && cd "$1" && shift && exec "$@"'],
  ...["sh", folder, ...words],
];
export const remount = (folder: string, mode: "ro" | "rw") =>
  `mount -o remount,${mode},bind "${folder}"`;

/** The words that run a shell script in a tmpfs of `kib` at `folder`; what is there is copied in. */
export const smallDisk = (folder: string, kib: number, words: string[]): string[] => [
  ...["unshare", "-rm", "sh", "-c"],
  'cp -a "$1" "$1.copy" && mount -t tmpfs -o "size=$2k" tmpfs "$1" && cp -a "$1.copy/." "$1/" && rm -r "$1.copy" && cd "$1" && shift 2 && exec "$@"',
  ...["sh", folder, String(kib), ...words],
];

/** The words that run others without a network. */
export const noNetwork = (words: string[]): string[] => ["unshare", "-rn", ...words];

/** Why namespaces cannot be used here, or false. */
export async function refused(): Promise<string | false> {
  const tried = await run(["unshare", "-rmn", "true"]).catch(() => ({ code: 1 }));
  return tried.code === 0 ? false : "unshare is refused here";
}
