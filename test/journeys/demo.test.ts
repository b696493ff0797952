import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { execa } from "execa";

const demo = join(import.meta.dirname, "..", "..", "scripts", "demo.ts");

/** Somewhere that only this demo makes its scratch folder. */
async function ownTemp() {
  const folder = await mkdtemp(join(tmpdir(), "ov-"));
  const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env;
  return { folder, env: { ...env, TMPDIR: folder, TEMP: folder, TMP: folder } };
}

/** Scratch folders of ours; tools keep caches of their own there. */
async function scratches(folder: string) {
  return (await readdir(folder)).filter((name) => name.startsWith("one-venv-"));
}

test("the demo goes the whole way and leaves nothing behind", async () => {
  const { folder, env } = await ownTemp();
  const { stdout } = await execa(process.execPath, [demo], { env, extendEnv: false });
  // How long it takes depends on the machine and the network: the demo says it, nothing rests on it.
  assert.match(stdout, /the whole way, in \d+ s/);
  const headlines = stdout.split("\n").filter((line) => /^\d\. /.test(line));
  assert.deepEqual(headlines, [
    "1. What is here?",
    "2. Do they agree?",
    "3. Decide, and write",
    "4. Build the one venv",
    "5. Run with it",
    "6. A requirement changes",
    "7. Changed your mind?",
  ]);
  const landmarks = [
    "$ one-venv scan",
    "services/speech-to-text/requirements.txt:2 needs humanize exactly 4.4.0,",
    "--decide tabulate=lowest   takes tabulate==0.8.10",
    "$ one-venv consolidate --decide humanize=highest --decide tabulate=highest --write",
    "of the installer left out here]",
    "build/python/requirements.txt:10: markdown-it-py==3.0.0  # services/text-to-speech",
    "✎ build/python/requirements.txt, line 11",
    "$ build/python/run.py services/vision-ai/main.py services/vision-ai/samples/traffic-light.ppm",
    "Central venv: sources changed",
    "+ attrs==23.1.0  # generated/python/clients, services/vision-ai",
    "Undid Consolidate Requirements: 2 files",
    "The scratch copy is removed.",
  ];
  let from = 0;
  for (const landmark of landmarks) {
    const at = stdout.indexOf(landmark, from);
    assert.ok(at >= 0, `"${landmark}" is not there, or not in this order:\n${stdout}`);
    from = at;
  }
  assert.ok(!stdout.includes("\x1b"), "no colours where the output is no terminal");
  assert.deepEqual(await scratches(folder), []);
  await rm(folder, { recursive: true });
});

test("Ctrl-C ends the demo with what it started, and cleans up", {
  skip: process.platform === "win32" && "there are no such signals here",
}, async () => {
  const { folder, env } = await ownTemp();
  const child = spawn(process.execPath, [demo], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let said = "";
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes("installing with") && !child.killed) child.kill("SIGINT");
  }
  assert.equal(await ended, 130);
  assert.match(said, /Stopped; the scratch copy is removed\.\n$/);
  assert.deepEqual(await scratches(folder), []);
  await rm(folder, { recursive: true });
});
