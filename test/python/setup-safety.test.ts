import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Central, central, type Installer } from "./central.ts";
import { crash, holds, killAt, mends, noNetwork, readOnly, refused, smallDisk } from "./faults.ts";
import { pythons } from "./pythons.ts";
import { run, scratch, write } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";
import { makeWheels } from "./wheels.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;
const noNamespace = await refused();
const traced = await run(["strace", "-f", "--seccomp-bpf", "true"]).catch(() => ({ code: 1 }));
const noTrace = traced.code === 0 ? false : "there is no strace, or it is refused here";

/** A repository with apple 1.0 in its venv, and apple 2.0 asked for. */
async function behind(installer: Installer): Promise<Central> {
  const it = central(python, installer, uv);
  it.require("apple==1.0");
  const outcome = await it.setup();
  assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
  it.require("apple==2.0");
  return it;
}

/** A project whose build says that it has begun (in `mark`), and ends once `mark` is gone. */
function addSlow(it: Central): string {
  const mark = join(it.root, "slow-began");
  write(it.root, {
    "slow/pyproject.toml":
      '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    "slow/backend.py": `import os, time
def build_wheel(folder, settings=None, metadata=None):
    open(${JSON.stringify(mark)}, "w").write(str(os.getpid()))
    while os.path.exists(${JSON.stringify(mark)}): time.sleep(0.1)
    raise SystemExit("slow never builds")
def prepare_metadata_for_build_wheel(folder, settings=None):
    build_wheel(folder)
`,
  });
  it.require("apple==2.0", `slow @ file://${join(it.root, "slow")}`);
  rmSync(mark, { force: true });
  return mark;
}

async function until(found: () => boolean): Promise<void> {
  for (let n = 0; !found(); n++) {
    assert.ok(n < 12_000, "nothing happened for 10 minutes");
    await sleep(50);
  }
}

const alive = (pid: number) => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`a build with ${installer}`, { skip }, () => {
    let it: Central;
    before(async () => {
      it = await behind(installer);
    });

    test("Ctrl-C ends it with 130, its children too, and the venv is as it was", async () => {
      for (const [signal, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
      ] as const) {
        const mark = addSlow(it);
        const { child, done } = it.begin();
        await until(() => existsSync(mark) && readFileSync(mark, "utf8") !== "");
        const worker = Number(readFileSync(mark, "utf8"));
        assert.ok(alive(worker));
        child.kill(signal);
        assert.equal((await done).code, code);
        await until(() => !alive(worker));
        assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
        assert.deepEqual(
          (await it.check()).reasons.map((reason) => reason.code),
          ["out-of-date"],
        );
      }
    });

    test("SIGKILL: the next build waits until the installer has ended, then mends all", async () => {
      const mark = addSlow(it);
      const { child, done } = it.begin();
      await until(() => existsSync(mark) && readFileSync(mark, "utf8") !== "");
      child.kill("SIGKILL");
      it.require("apple==2.0");
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      const told = await it.setup("check", "--json");
      assert.equal(JSON.parse(told.stdout).building.pid, child.pid);
      const waiting = it.begin();
      let said = "";
      waiting.child.stdout?.on("data", (text) => {
        said += text;
      });
      const waits = /another build is going on \(process \d+ on .*, since .*\); waiting/;
      await until(() => waits.test(said) || waiting.child.exitCode !== null);
      rmSync(mark);
      const next = await waiting.done;
      assert.equal(next.code, 0, next.stdout + next.stderr);
      assert.match(next.stdout, waits);
      await done;
      await mends(it, "2.0", "SIGKILL");
    });

    test("two at once: the second waits, both end well", async () => {
      it.require("apple==1.0", "pear");
      const [one, two] = await Promise.all([it.setup(), it.setup()]);
      assert.deepEqual([one.code, two.code], [0, 0]);
      const said = [one.stdout, two.stdout].filter((text) => text.includes("is up to date"));
      assert.equal(said.length, 1, one.stdout + two.stdout);
      await mends(it, "1.0", "two at once");
    });

    test("no network: it says so, names the line, the venv stays", {
      skip: noNamespace,
    }, async () => {
      it.require("nowhere-near==1.0", "apple==1.0", "pear");
      const env = { ...it.env, PIP_RETRIES: "0", UV_HTTP_RETRIES: "0" };
      for (const name of ["PIP_NO_INDEX", "PIP_FIND_LINKS"])
        delete (env as NodeJS.ProcessEnv)[name];
      const words = noNetwork(it.words("--installer", installer));
      const outcome = await run(words, { cwd: it.root, env });
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /requirements\.txt:\d: \S+\n/);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.equal((await it.check()).healthy, false);
    });

    test("build/python is read-only: one line, exit code 1", { skip: noNamespace }, async () => {
      it.require("apple==2.0");
      const words = readOnly(join(it.root, "build/python"), it.words("--installer", installer));
      const outcome = await run(words, { cwd: it.root, env: it.env });
      assert.equal(outcome.code, 1, outcome.stdout + outcome.stderr);
      assert.match(
        outcome.stderr,
        /^One Venv: \S+\/build\/python\/\.new: Read-only file system\n$/,
      );
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      const healthy = readOnly(join(it.root, "build/python"), it.words("check"));
      it.require("apple==1.0", "pear");
      assert.equal((await run(healthy, { env: it.env })).code, 0);
    });

    test("a full disk: the old venv still runs", { skip: noNamespace }, async () => {
      makeWheels(python, it.wheels, [{ name: "melon", version: "1.0", ballast: 90_000_000 }]);
      it.require("apple==2.0", "melon");
      const script =
        '"$@"; echo "exit $?"; build/python/run.py apple; build/python/setup.py check; ls -A build/python';
      const words = smallDisk(it.root, 80_000, [
        "sh",
        "-c",
        script,
        "sh",
        ...it.words("--installer", installer),
      ]);
      const outcome = await run(words, { cwd: it.root, env: it.env });
      assert.match(outcome.stdout, /\nexit 1\napple 1\.0\nout-of-date: /, outcome.stderr);
      assert.match(outcome.stdout + outcome.stderr, /No space left on device/);
      assert.match(outcome.stdout, /\nrequirements\.txt\nrun\.py\nsetup\.py\nvenv\n$/);
    });

    test("a secret in an index address is never shown, nor among arguments", async () => {
      it.require(
        "nowhere==2.0",
        "--extra-index-url http://one:s3cret@127.0.0.1:9/simple",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip and uv have it
        "--extra-index-url http://127.0.0.1:9/${INDEX_TOKEN}/simple",
      );
      const index = "http://user:s3cret@127.0.0.1:9/simple";
      const env = {
        ...it.env,
        PIP_INDEX_URL: index,
        PIP_RETRIES: "0",
        UV_HTTP_RETRIES: "0",
        INDEX_TOKEN: "s3cret-of-the-index",
      };
      delete (env as NodeJS.ProcessEnv).PIP_NO_INDEX;
      const audit = `import runpy, sys
def hook(event, args):
    if event == "subprocess.Popen": print("CALL", args[1], file=sys.stderr)
sys.addaudithook(hook)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")`;
      for (const more of [[], ["--progress", "json"]]) {
        const [, file = ""] = it.words();
        const words = [python.path, "-c", audit, file, "--installer", installer, ...more];
        const outcome = await run(words, { cwd: it.root, env });
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /CALL/);
        assert.doesNotMatch(outcome.stdout + outcome.stderr, /s3cret/);
      }
    });

    test("a digest of the lock that is false: refused, the venv stays", async () => {
      it.require("apple==2.0");
      assert.equal((await it.setup("lock", "--installer", installer)).code, 0);
      const lock = join(it.root, "build/python/requirements.lock");
      const head = readFileSync(lock, "utf8").split("\napple")[0];
      writeFileSync(lock, `${head}\napple==2.0 --hash=sha256:${"0".repeat(64)}\n`);
      const outcome = await it.setup();
      assert.equal(outcome.code, 1, outcome.stdout);
      assert.match(outcome.stdout, /hash/i);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.equal((await it.check()).healthy, false);
      rmSync(lock);
      it.require("apple==1.0", "pear");
      assert.equal((await it.check()).healthy, true);
    });

    test("a power cut: all is on the disk before its name is there", {
      skip: noTrace,
    }, async () => {
      it.require("apple==2.0");
      const log = join(scratch(), "calls");
      const only = "trace=sync,fsync,rename,renameat,renameat2";
      const words = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-o",
        log,
        "-e",
        only,
        ...it.words("--installer", installer),
      ];
      const outcome = await run(words, { cwd: it.root, env: it.env });
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      const calls = readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => /\bsync\(|build\/python/.test(line) && !/ENOENT|resumed/.test(line));
      const at = (pattern: RegExp) => calls.findLastIndex((line) => pattern.test(line));
      const order = [
        at(/\bsync\(/),
        at(/fsync\(\d+<.*\.one-venv\.json\.part>/),
        at(/rename.*one-venv\.json\.part", .*one-venv\.json"/),
        at(/fsync\(\d+<.*build\/python\/\.new>/),
        at(/rename.*build\/python\/venv", .*build\/python\/\.old"/),
        at(/rename.*build\/python\/\.new", .*build\/python\/venv"/),
        at(/fsync\(\d+<.*build\/python>/),
      ];
      assert.ok(!order.includes(-1), `${order}\n${calls.join("\n")}`);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        calls.join("\n"),
      );
      it.require("apple==1.0", "pear");
      assert.equal((await it.setup()).code, 0);
    });

    test("the folder is gone: one line, no traceback", async () => {
      const folder = join(it.root, "build/python");
      const script = `rm -r "${folder}" && exec "$@"`;
      const outcome = await run(
        [
          "sh",
          "-c",
          script,
          "sh",
          python.path,
          "-c",
          `import runpy, os
source = open(${JSON.stringify(join(import.meta.dirname, "../../src/python/setup.py"))}).read()
exec(compile(source, ${JSON.stringify(join(folder, "setup.py"))}, "exec"), {"__name__": "__main__", "__file__": ${JSON.stringify(join(folder, "setup.py"))}})`,
        ],
        { env: it.env },
      );
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /^One Venv: .*\n$/);
    });
  });
}

describe("killed before any rename or call, with uv", {
  skip: uv === undefined ? NO_UV : false,
}, () => {
  for (const kind of ["os.rename", "subprocess.Popen"]) {
    test(kind, async () => {
      const it = await behind("uv");
      let version = "2.0";
      for (let n = 0; ; n++) {
        const outcome = await crash(it, "uv", kind, n);
        if (outcome.signal === null) {
          assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
          assert.ok(n >= 3, "it must have been killed at least at the renames of the swap");
          return;
        }
        await holds(it, version === "2.0" ? "1.0" : "2.0", version, `${kind} ${n}`);
        version = version === "2.0" ? "1.0" : "2.0";
        it.require(`apple==${version}`);
      }
    });
  }

  test("the very first build, at every stage", async () => {
    const it = central(python, "uv", uv);
    it.require("apple==1.0");
    for (const stage of ["python", "venv", "install", "record", "swap"]) {
      assert.ok(await killAt(it, "uv", stage, 0), stage);
      await holds(it, null, "1.0", stage);
      await it.setup("clean");
    }
  });
});
