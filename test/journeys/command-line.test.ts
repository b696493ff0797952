import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { execa } from "execa";

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
