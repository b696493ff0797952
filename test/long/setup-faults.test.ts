// The fault matrix: stages of a build × what can go wrong, for pip and for uv. After each: the old
// venv still runs or the next command mends it, and health is never wrong. The matrix is printed.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type Central, central, type Installer } from "../python/central.ts";
import { crash, holds, killAt, mends, readOnly, refused, smallDisk } from "../python/faults.ts";
import { type Index, startIndex } from "../python/index-server.ts";
import { pythons } from "../python/pythons.ts";
import { run, start } from "../python/repository.ts";
import { NO_UV, uvFolder } from "../python/uv.ts";
import { makeWheels } from "../python/wheels.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;
const noNamespace = await refused();

const STAGES = ["make venv", "resolve", "download", "install", "record", "swap"] as const;
const FAULTS = [
  "SIGKILL",
  "no network",
  "full disk",
  "read-only",
  "corrupt wheel",
  "wrong hash",
] as const;
type Stage = (typeof STAGES)[number];
type Fault = (typeof FAULTS)[number];

/** The stage as setup.py's progress names it; packages are downloaded while it installs. */
const EVENT = {
  "make venv": "venv",
  resolve: "resolve",
  install: "install",
  record: "record",
  swap: "swap",
};

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`the fault matrix, ${installer}`, { skip }, () => {
    const cells = new Map<string, string>();
    const passed = (stage: Stage, fault: Fault) => cells.set(`${stage} ${fault}`, "holds");
    const opened: Index[] = [];

    /** A repository behind: apple 1.0 in its venv, 2.0 asked for, from an index that can fail. */
    async function behind(fresh = false): Promise<{ it: Central; index: Index }> {
      const it = central(python, installer, uv);
      makeWheels(python, it.wheels, [{ name: "melon", version: "1.0", ballast: 6_000_000 }]);
      const index = await startIndex(it.wheels);
      opened.push(index);
      for (const name of ["PIP_NO_INDEX", "PIP_FIND_LINKS"]) delete it.env[name];
      Object.assign(it.env, {
        PIP_INDEX_URL: index.address,
        PIP_RETRIES: "0",
        PIP_NO_CACHE_DIR: "1",
        UV_HTTP_RETRIES: "0",
        UV_NO_CACHE: "1",
      });
      it.require("apple==1.0");
      if (!fresh) {
        const outcome = await it.setup();
        assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
        it.require("apple==2.0");
      }
      return { it, index };
    }

    test("SIGKILL of everything, at every stage and at times within it", async () => {
      const { it } = await behind();
      let version = "2.0";
      for (const [stage, event] of Object.entries(EVENT) as [Stage, string][]) {
        for (const delay of [0, 30, 120, 400]) {
          if (await killAt(it, installer, event, delay)) {
            await holds(it, version === "2.0" ? "1.0" : "2.0", version, `${stage} + ${delay} ms`);
          }
          version = version === "2.0" ? "1.0" : "2.0";
          it.require(`apple==${version}`);
          passed(stage, "SIGKILL");
        }
      }
    });

    test("SIGKILL of everything while a package is being downloaded", async () => {
      const { it, index } = await behind();
      const words = it.words("--installer", installer);
      const { child, done } = start(words, { cwd: it.root, env: it.env, detached: true });
      index.onFile((file) => file.startsWith("apple-2") && child.kill("SIGKILL"));
      assert.equal((await done).signal, "SIGKILL");
      index.onFile(() => {});
      await holds(it, "1.0", "2.0", "download");
      passed("download", "SIGKILL");
    });

    for (const kind of [
      "os.rename",
      "subprocess.Popen",
      "os.mkdir",
      "os.link",
      "os.remove",
      "os.rmdir",
      "open",
    ]) {
      test(`SIGKILL of setup.py before ${kind}`, async () => {
        const { it } = await behind();
        let version = "2.0";
        for (let n = 0; ; n = n < 3 ? n + 1 : Math.ceil(n * (installer === "uv" ? 2.5 : 8))) {
          const outcome = await crash(it, installer, kind, n);
          if (outcome.signal === null) break;
          await holds(it, version === "2.0" ? "1.0" : "2.0", version, `${kind} ${n}`);
          version = version === "2.0" ? "1.0" : "2.0";
          it.require(`apple==${version}`);
        }
        await mends(it, version, kind);
      });
    }

    test("the network goes before, and half-way; a corrupt wheel; a wrong hash", async () => {
      const { it, index } = await behind();
      const faults: [Stage, Fault, Parameters<Index["serve"]>[1]][] = [
        ["resolve", "no network", "no-index"],
        ["download", "no network", "refuse"],
        ["install", "no network", "cut"],
        ["download", "wrong hash", "wrong-hash"],
      ];
      for (const [stage, fault, how] of faults) {
        index.serve("apple-2", how);
        const outcome = await it.setup();
        assert.equal(outcome.code, 1, `${stage} ${fault}: ${outcome.stdout}`);
        assert.match(outcome.stderr, /requirements\.txt:1: apple==2\.0\n/, `${stage} ${fault}`);
        assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
        assert.equal((await it.check()).healthy, false);
        passed(stage, fault);
      }
      it.require("apple==1.0", "broken");
      assert.equal((await it.setup()).code, 1);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      passed("install", "corrupt wheel");
      index.serve("apple-2", "whole");
      it.require("apple==2.0");
      await holds(it, "1.0", "2.0", "network back");
    });

    test("the network is away when the very first venv is made", async () => {
      const { it, index } = await behind(true);
      for (const name of ["pip", "apple"]) index.serve(name, "no-index");
      assert.equal((await it.setup()).code, 1);
      assert.equal((await it.runner("apple")).code, 127);
      assert.equal((await it.check()).healthy, false);
      for (const name of ["pip", "apple"]) index.serve(name, "whole");
      await holds(it, null, "1.0", "first venv");
      passed("make venv", "no network");
    });

    test("a disk that fills up, sooner and later", { skip: noNamespace }, async () => {
      const { it, index } = await behind();
      index.serve("apple", "whole");
      const used = Number((await run(["du", "-sk", it.root])).stdout.split("\t")[0]);
      const setup = it.words("--installer", installer);
      const script = `"$@"; echo "exit $?"; build/python/run.py apple; build/python/setup.py check
echo apple==2.0 > build/python/requirements.txt; rm -f build/python/spare
"$@" > log 2>&1 && build/python/run.py apple && build/python/setup.py check || cat log`;
      it.require("apple==2.0", "melon");
      // What is free at the beginning, in KiB; a spare file goes before the second build.
      for (const free of [0, 40, 150, 600, 1500, 3000, 5000]) {
        const words = [
          "sh",
          "-c",
          `dd if=/dev/zero of=build/python/spare bs=1k count=4000 2>&-; ${script}`,
          "sh",
          ...setup,
        ];
        const disk = smallDisk(it.root, used + 4300 + free, words);
        const outcome = await run(disk, { cwd: it.root, env: it.env });
        const said = `${free} KiB free: ${outcome.stdout}${outcome.stderr}`;
        assert.match(outcome.stdout, /\nexit 1\napple 1\.0\n(half-built|out-of-date): /, said);
        assert.match(outcome.stdout, /\napple 2\.0\nhealthy: /, said);
      }
      for (const stage of ["make venv", "resolve", "download", "install", "record"] as Stage[]) {
        passed(stage, "full disk");
      }
    });

    test("a folder that cannot be written", { skip: noNamespace }, async () => {
      const { it } = await behind();
      for (const folder of [it.root, join(it.root, "build/python")]) {
        const words = readOnly(folder, it.words("--installer", installer));
        const outcome = await run(words, { cwd: it.root, env: it.env });
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /^One Venv: .*Read-only file system\n$/);
        await holds(it, "1.0", "2.0", folder);
        it.require("apple==1.0");
        await it.setup();
        it.require("apple==2.0");
      }
      for (const name of ["TMPDIR", "UV_CACHE_DIR"])
        it.env[name] = mkdtempSync(join(tmpdir(), "one-venv-"));
      const words = readOnly(it.env.TMPDIR!, it.words("--installer", installer));
      await run(words, { cwd: it.root, env: it.env });
      await holds(it, "1.0", "2.0", "a temporary folder that cannot be written");
      passed("make venv", "read-only");
      passed("swap", "read-only");
    });

    after(() => {
      for (const index of opened) index.close();
      const rows = STAGES.map((stage) => {
        const row = FAULTS.map((fault) => (cells.get(`${stage} ${fault}`) ?? "-").padEnd(14)).join(
          "",
        );
        return stage.padEnd(12) + row;
      });
      console.log(
        [installer.padEnd(12) + FAULTS.map((name) => name.padEnd(14)).join(""), ...rows].join("\n"),
      );
    });
  });
}
