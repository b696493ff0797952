import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { type Central, central, type Installer } from "./central.ts";
import { pythons } from "./pythons.ts";
import { run, write } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";
import { makeWheels } from "./wheels.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;
const lockOf = (it: Central) => join(it.root, "build/python/requirements.lock");
const pins = (it: Central) =>
  readFileSync(lockOf(it), "utf8")
    .split("\n")
    .filter((line) => /^\w/.test(line))
    .map((line) => line.replace(/ \\$/, ""));
const codes = async (it: Central) => (await it.check()).reasons.map((reason) => reason.code);

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`the lock, by ${installer}`, { skip }, () => {
    let it: Central;
    const lock = (...more: string[]) => it.setup("lock", "--installer", installer, ...more);
    before(() => {
      it = central(python, installer, uv);
    });

    test("pins every package; its head says from what, by what, for what", async () => {
      it.require("apple", "pear  # services/a");
      const outcome = await lock();
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.match(outcome.stdout, /requirements\.lock pins 3 packages\n/);
      const text = readFileSync(lockOf(it), "utf8");
      const platforms = installer === "uv" ? "all" : "linux-x86_64|darwin-.*|linux-aarch64";
      assert.match(text, /^# One Venv lock, version 1\n/);
      assert.match(
        text,
        new RegExp(
          `\\n# tool: ${installer} \\d.*\\n# python: 3\\.\\d+\\n# platforms: (${platforms})\\n`,
        ),
      );
      assert.match(text, /\n# input: build\/python\/requirements\.txt sha256:[0-9a-f]{64}\n/);
      assert.match(text, installer === "uv" ? /\n# hashes: yes\n/ : /\n# hashes: none \(/);
      assert.equal(text.includes("--hash=sha256:"), installer === "uv");
      assert.deepEqual(pins(it), ["apple==2.0", "pear==1.0", "seed-of-pear==1.5"]);
      assert.equal(existsSync(join(it.root, "build/python/venv")), false);
      const again = await lock();
      assert.match(again.stdout, /nothing has changed/);
      assert.equal(readFileSync(lockOf(it), "utf8"), text);
    });

    test("a lock that fits is what gets installed", async () => {
      makeWheels(python, it.wheels, [{ name: "apple", version: "3.0", program: "apple" }]);
      const outcome = await it.setup("--locked");
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.doesNotMatch(outcome.stdout, /nothing is pinned/);
      assert.equal((await it.runner("apple")).stdout, "apple 2.0\n");
      assert.deepEqual(await codes(it), []);
    });

    test("one that does not fit fails where locked, and is renewed elsewhere, keeping versions", async () => {
      const before = readFileSync(lockOf(it), "utf8");
      it.require("apple", "seed-of-pear<1.5");
      assert.deepEqual(await codes(it), ["out-of-date", "lock-behind"]);
      const ci = await run(it.words("--installer", installer), {
        cwd: it.root,
        env: { ...it.env, CI: "true" },
      });
      assert.equal(ci.code, 1);
      assert.match(
        ci.stderr,
        /does not fit \(build\/python\/requirements\.txt\); renew it with: python3 \S+ lock\n$/,
      );
      assert.equal((await it.setup("--locked")).code, 1);
      assert.equal(readFileSync(lockOf(it), "utf8"), before);
      const renewed = await it.setup();
      assert.equal(renewed.code, 0, renewed.stdout + renewed.stderr);
      assert.match(renewed.stdout, /does not fit \(.*\); it is renewed\n/);
      assert.deepEqual(pins(it), ["apple==2.0", "seed-of-pear==1.0"], "apple 3.0 is there, too");
      assert.match(renewed.stdout, /no longer asked for: pear/);
      assert.deepEqual(await codes(it), []);
    });

    test("a version that no longer fits is let go, the others stay", async () => {
      it.require("apple>2", "seed-of-pear");
      assert.equal((await lock()).code, 0);
      assert.deepEqual(pins(it), ["apple==3.0", "seed-of-pear==1.0"]);
      assert.deepEqual(await codes(it), ["out-of-date"]);
      assert.equal((await it.setup()).code, 0);
      assert.equal((await it.runner("apple")).stdout, "apple 3.0\n");
    });

    test("a lock of another platform limits the versions, also where locked", async () => {
      const text = readFileSync(lockOf(it), "utf8");
      writeFileSync(
        lockOf(it),
        text.replace(/platforms: .*/, "platforms: plan9-mips").replace("apple==3.0", "apple==2.5"),
      );
      it.require("apple>2", "seed-of-pear");
      makeWheels(python, it.wheels, [{ name: "apple", version: "3.5", program: "apple" }]);
      const outcome = await it.setup("--locked");
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.match(
        outcome.stdout,
        /was made by .* for plan9-mips, this is .*: its versions are kept where they fit/,
      );
      assert.match((await it.runner("apple")).stdout, /^apple 3\.5\n$/);
      assert.deepEqual(await codes(it), []);
      writeFileSync(lockOf(it), text);
    });

    test("pins of compiled files can be preferred", async () => {
      rmSync(lockOf(it));
      await it.setup("clean");
      it.require("apple", "seed-of-pear");
      write(it.root, {
        "compiled.txt": "apple==2.0 \\\n    # via -r x.in\nseed.of.pear==1.0\nelse==1\n",
      });
      assert.equal((await lock("--prefer", join(it.root, "compiled.txt"))).code, 0);
      assert.deepEqual(pins(it), ["apple==2.0", "seed-of-pear==1.0"]);
    });

    test("a failing lock says why, and leaves the old one", async () => {
      const text = readFileSync(lockOf(it), "utf8");
      it.require("apple>=2", "plum");
      const outcome = await lock("--progress", "json");
      assert.equal(outcome.code, 1);
      const failed = JSON.parse(outcome.stdout.trimEnd().split("\n").at(-1)!);
      assert.deepEqual([failed.event, failed.names], ["failed", ["apple", "plum"]]);
      assert.equal(readFileSync(lockOf(it), "utf8"), text);
    });

    test("a file of that name that is not ours is never overwritten", async () => {
      it.require("apple");
      writeFileSync(lockOf(it), "apple==1.0\n");
      for (const outcome of [await lock(), await it.setup()]) {
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /requirements\.lock is not One Venv's/);
      }
      assert.equal(readFileSync(lockOf(it), "utf8"), "apple==1.0\n");
      rmSync(lockOf(it));
    });

    test("--locked without any lock stops; in CI without one it builds and says so", async () => {
      assert.equal((await it.setup("--locked")).code, 1);
      const words = it.words("--installer", installer);
      const ci = await run(words, { cwd: it.root, env: { ...it.env, CI: "1" } });
      assert.equal(ci.code, 0, ci.stdout + ci.stderr);
      assert.match(ci.stdout, /nothing is pinned/);
      assert.deepEqual(
        readdirSync(join(it.root, "build/python")).includes("requirements.lock"),
        false,
      );
    });
  });
}
