import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { type Central, central, type Installer } from "./central.ts";
import { noNetwork, refused } from "./faults.ts";
import { pythons } from "./pythons.ts";
import { run } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";
import { makeWheels } from "./wheels.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;
const noNamespace = await refused();

describe("the wheelhouse", { skip: uv === undefined ? NO_UV : false }, () => {
  let it: Central;
  const deps = () => join(it.root, "build/python/deps");
  const wheels = () =>
    readdirSync(deps())
      .filter((name) => name.endsWith(".whl"))
      .sort();
  const vendor = (...more: string[]) => it.setup("vendor", ...more);
  const codes = async () => (await it.check()).reasons.map((reason) => reason.code);
  const cp = `cp${python.version.join("")}`;
  const abi = `${cp}-${cp}`;

  before(async () => {
    it = central(python, "uv", uv);
    makeWheels(python, it.wheels, [
      { name: "from-source", version: "1.0", tag: "sdist" },
      { name: "native", version: "1.0", tag: `${abi}-manylinux_2_17_aarch64` },
      { name: "for-windows", version: "1.0" },
    ]);
    it.require("apple==1.0", "pear", "from-source", 'for-windows; sys_platform == "win32"');
    assert.equal((await vendor()).code, 1, "there is no lock yet");
    assert.equal((await it.setup("lock")).code, 0);
  });

  test("holds a wheel of every locked package; what has only sources is built", async () => {
    const outcome = await vendor();
    assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
    assert.match(outcome.stdout, /here: 4 of 4 packages have a wheel/);
    assert.deepEqual(wheels(), [
      "apple-1.0-py3-none-any.whl",
      "from_source-1.0-py3-none-any.whl",
      "pear-1.0-py3-none-any.whl",
      "seed_of_pear-1.5-py3-none-any.whl",
    ]);
    assert.equal(existsSync(join(deps(), ".part")), false);
  });

  test("what is there is not fetched again, a damaged one is", async () => {
    const apple = join(deps(), "apple-1.0-py3-none-any.whl");
    const stamp = () => statSync(apple).ino;
    const first = stamp();
    assert.doesNotMatch((await vendor()).stdout, /apple/);
    assert.equal(stamp(), first);
    appendFileSync(apple, "damage");
    const again = await vendor();
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.doesNotMatch(readFileSync(apple, "latin1"), /damage/);
  });

  for (const installer of ["uv", "pip"] as Installer[]) {
    test(`${installer} builds from it with no network and no other wheels`, {
      skip: noNamespace,
    }, async () => {
      await it.setup("clean");
      const words = noNetwork(it.words("--offline", "--installer", installer));
      const env = {
        ...it.env,
        PIP_FIND_LINKS: "/nowhere",
        UV_CACHE_DIR: join(it.root, `cache-${installer}`),
      };
      const outcome = await run(words, { cwd: it.root, env });
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.deepEqual(await codes(), []);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.equal(
        (await it.runner("-c", "import from_source; print(from_source.VERSION)")).stdout,
        "1.0\n",
      );
    });

    test(`${installer} refuses a wheel of the wheelhouse that was changed`, async () => {
      await it.setup("clean");
      const pear = join(deps(), "pear-1.0-py3-none-any.whl");
      const bytes = readFileSync(pear);
      appendFileSync(pear, "damage");
      const outcome = await it.setup("--offline", "--installer", installer);
      writeFileSync(pear, bytes);
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /requirements\.txt:2: pear\n/);
      assert.equal(existsSync(join(it.root, "build/python/venv")), false);
    });
  }

  test("check says when it is behind the lock, and the next vendor removes what is not needed", async () => {
    it.require("apple==2.0", 'for-windows; sys_platform == "win32"', "native");
    assert.equal((await it.setup("lock")).code, 0);
    await it.setup("clean");
    it.require("apple==2.0", 'for-windows; sys_platform == "win32"');
    assert.equal((await it.setup()).code, 0);
    assert.deepEqual(await codes(), ["wheelhouse-behind"]);
    writeFileSync(join(deps(), "mine-1.0-py3-none-any.whl"), "mine");
    const outcome = await vendor();
    assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
    assert.match(outcome.stdout, /removed pear-1\.0-py3-none-any\.whl: no longer needed/);
    assert.match(
      outcome.stdout,
      /mine-1\.0-py3-none-any\.whl is not from `vendor`; it is left alone/,
    );
    assert.deepEqual(wheels(), ["apple-2.0-py3-none-any.whl", "mine-1.0-py3-none-any.whl"]);
    assert.deepEqual(await codes(), []);
    rmSync(join(deps(), "apple-2.0-py3-none-any.whl"));
    assert.deepEqual(await codes(), ["wheelhouse-behind"]);
  });

  test("several targets: markers of each, and a report of what has no wheel", async () => {
    it.require("apple==2.0", "from-source", 'for-windows; sys_platform == "win32"', "native");
    assert.equal((await it.setup("lock")).code, 0);
    const targets = ["windows-amd64", "linux-aarch64", "macos-arm64"];
    const outcome = await vendor(
      "--progress",
      "json",
      ...targets.flatMap((one) => ["--target", one]),
    );
    assert.equal(outcome.code, 1, outcome.stdout + outcome.stderr);
    const events = outcome.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const coverage = events.filter((event) => event.event === "coverage");
    const version = python.version.join(".");
    assert.deepEqual(
      coverage.map(({ target, wheels: count, of, missing }) => [target, count, of, missing]),
      [
        [`windows-amd64-${version}`, 3, 4, ["native"]],
        [`linux-aarch64-${version}`, 3, 3, []],
        [`macos-arm64-${version}`, 2, 3, ["native"]],
      ],
    );
    assert.ok(
      events.some((event) => event.text === `native 1.0: no wheel for macos-arm64-${version}`),
    );
    assert.ok(wheels().includes("for_windows-1.0-py3-none-any.whl"));
    assert.ok(wheels().includes(`native-1.0-${abi}-manylinux_2_17_aarch64.whl`));
    assert.equal((await vendor("--target", "amiga")).code, 2);
  });

  test("without a wheelhouse an offline build says what fills one", async () => {
    rmSync(deps(), { recursive: true });
    const outcome = await it.setup("--offline");
    assert.equal(outcome.code, 1);
    assert.match(
      outcome.stderr,
      /there is no wheelhouse .*; fill it with: python3 build\/python\/setup\.py vendor\n$/,
    );
  });
});
