import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { signature, whatIsLeft } from "../../src/commands/left.ts";
import { readHands } from "../../src/environment/ground.ts";
import { scan } from "../../src/monorepo/scan.ts";
import { consolidated, SCRIPT } from "./migrating.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));

test("call sites, files and environments are counted; what a file says is seen when it changes", async (context) => {
  const root = await consolidated(context, {
    "a/requirements.txt": "attrs==23.1.0\n",
    "b/requirements.txt": "click\n",
    "a/main.py": "import attrs\n",
    "run.sh": SCRIPT,
    Makefile: "run:\n\tpython3 a/main.py\n",
    ".gitignore": "venv/\n",
    "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\n",
  });
  const look = async () => {
    const found = await scan(root, { git: true });
    const left = await whatIsLeft(root, { hands, processes: true, scan: found });
    return { ...left, signature: await signature(root, found) };
  };
  const first = await look();
  assert.ok(first.callSites >= 3, `${first.callSites} call sites`);
  assert.deepEqual([first.files, first.environments], [2, 1]);
  assert.equal((await look()).signature, first.signature);

  await writeFile(join(root, "Makefile"), "run:\n\tbuild/python/run.py a/main.py\n");
  const moved = await look();
  assert.notEqual(moved.signature, first.signature);
  assert.equal(moved.callSites, first.callSites - 1);

  await rm(join(root, "venv"), { recursive: true });
  const without = await look();
  assert.notEqual(without.signature, moved.signature);
  assert.equal(without.environments, 0);
});
