import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { captureRun } from "../../src/environment/captured-run.ts";
import { scratch } from "../scratch.ts";

const signal = new AbortController().signal;
const sh = (script: string, cwd = scratch()) => ({ words: ["/bin/sh", "-c", script], cwd });

test("both streams as they came, the exit code, and no shell between", async () => {
  const cwd = scratch();
  const said = await captureRun(sh("echo out; echo err >&2; exit 3", cwd), 60, signal);
  assert.deepEqual(said, { code: 3, outOfTime: false, output: "out\nerr\n" });
  const words = ["/usr/bin/env", "printf", "%s|", "$(touch x)", "a b", "*"];
  const listed = await captureRun({ words, cwd }, 60, signal);
  assert.equal(listed.output, "$(touch x)|a b|*|");
  assert.equal(existsSync(join(cwd, "x")), false);
});

test("there is no input to wait for", async () => {
  assert.equal((await captureRun(sh("cat; echo done"), 60, signal)).output, "done\n");
});

test("out of time, what it started ends with it", async () => {
  const cwd = scratch();
  const begun = Date.now();
  const script = "sleep 900 & echo $! > child; echo started; sleep 900";
  // Long enough for a shell to begin on a machine under load.
  const said = await captureRun(sh(script, cwd), 5, signal);
  assert.deepEqual(said, { code: null, outOfTime: true, output: "started\n" });
  assert.ok(Date.now() - begun < 300_000);
  assert.equal(await isGone(Number(readFileSync(join(cwd, "child"), "utf8"))), true);
});

test("what it leaves behind in the background does not keep us waiting", async () => {
  const cwd = scratch();
  const said = await captureRun(sh("sleep 900 & echo $! > child; echo over", cwd), 600, signal);
  assert.deepEqual(said, { code: 0, outOfTime: false, output: "over\n" });
  assert.equal(await isGone(Number(readFileSync(join(cwd, "child"), "utf8"))), true);
});

test("it can be broken off", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 200);
  await assert.rejects(captureRun(sh("sleep 900"), 600, stop.signal), /enough/);
});

test("a program that is not there is an error", async () => {
  const nothing = { words: ["/nowhere/python"], cwd: scratch() };
  await assert.rejects(captureRun(nothing, 10, signal), /ENOENT/);
});

test("a flood of output is cut, and does not hang", async () => {
  const said = await captureRun(sh("yes | head -c 3000000"), 300, signal);
  assert.equal(said.code, 0);
  assert.equal(said.output.length, 1_000_000);
});

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 1200; tries++) {
    // A process that nobody waits for stays as a zombie: it runs no more.
    const state = /^State:\s+(\w)/m.exec(statusOf(pid))?.[1] ?? "gone";
    if (["gone", "Z", "X"].includes(state)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
