import assert from "node:assert/strict";
import { test } from "node:test";
import { oneAtATime } from "../../src/editor/one-at-a-time.ts";

/** Work that ends when it is told to, and counts how many run at once. */
function counted() {
  const ends: (() => void)[] = [];
  const state = { started: 0, most: 0, now: 0 };
  const work = async () => {
    state.started++;
    state.most = Math.max(state.most, ++state.now);
    await new Promise<void>((resolve) => ends.push(resolve));
    state.now--;
  };
  const endOne = async () => {
    ends.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { work, state, endOne };
}

test("asked for while it runs, it runs once more, however often it was asked", async () => {
  const { work, state, endOne } = counted();
  const ask = oneAtATime(work);
  const first = ask();
  const others = [ask(), ask(), ask()];
  assert.equal(state.started, 1);
  await endOne();
  await first;
  assert.equal(state.started, 2);
  await endOne();
  await Promise.all(others);
  assert.deepEqual(state, { started: 2, most: 1, now: 0 });
});

test("who asks while it runs waits for a run that began after", async () => {
  const { work, endOne } = counted();
  const ask = oneAtATime(work);
  const first = ask();
  let done = false;
  const second = ask().then(() => {
    done = true;
  });
  await endOne();
  await first;
  assert.equal(done, false);
  await endOne();
  await second;
});

test("a run that fails stops no later one", async () => {
  let runs = 0;
  const ask = oneAtATime(async () => {
    if (++runs === 1) throw new Error("once");
  });
  const [first, second] = [ask(), ask()];
  await assert.rejects(first, /once/);
  await second;
  assert.equal(runs, 2);
});
