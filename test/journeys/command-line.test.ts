import assert from "node:assert/strict";
import { chmodSync, symlinkSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { execa } from "execa";
import { commit, snapshot } from "../commands/migrating.ts";
import { repository } from "../monorepo/tree.ts";
import { closedEnvironment } from "../python/central.ts";
import { pythons } from "../python/pythons.ts";
import { addPip, makeWheels } from "../python/wheels.ts";
import { scratch } from "../scratch.ts";

const root = join(import.meta.dirname, "..", "..");
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
let folder = "";

// The package that people get, installed as they install it; it needs nothing else.
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ov-"));
  const tgz = join(root, "out", `one-venv-${version}.tgz`);
  await execa("npm", ["install", "--offline", "--prefix", folder, tgz]);
});
after(() => rm(folder, { recursive: true }));

test("the installed command says what it can do and which version it is", async () => {
  const program = join(folder, "node_modules", ".bin", "one-venv");
  const help = await execa(program, ["--help"]);
  assert.match(help.stdout, /usage: one-venv COMMAND/);
  const said = await execa(program, ["--version"]);
  assert.equal(said.stdout, version);
});

test("a Node that is too old is told so", async () => {
  const launcher = join(folder, "node_modules", "one-venv", "dist", "one-venv.cjs");
  const code = `Object.defineProperty(process.versions, "node", { value: "20.9.0" });
    require(${JSON.stringify(launcher)});`;
  const run = await execa(process.execPath, ["-e", code], { reject: false });
  assert.equal(run.exitCode, 2);
  assert.equal(run.stderr, "one-venv needs Node 22 or newer, this is v20.9.0");
});

test("a migration: before, after and undone, with a Python that has nothing installed", async (context) => {
  const program = join(folder, "node_modules", ".bin", "one-venv");
  const python = (await pythons()).at(-1)!;
  const wheels = scratch();
  makeWheels(python, wheels, [{ name: "apple", version: "1.0", program: "apple" }]);
  addPip(python, wheels);
  const repo = repository(context, MIGRATED);
  chmodSync(join(repo, "run.sh"), 0o755);
  const names = scratch();
  for (const name of ["python3", "python"]) symlinkSync(python.path, join(names, name));
  const env = closedEnvironment(wheels, undefined);
  env.PATH = `${names}${delimiter}${env.PATH}`;
  const run = (file: string, ...args: string[]) =>
    execa(file, args, { cwd: repo, env, extendEnv: false, all: true, reject: false });
  const oneVenv = async (wanted: number, ...args: string[]) => {
    const { exitCode, all } = await run(program, ...args);
    assert.equal(exitCode, wanted, `${args.join(" ")}: ${all}`);
    return all;
  };

  await oneVenv(0, "consolidate", "--write");
  for (const words of [
    ["lock", "--installer", "pip"],
    ["--installer", "pip"],
  ]) {
    const { exitCode, all } = await run("python3", "build/python/setup.py", ...words);
    assert.equal(exitCode, 0, all);
  }
  commit(repo);
  const says = async () => {
    const ran = [await run("./run.sh"), await run("make", "--silent", "run")];
    return ran.map(({ exitCode, stdout }) => [exitCode, stdout.split("\n").at(-1)]);
  };
  const before = await says();
  assert.deepEqual(before, [
    [0, "apple 1.0"],
    [0, "apple 1.0"],
  ]);
  const bytes = snapshot(repo);
  await rm(join(repo, "venv"), { recursive: true });

  await oneVenv(0, "migrate", "--take", "all", "--remove", "all", "--write");
  const sources = Object.keys(snapshot(repo)).filter((path) => path.endsWith("requirements.txt"));
  assert.deepEqual(sources, ["build/python/requirements.txt"]);
  const exported = await readFile(join(repo, "a/requirements.lock"), "utf8");
  assert.match(exported, /^# exported by One Venv[\s\S]*\napple==1\.0/);
  assert.match(await readFile(join(repo, "a/Dockerfile"), "utf8"), / -r requirements\.lock/);
  assert.deepEqual(await says(), before);
  assert.match((await oneVenv(0, "migrate", "--write"))!, /There is nothing to write\.$/);
  assert.match((await oneVenv(0, "check"))!, /Central venv: healthy/);

  await writeFile(join(repo, "a/requirements.txt"), "apple==1.0\n");
  assert.match((await oneVenv(1, "check"))!, /a\/requirements\.txt was removed by a plan/);
  await rm(join(repo, "a/requirements.txt"));
  await oneVenv(0, "undo", "--write");
  assert.deepEqual(snapshot(repo), bytes);
});

const MIGRATED = {
  ".gitignore": "venv/\n",
  "a/requirements.txt": "apple==1.0\n",
  "a/main.py": 'import apple\n\nif __name__ == "__main__":\n    apple.main()\n',
  "a/Dockerfile":
    'FROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "main.py"]\n',
  "run.sh":
    "#!/bin/sh\nset -e\npython3 -m venv venv\n. venv/bin/activate\npip install --quiet -r a/requirements.txt\npython3 a/main.py\n",
  Makefile: ".PHONY: run\nrun:\n\tvenv/bin/python3 a/main.py\n",
};
