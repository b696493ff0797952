// What the person has set up counts: pip's configuration, uv's, the environment; and odd input.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, test } from "node:test";
import { type Central, central, type Installer } from "./central.ts";
import { pythons } from "./pythons.ts";
import { environment, run, scratch, write } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;

/** A stand-in for uv that notes what it is called with, and fails. */
function spyOnUv(it: Central): { env: NodeJS.ProcessEnv; calls: () => Promise<string> } {
  const folder = scratch();
  const log = join(folder, "log");
  write(folder, {
    uv: `#!/bin/sh
if [ "$1" = --version ]; then echo "uv 9.9.9"; exit 0; fi
{ echo "ARGS $*"; env | grep -E "^(UV_|SSL_|ALL_PROXY)" | sort; } >> "${log}"
exit 1
`,
  });
  chmodSync(join(folder, "uv"), 0o755);
  const env = environment({ ...it.env, PATH: `${folder}${delimiter}${it.env.PATH}` } as never);
  for (const name of Object.keys(env)) {
    if (/^(UV_|PIP_|SSL_|XDG_)/.test(name)) delete env[name];
  }
  env.PIP_CONFIG_FILE = join(folder, "pip.conf");
  return { env, calls: async () => (await run(["cat", log])).stdout };
}

test("pip's index reaches uv by its environment alone, unless uv has one of its own", async () => {
  const it = central(python, "pip", undefined);
  it.require("apple");
  const { env, calls } = spyOnUv(it);
  write(env.PIP_CONFIG_FILE!.replace("/pip.conf", ""), {
    "pip.conf": `[global]
index-url = https://user:s3cret@one.invalid/simple
timeout = 7
[install]
extra-index-url =
    https://two.invalid/simple
    https://three.invalid/simple
find-links = /some/wheels /more/wheels
`,
  });
  env.PIP_EXTRA_INDEX_URL = "https://four.invalid/simple";
  const build = () => run(it.words(), { cwd: it.root, env });
  const outcome = await build();
  assert.equal(outcome.code, 1);
  const said = await calls();
  assert.match(said, /^UV_DEFAULT_INDEX=https:\/\/user:s3cret@one\.invalid\/simple$/m);
  assert.match(
    said,
    /^UV_INDEX=https:\/\/four\.invalid\/simple$/m,
    "the environment wins, as in pip",
  );
  assert.match(said, /^UV_FIND_LINKS=\/some\/wheels,\/more\/wheels$/m);
  assert.match(said, /^UV_HTTP_TIMEOUT=7$/m);
  assert.match(said, /^UV_PYTHON_DOWNLOADS=never$/m);
  assert.doesNotMatch(said.replaceAll(/^UV_.*$/gm, ""), /invalid|s3cret/);
  assert.doesNotMatch(outcome.stdout + outcome.stderr, /s3cret/);
  env.UV_INDEX_URL = "https://mine.invalid/simple";
  rmSync(join(env.PIP_CONFIG_FILE!, "../log"));
  await build();
  const own = await calls();
  assert.match(own, /^UV_INDEX_URL=https:\/\/mine\.invalid\/simple$/m);
  assert.doesNotMatch(own, /one\.invalid|two\.invalid|four\.invalid/);
});

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`with ${installer}`, { skip }, () => {
    test("settings that would lead elsewhere are put aside, for the build alone", async () => {
      const it = central(python, installer, uv);
      it.require("apple==1.0");
      const elsewhere = scratch();
      write(it.root, { "queue.py": "raise SystemExit('shadowed')", "build/python/json.py": "1/0" });
      Object.assign(it.env, {
        PIP_TARGET: elsewhere,
        PIP_USER: "1",
        PIP_REQUIRE_VIRTUALENV: "1",
        PYTHONPATH: it.root,
        VIRTUAL_ENV: elsewhere,
        UV_SYSTEM_PYTHON: "1",
      });
      const outcome = await it.setup();
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.deepEqual((await it.check()).reasons, []);
      rmSync(join(it.root, "queue.py"));
      const within = await it.runner("build/python/setup.py", "check");
      assert.equal(within.code, 0, within.stdout + within.stderr);
    });

    test("bytes that are no UTF-8, a folder for a file: an answer, never a traceback", async () => {
      const it = central(python, installer, uv);
      const file = join(it.root, "build/python/requirements.txt");
      writeFileSync(file, Buffer.from("apple==1.0  # caf\xe9\nplum==7  # \xff\xfe\n", "latin1"));
      const bytes = await it.setup();
      assert.equal(bytes.code, 1);
      assert.equal(
        bytes.stderr,
        "One Venv: build/python/requirements.txt is not UTF-8 (line 1): save it as UTF-8\n",
      );
      rmSync(file);
      mkdirSync(file);
      const folder = await it.setup();
      assert.equal(folder.code, 1);
      assert.match(folder.stderr, /^One Venv: there is no build\/python\/requirements\.txt/);
      rmSync(file, { recursive: true });
      it.require("apple==1.0", "-r more.txt");
      write(it.root, {
        "build/python/more.txt": "-r requirements.txt\n-r more.txt\nseed-of-pear\n",
      });
      assert.equal((await it.setup("check")).code, 1, "a cycle ends");
      write(it.root, { "build/python/decisions.json": "not json" });
      const decisions = await it.setup();
      assert.match(decisions.stderr, /^One Venv: build\/python\/decisions\.json cannot be read: /);
    });

    test("a file that is included counts as an input", async () => {
      const it = central(python, installer, uv);
      it.require("-r more.txt", "-c limits.txt");
      write(it.root, {
        "build/python/more.txt": "apple\n",
        "build/python/limits.txt": "apple<2\n",
      });
      const outcome = await it.setup();
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.deepEqual((await it.check()).reasons, []);
      write(it.root, { "build/python/limits.txt": "apple<3\n" });
      assert.match((await it.check()).reasons[0]!.message, /limits\.txt/);
    });
  });
}

describe("from the index that this machine is set up for", async () => {
  const tried = await run(
    [python.path, "-m", "pip", "download", "--no-deps", "--dest", scratch(), "six"],
    {
      env: environment({ PIP_RETRIES: "0", PIP_DEFAULT_TIMEOUT: "20" }),
    },
  );
  const away = tried.code === 0 ? false : "no package index can be reached";
  for (const installer of ["pip", "uv"] as Installer[]) {
    const skip = installer === "uv" && uv === undefined ? NO_UV : away;
    test(`lock, build, run and change with ${installer}`, { skip }, async () => {
      const it = central(python, installer, uv);
      it.env = environment();
      if (installer === "uv") it.env.PATH = `${uv}${delimiter}${it.env.PATH}`;
      const call = (...more: string[]) => run(it.words(...more), { cwd: it.root, env: it.env });
      it.require("flask==3.0.0", "itsdangerous");
      for (const command of [["lock"], []]) {
        const outcome = await call(...command, "--installer", installer);
        assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      }
      assert.equal((await call("check")).code, 0);
      assert.match(
        (await run([join(it.root, "build/python/run.py"), "flask", "--version"])).stdout,
        /Flask 3\.0\.0/,
      );
      it.require("flask==3.0.0", "werkzeug<3");
      const conflict = await call("--installer", installer);
      assert.equal(conflict.code, 1);
      assert.match(conflict.stderr, /:1: flask==3\.0\.0\n.*:2: werkzeug<3\n/);
      assert.match(conflict.stdout, /flask.* depends on werkzeug>=3\.0\.0/is);
    });
  }
});
