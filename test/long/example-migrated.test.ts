// examples/monorepo, used as its README says, before a migration and after it: the same output and
// exit codes, then without a network, on machines whose Python has none of the packages.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { execa } from "execa";
import { copyExample } from "../../scripts/example.ts";
import { commit } from "../commands/migrating.ts";
import { environment } from "../python/repository.ts";
import { scratch } from "../scratch.ts";
import { type Ran, runWorkflow } from "./ci-steps.ts";

const cli = join(import.meta.dirname, "..", "..", "src", "cli.ts");
const WORKFLOW = ".github/workflows/ci.yml";
const TARGETS = ["build", "deploy", "census", "speech-to-text", "text-to-speech", "vision-ai"];
const top = scratch();
const root = join(top, "monorepo");
let env: NodeJS.ProcessEnv;

/** A machine's environment: a Python of its own with pip and nothing else. */
async function machine(): Promise<NodeJS.ProcessEnv> {
  const python = scratch();
  await execa("python3", ["-m", "venv", python], { env: environment(), extendEnv: false });
  const plain = environment({ PYTHONNOUSERSITE: "1", PIP_DISABLE_PIP_VERSION_CHECK: "1" });
  return { ...plain, PATH: `${join(python, "bin")}${delimiter}${plain.PATH}` };
}

async function clone(): Promise<string> {
  const checkout = join(scratch(), "checkout");
  await execa("git", ["clone", "--quiet", root, checkout]);
  return checkout;
}

async function run(cwd: string, file: string, ...args: string[]) {
  return execa(file, args, { cwd, env, extendEnv: false, all: true, reject: false });
}

async function done(cwd: string, file: string, ...args: string[]): Promise<string> {
  const { exitCode, all } = await run(cwd, file, ...args);
  assert.equal(exitCode, 0, `${[file, ...args].join(" ")}\n${all}`);
  return all;
}

const oneVenv = (...args: string[]) => done(root, process.execPath, cli, ...args);

/** What the make targets and the script say, each with its exit code. */
async function used(folder: string) {
  const said: Record<string, [number | undefined, string]> = {};
  for (const target of TARGETS) {
    const { exitCode, stdout } = await run(folder, "make", "--silent", target);
    said[target] = [exitCode, stdout];
  }
  const { exitCode, stdout } = await run(folder, "scripts/setup-service.sh", "vision-ai");
  said.script = [exitCode, stdout.split("\n").at(-1)!];
  return said;
}

/** What the steps of the workflow say; of those that install only whether they did. */
async function inCi(): Promise<unknown[]> {
  const workflow = await readFile(join(root, WORKFLOW), "utf8");
  const ran = await runWorkflow(workflow, async () => ({
    checkout: await clone(),
    env: await machine(),
  }));
  const isFirst = (one: Ran, i: number) => ran[i - 1]?.job !== one.job;
  return ran.map((one, i) => {
    assert.equal(one.exitCode, 0, `${one.job}: ${one.all}`);
    return isFirst(one, i) ? one.job : [one.job, one.stdout];
  });
}

/** What the list leaves for a person, done as it says. */
async function byHand(): Promise<void> {
  const edit = async (path: string, ...changes: [string, string][]) => {
    let text = await readFile(join(root, path), "utf8");
    for (const [from, to] of changes) {
      assert.ok(text.includes(from), `${path} has: ${from}`);
      text = text.replace(from, to);
    }
    await writeFile(join(root, path), text);
  };
  await edit(
    "scripts/setup-service.sh",
    [
      "python3 -m venv venv\n. venv/bin/activate\npip install -r requirements.txt\n",
      "python3 ../../build/python/setup.py\n",
    ],
    ["python3 main.py", "../../build/python/run.py main.py"],
  );
  const path = "services/$" + "{{ matrix.service }}/requirements.txt";
  await edit(WORKFLOW, [path, "build/python/requirements.lock"]);
}

let usedBefore: Awaited<ReturnType<typeof used>>;
let ciBefore: unknown[];

before(async () => {
  env = await machine();
  await copyExample(root);
  await rm(join(root, "venv"), { recursive: true });
  await done(root, "make", "setup");
  usedBefore = await used(root);
  ciBefore = await inCi();
  await done(root, "make", "clean");
});
after(() => rm(top, { recursive: true, force: true }));

test("before: everything runs in the environments that the example makes", () => {
  for (const [what, [exitCode]] of Object.entries(usedBefore)) assert.equal(exitCode, 0, what);
  assert.match(usedBefore["speech-to-text"]![1], /HELLO ONE VENV/);
});

test("consolidated, built, migrated: no requirements file is left besides the central one", async () => {
  env = await machine();
  const choices = ["--prefer", "highest", "--decide", "mdit-py-plugins===0.4.0"];
  await oneVenv("consolidate", ...choices, "--write");
  await done(root, "python3", "build/python/setup.py", "lock");
  await done(root, "python3", "build/python/setup.py");
  await byHand();
  commit(root);
  await oneVenv("migrate", "--take", "all", "--remove", "all", "--write");
  const { sources } = JSON.parse(await oneVenv("scan", "--json"));
  assert.deepEqual(
    sources.map(({ path, role }: { path: string; role: string }) => `${path} ${role}`),
    [
      "build/python/requirements.txt central",
      "generated/python/clients/pyproject.toml input",
      "services/vision-ai/requirements.lock exported",
    ],
  );
  assert.match(await oneVenv("migrate", "--write"), /There is nothing to write\.$/);
  assert.match(await oneVenv("check"), /Central venv: healthy/);
  commit(root);
});

test("after: make targets and the script say the same, and end the same", async () => {
  const checkout = await clone();
  env = await machine();
  await done(checkout, "make", "setup");
  assert.deepEqual(await used(checkout), usedBefore);
});

test("after: the workflow's steps say the same", async () => {
  assert.deepEqual(await inCi(), ciBefore);
});

test("without a network: wheels that lie in the repository are enough", async () => {
  await done(root, "python3", "build/python/setup.py", "vendor");
  commit(root);
  const checkout = await clone();
  const nowhere = "http://127.0.0.1:9";
  env = { ...(await machine()), HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ALL_PROXY: nowhere };
  await done(checkout, "python3", "build/python/setup.py", "--offline");
  assert.deepEqual(await used(checkout), usedBefore);
});
