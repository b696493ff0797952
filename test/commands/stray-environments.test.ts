import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { execa } from "execa";
import { sizeText, strayEnvironments } from "../../src/commands/stray-environments.ts";
import { deleteEnvironment } from "../../src/environment/delete-environment.ts";
import { scan } from "../../src/monorepo/scan.ts";
import { repository } from "../monorepo/tree.ts";

const signal = new AbortController().signal;

test("each has its size, its age, and why it is kept", async (context) => {
  const root = repository(context, {
    "requirements.txt": "",
    "work/pyvenv.cfg": "version = 3.11.7\n",
    "work/notes.txt": "mine\n",
    "conda/conda-meta/history": "",
    "conda/conda-meta/python-3.12.1-h1_0.json": "{}",
  });
  await execa("python3", ["-m", "venv", "--without-pip", join(root, "services/.venv")]);
  const found = await strayEnvironments(await scan(root, { git: true }), signal);
  const byPath = new Map(found.map((one) => [one.path, one]));
  assert.deepEqual([...byPath.keys()].sort(), ["conda", "services/.venv", "work"]);
  const real = byPath.get("services/.venv")!;
  assert.equal(real.kept, null);
  assert.ok(real.bytes > 1000 && Date.now() - real.made! < 3_600_000);
  assert.match(byPath.get("work")!.kept!, /notes\.txt/);
  assert.match(byPath.get("conda")!.kept!, /conda env remove/);
  await deleteEnvironment(root, "services/.venv");
  assert.equal(existsSync(join(root, "services/.venv")), false);
});

test("looking at them can be broken off", async (context) => {
  const root = repository(context, { "a/pyvenv.cfg": "version = 3.11.7\n" });
  const stop = AbortSignal.abort(new Error("enough"));
  await assert.rejects(strayEnvironments(await scan(root, { git: true }), stop), /enough/);
});

test("sizes in words", () => {
  assert.deepEqual([900, 13_400_000, 2_340_000_000].map(sizeText), ["0.9 KB", "13 MB", "2.3 GB"]);
});
