import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { execa } from "execa";
import { importRootLines, runnerImportRoots } from "../../src/environment/import-roots.ts";
import { scratch } from "../scratch.ts";

const TEXT = [
  "# a comment",
  "  # another",
  "lib/python",
  "./generated//",
  "services/a   # why",
  "with space/x\t# why\r",
  ".",
  "./",
  "/",
  "/absolute/folder",
  "lib/python/",
  "a#b",
  "",
].join("\n");

test("pythonpath.txt is read as the runner reads it", async () => {
  const root = scratch();
  const runner = join(import.meta.dirname, "..", "..", "src", "python", "run.py");
  const home = join(root, "build", "python");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "pythonpath.txt"), TEXT);
  const code =
    "import importlib.util as u, json, sys; s = u.spec_from_file_location('run', sys.argv[1]); " +
    "m = u.module_from_spec(s); s.loader.exec_module(m); print(json.dumps(m.import_roots(sys.argv[2])))";
  const { stdout } = await execa("python3", ["-B", "-c", code, runner, root]);
  const theirs = [...new Set((JSON.parse(stdout) as string[]).map((path) => join(path)))];
  assert.deepEqual(await runnerImportRoots(root), theirs);
  assert.equal(theirs.length, 8);
});

test("without the file the root alone is an import root", async () => {
  const root = scratch();
  assert.deepEqual(await runnerImportRoots(root), [root]);
  assert.deepEqual(importRootLines(""), []);
});
