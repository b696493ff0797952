// The fault matrix: stages of a build × what can go wrong, for pip and for uv. After each: the old
// venv still runs or the next command mends it, and health is never wrong. The matrix is printed.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type Central, central, type Installer } from "../python/central.ts";
import {
  atStage,
  crash,
  holds,
  killAt,
  mends,
  mounted,
  readOnly,
  refused,
  remount,
  smallDisk,
} from "../python/faults.ts";
import { type Index, startIndex } from "../python/index-server.ts";
import { pythons } from "../python/pythons.ts";
import { run, scratch, start } from "../python/repository.ts";
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

/** Cells that cannot happen, and why. */
const NOTHING_READ = "by then every wheel has been unpacked and compared";
function cannotHappen(installer: Installer): [Stage, Fault, string][] {
  const cells: [Stage, Fault, string][] = [
    ["record", "corrupt wheel", NOTHING_READ],
    ["record", "wrong hash", NOTHING_READ],
    ["swap", "corrupt wheel", NOTHING_READ],
    ["swap", "wrong hash", NOTHING_READ],
  ];
  const bundled = "pip comes with Python, not from an index";
  const own: [Stage, Fault, string][] = [
    ["make venv", "corrupt wheel", bundled],
    ["make venv", "wrong hash", bundled],
  ];
  return installer === "pip" ? [...cells, ...own] : cells;
}

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`the fault matrix, ${installer}`, { skip }, () => {
    const cells = new Map<string, string>();
    const passed = (stage: Stage, fault: Fault) => cells.set(`${stage} ${fault}`, "ok");
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

    for (const [stage, event] of Object.entries(EVENT) as [Stage, string][]) {
      test(`SIGKILL of setup.py as ${stage} begins`, async () => {
        const { it } = await behind();
        const words = atStage(it, installer, event, "kill -9 $PPID");
        const outcome = await run(words, { cwd: it.root, env: it.env });
        assert.equal(outcome.signal, "SIGKILL", outcome.stdout + outcome.stderr);
        await holds(it, "1.0", "2.0", stage);
        passed(stage, "SIGKILL");
      });

      test(`no network from when ${stage} begins`, async () => {
        const { it, index } = await behind();
        const words = atStage(it, installer, event, `touch "${index.cutBy}"`);
        const outcome = await run(words, { cwd: it.root, env: it.env });
        const later = stage === "record" || stage === "swap";
        assert.equal(outcome.code, later ? 0 : 1, outcome.stdout + outcome.stderr);
        const { stdout } = await it.runner("apple");
        assert.equal(stdout, later ? "apple 2.0\n" : "apple 1.0\n");
        assert.equal((await it.check()).healthy, later);
        rmSync(index.cutBy);
        await holds(it, "1.0", "2.0", stage);
        passed(stage, "no network");
      });

      /** Runs a build in which a fault comes up, looks, takes the fault away, and builds again. */
      async function inNamespace(
        it: Central,
        fault: string,
        mend: string,
        where: (words: string[]) => string[],
      ) {
        const script = `"$@"; echo "exit $?"; build/python/run.py apple; build/python/setup.py check; ${mend}
build/python/setup.py --installer ${installer} > /dev/null 2> "$TMPDIR/said" && build/python/run.py apple && build/python/setup.py check || cat "$TMPDIR/said"`;
        const words = ["sh", "-c", script, "sh", ...atStage(it, installer, event, fault)];
        const env = { ...it.env, TMPDIR: scratch() };
        const { stdout, stderr } = await run(where(words), { cwd: it.root, env });
        assert.match(
          stdout,
          /\nexit 1\napple 1\.0\n(half-built|out-of-date): |\nexit 0\napple 2\.0\nhealthy: /,
          stdout + stderr,
        );
        assert.match(stdout, /\napple 2\.0\nhealthy: [^\n]*\n$/, stdout + stderr);
      }

      test(`a disk that is full when ${stage} begins`, { skip: noNamespace }, async () => {
        const { it } = await behind();
        const used = Number((await run(["du", "-sk", it.root])).stdout.split("\t")[0]);
        const fill = "dd if=/dev/zero of=build/python/spare bs=1k 2>&-; true";
        await inNamespace(it, fill, "rm build/python/spare", (words) =>
          smallDisk(it.root, 2 * used + 8000, words),
        );
        passed(stage, "full disk");
      });

      test(`a folder that is read-only when ${stage} begins`, { skip: noNamespace }, async () => {
        const { it } = await behind();
        const [away, back] = [remount(it.root, "ro"), remount(it.root, "rw")];
        await inNamespace(it, away, back, (words) => mounted(it.root, words));
        passed(stage, "read-only");
      });
    }

    /** A build of apple 2.0 that has to fail, and to name the line that it fails for. */
    async function fails(it: Central, what: string, line = "apple==2.0") {
      const outcome = await it.setup();
      assert.equal(outcome.code, 1, `${what}: ${outcome.stdout}`);
      if (line !== "")
        assert.ok(outcome.stderr.includes(`: ${line}\n`), `${what}: ${outcome.stderr}`);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n", what);
      assert.equal((await it.check()).healthy, false, what);
    }

    test("an index without pages, files cut off or refused, false digests, broken wheels", async () => {
      const { it, index } = await behind();
      const lock = join(it.root, "build/python/requirements.lock");
      const faults: [Stage, Fault, Parameters<Index["serve"]>[1]][] = [
        ["resolve", "no network", "no-index"],
        ["resolve", "wrong hash", "wrong-hash"],
        ["resolve", "corrupt wheel", "no-zip"],
        ["download", "no network", "refuse"],
        ["download", "no network", "cut"],
        ["download", "wrong hash", "tampered"],
        ["download", "corrupt wheel", "no-zip"],
      ];
      for (const [stage, fault, how] of faults) {
        index.serve("apple-2", "whole");
        // With a lock nothing is resolved: the first that is read of a package is its wheel.
        if (stage === "download") await it.setup("lock", "--installer", installer);
        index.serve("apple-2", how);
        await fails(it, `${stage} ${fault} ${how}`);
        rmSync(lock, { force: true });
        passed(stage, fault);
      }
      index.serve("apple-2", "whole");
      it.require("apple==1.0", "broken");
      await fails(it, "a file of the wheel is damaged", "broken");
      passed("install", "corrupt wheel");
      it.require("apple==2.0");
      await it.setup("lock", "--installer", installer);
      const pin = `apple==2.0 --hash=sha256:${"0".repeat(64)}\n`;
      const text = readFileSync(lock, "utf8");
      writeFileSync(lock, `${text.slice(0, text.indexOf("\napple"))}\n${pin}`);
      await fails(it, "a digest of the lock is false");
      passed("install", "wrong hash");
      rmSync(lock);
      await holds(it, "1.0", "2.0", "all well again");
    });

    if (installer === "uv") {
      test("the wheel of pip, which uv fetches, is broken or false: Python's own serves", async () => {
        for (const [how, fault] of [
          ["no-zip", "corrupt wheel"],
          ["wrong-hash", "wrong hash"],
        ] as const) {
          const { it, index } = await behind(true);
          index.serve("pip", how);
          await holds(it, null, "1.0", how);
          passed("make venv", fault);
        }
      });
    }

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

    test("a folder for downloads that cannot be written", { skip: noNamespace }, async () => {
      const { it } = await behind();
      for (const name of ["UV_CACHE_DIR", "TMPDIR"]) it.env[name] = scratch();
      delete it.env.UV_NO_CACHE;
      const folders = installer === "uv" ? it.env.UV_CACHE_DIR! : it.env.TMPDIR!;
      const words = readOnly(folders, it.words("--installer", installer));
      const outcome = await run(words, { cwd: it.root, env: it.env });
      // pip finds another folder for what is temporary.
      assert.equal(outcome.code, installer === "uv" ? 1 : 0, outcome.stdout + outcome.stderr);
      assert.equal((await it.check()).healthy, installer === "pip");
      await holds(it, "1.0", "2.0", folders);
      passed("download", "read-only");
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
      passed("download", "full disk");
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
    });

    after(() => {
      for (const index of opened) index.close();
      const reasons: string[] = [];
      const note = (why: string) => {
        if (!reasons.includes(why)) reasons.push(why);
        return `n.a. (${reasons.indexOf(why) + 1})`;
      };
      for (const [stage, fault, why] of cannotHappen(installer)) {
        assert.ok(!cells.has(`${stage} ${fault}`));
        cells.set(`${stage} ${fault}`, note(why));
      }
      const needsNamespace = (fault: Fault) => fault === "full disk" || fault === "read-only";
      const missing = (fault: Fault) =>
        noNamespace && needsNamespace(fault) ? "skipped" : "no proof";
      const rows = STAGES.map((stage) => {
        const row = FAULTS.map((fault) => cells.get(`${stage} ${fault}`) ?? missing(fault));
        return [stage, ...row].map((cell) => cell.padEnd(14)).join("");
      });
      console.log(
        [
          [installer, ...FAULTS].map((cell) => cell.padEnd(14)).join(""),
          ...rows,
          ...reasons.map((why, n) => `(${n + 1}) ${why}`),
          ...(noNamespace ? [`skipped: ${noNamespace}`] : []),
        ].join("\n"),
      );
    });
  });
}
