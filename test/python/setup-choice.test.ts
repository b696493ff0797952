import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { type Central, central } from "./central.ts";
import { everyPython, pythons } from "./pythons.ts";
import { run, scratch, write } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";

const uv = await uvFolder();
const every = await pythons();
const [oldest, newest] = [every[0]!, every.at(-1)!];
const decide = (it: Central, python: string | null) =>
  write(it.root, { "build/python/decisions.json": JSON.stringify({ schema: 1, python }) });
const version = async (it: Central) =>
  (await it.runner("-c", "import sys; print('%d.%d' % sys.version_info[:2])")).stdout.trim();
/** An environment in which only these folders are searched. */
const only = (it: Central, ...folders: string[]) => ({
  ...it.env,
  PATH: [...folders, ...(uv ? [uv] : []), "/bin"].join(":"),
  PYENV_ROOT: join(it.root, "no-pyenv"),
});

describe("the base Python", { skip: uv === undefined ? NO_UV : false }, () => {
  for (const python of every) {
    test(`a venv built, checked and run with Python ${python.name}`, async () => {
      const it = central(python, "uv", uv);
      it.require("apple==1.0");
      const outcome = await it.setup();
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.equal((await it.check()).healthy, true);
      assert.equal(await version(it), python.version.join("."));
      assert.equal((await it.runner("apple")).stdout, "apple 1.0\n");
      assert.match((await it.runner("pip", "--version")).stdout, /build\/python\/venv/);
    });
  }

  test("decisions.json's version is found, whatever runs setup.py", async () => {
    const it = central(newest, "uv", uv);
    it.require("apple");
    decide(it, oldest.version.join("."));
    const env = { ...it.env, PATH: `${dirname(oldest.path)}:${it.env.PATH}` };
    const outcome = await run(it.words(), { cwd: it.root, env });
    assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
    assert.equal(await version(it), oldest.version.join("."));
    decide(it, newest.version.join("."));
    assert.equal((await it.setup()).code, 0);
    assert.equal(await version(it), newest.version.join("."));
  });

  test("a shim is resolved to what it stands for, one that fails is told of", async () => {
    const it = central(newest, "uv", uv);
    const shims = scratch();
    const [major, minor] = oldest.version;
    write(shims, {
      [`python${major}.${minor}`]: `#!/bin/sh\nexec "${oldest.path}" "$@"\n`,
      python3: "#!/bin/sh\necho 'pyenv: python3: command not found' >&2\nexit 127\n",
    });
    for (const name of readdirSync(shims)) chmodSync(join(shims, name), 0o755);
    it.require("apple");
    decide(it, `${major}.${minor}`);
    const env = only(it, shims);
    const listed = await run(it.words("pythons", "--json"), { env });
    const rows: { path: string; usable: boolean; why: string }[] = JSON.parse(
      listed.stdout,
    ).pythons;
    assert.ok(rows.some((row) => realpathSync(row.path) === oldest.path && row.usable));
    assert.match(rows.find((row) => row.path === join(shims, "python3"))!.why, /command not found/);
    assert.equal((await run(it.words(), { cwd: it.root, env })).code, 0);
    assert.equal(await version(it), `${major}.${minor}`);
  });

  test("none fits: it says what was seen and why not", async () => {
    const it = central(newest, "uv", uv);
    it.require("apple");
    decide(it, "3.99");
    const outcome = await run(it.words(), { cwd: it.root, env: only(it) });
    assert.equal(outcome.code, 1);
    assert.match(outcome.stderr, /^One Venv: no Python 3\.99 is on this machine \(decisions\.json/);
    assert.ok(
      outcome.stderr.includes(`${newest.path} (running this) is Python 3.`),
      outcome.stderr,
    );
    assert.deepEqual(readdirSync(join(it.root, "build/python")).includes("venv"), false);
  });

  test("--python takes a path, a name, a version, a venv; another than decided stops", async () => {
    const it = central(newest, "uv", uv);
    const programs = scratch();
    symlinkSync(oldest.path, join(programs, "some-python"));
    it.require("apple");
    const env = { ...it.env, PATH: `${programs}:${dirname(oldest.path)}:${it.env.PATH}` };
    const build = (given: string) => run(it.words("--python", given), { cwd: it.root, env });
    const stem = oldest.version.join(".");
    for (const given of [
      oldest.path,
      "some-python",
      stem,
      newest.path,
      join(it.root, "build/python/venv"),
    ]) {
      const outcome = await build(given);
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      const expected = given === newest.path || given.includes("venv") ? newest : oldest;
      assert.equal(await version(it), expected.version.join("."), given);
      assert.match((await build(given)).stdout, /is up to date/, given);
    }
    decide(it, newest.version.join("."));
    for (const given of [oldest.path, stem]) {
      const outcome = await build(given);
      assert.equal(outcome.code, 1);
      assert.match(
        outcome.stderr,
        /but the base Python of this repository is .* one-venv consolidate/,
      );
      assert.equal(await version(it), newest.version.join("."), "untouched");
    }
    const nothing = await build("/nowhere/python");
    assert.deepEqual(
      [nothing.code, nothing.stderr],
      [1, "One Venv: --python /nowhere/python: there is no such Python\n"],
    );
  });

  const old = (async () => (await everyPython()).find((python) => python.version[1] < 8))();
  test("too old a Python is refused by name", async (t) => {
    const python = await old;
    if (python === undefined) return t.skip("no Python older than 3.8 on this machine");
    const it = central(newest, "uv", uv);
    it.require("apple");
    const outcome = await run(it.words("--python", python.path), { cwd: it.root, env: it.env });
    assert.equal(outcome.code, 1);
    assert.match(outcome.stderr, /is Python 3\.\d\.\d+; 3\.8 or newer is needed\n$/);
  });

  test("a Python without ensurepip: the package to install is named", async () => {
    const it = central(newest, "pip", undefined);
    it.require("apple");
    const bare = join(scratch(), "bare");
    const name = `python${newest.version.join(".")}`;
    const library = join(dirname(dirname(newest.path)), "lib", name);
    mkdirSync(join(bare, "bin"), { recursive: true });
    mkdirSync(join(bare, "lib", name), { recursive: true });
    const copy = await run(["cp", newest.path, join(bare, "bin", name)]);
    assert.equal(copy.code, 0);
    for (const entry of readdirSync(library)) {
      if (entry !== "ensurepip") symlinkSync(join(library, entry), join(bare, "lib", name, entry));
    }
    const words = it.words("--installer", "pip", "--python", join(bare, "bin", name));
    const env = { ...it.env, LD_LIBRARY_PATH: join(dirname(dirname(newest.path)), "lib") };
    const outcome = await run(words, { cwd: it.root, env });
    assert.equal(outcome.code, 1);
    assert.match(
      outcome.stderr,
      /has no venv and ensurepip modules\. (Install them with: apt install python3\.\d+-venv|Install)/,
    );
  });
});

test("commands of other setup.py files get an answer, wrong words the usage", async () => {
  const it = central(newest, "pip", undefined);
  for (const command of ["install", "build", "develop", "sdist", "bdist_wheel"]) {
    const outcome = await it.setup(command);
    assert.equal(outcome.code, 2);
    assert.match(outcome.stderr, new RegExp(`^One Venv: .* has no command \`${command}\`: `));
  }
  assert.equal((await it.setup("nonsense")).code, 2);
  assert.equal((await run(it.words("--nonsense"))).code, 2);
  const help = await run(it.words("--help"));
  assert.equal(help.code, 0);
});
