import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { cached } from "../../scripts/cache.ts";

/** Run `work` with a cache folder of its own; only where the place can be chosen. */
async function withCache(work: (folder: string) => Promise<void>): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), "cache-"));
  const before = { ...process.env };
  Object.assign(process.env, { XDG_CACHE_HOME: base, LOCALAPPDATA: base, HOME: base });
  try {
    await work(join(base, process.platform === "darwin" ? "Library/Caches/one-venv" : "one-venv"));
  } finally {
    process.env = before;
    await rm(base, { recursive: true });
  }
}

const hello = (part: string) => writeFile(join(part, "hello"), "hello");

test("two at once fill a folder once, and nothing is left beside it", () =>
  withCache(async (cache) => {
    let fills = 0;
    const fill = async (part: string) => {
      fills++;
      await sleep(50);
      await hello(part);
    };
    const folders = await Promise.all([cached("thing", fill), cached("thing", fill)]);
    assert.deepEqual(folders, [join(cache, "thing"), join(cache, "thing")]);
    assert.equal(fills, 1);
    assert.deepEqual(await readdir(cache), ["thing"]);
  }));

test("a fill that fails leaves nothing that looks done", () =>
  withCache(async (cache) => {
    const failing = async (part: string) => {
      await hello(part);
      throw new Error("no network");
    };
    await assert.rejects(cached("thing", failing), /no network/);
    assert.equal(existsSync(join(cache, "thing")), false);
    await cached("thing", hello);
    assert.equal(await readFile(join(cache, "thing", "hello"), "utf8"), "hello");
  }));

test("what a killed process left is taken over", () =>
  withCache(async (cache) => {
    await mkdir(join(cache, "thing.4711.part"), { recursive: true });
    await writeFile(join(cache, "thing.4711.part", "half"), "");
    // No process has that number: it is above what any system gives.
    await writeFile(join(cache, "thing.lock"), "99999999");
    await cached("thing", hello);
    assert.deepEqual(await readdir(join(cache, "thing")), ["hello"]);
    assert.deepEqual(await readdir(cache), ["thing"]);
  }));
