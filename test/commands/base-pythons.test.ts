import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { basePythons } from "../../src/commands/base-pythons.ts";
import { scan } from "../../src/monorepo/scan.ts";
import { repository } from "../monorepo/tree.ts";

const hands = join(import.meta.dirname, "..", "..", "src", "python");
const listed = async (root: string) => {
  const listing = { scan: await scan(root, { git: true }), python: "python3", hands };
  const { pythons } = await basePythons(root, listing);
  assert.ok(pythons.length > 0, "this machine has a Python");
  return pythons;
};
const metadata = (requires: string) =>
  `[project]\nname = "a"\nversion = "1"\nrequires-python = "${requires}"\n`;

test("what a project's requires-python forbids is not offered, and says which line", async (context) => {
  const root = repository(context, { "a/pyproject.toml": metadata(">=3.99"), "b.txt": "" });
  for (const { version, why } of await listed(root)) {
    if (version === null || why?.includes("3.8 or newer is needed")) continue;
    assert.match(why!, /^is 3\.\d+\.\d+\w*, but a\/pyproject\.toml:4 needs Python 3\.99 or newer$/);
  }
});

test("a person who decided to go on all the same is asked no more", async (context) => {
  const decision = { name: "python", marker: null, choice: "drop", requirement: null };
  const root = repository(context, {
    "a/pyproject.toml": metadata(">=3.99"),
    "build/python/decisions.json": JSON.stringify({
      ...{ schema: 1, python: null, leftOut: [], included: [], buildConstraints: [] },
      ...{ removed: [], lines: {} },
      decisions: [{ ...decision, declared: ["a/pyproject.toml: >=3.99"], reason: null }],
    }),
  });
  assert.ok((await listed(root)).some(({ why }) => why === null));
});

test("so is what a pinned package of the central venv says, and only where the pin is what is installed", async (context) => {
  const root = repository(context, {
    "build/python/requirements.txt": "old_one==1.0\nnewer==2.0\nloose>=1\n",
  });
  const site = join(root, "build/python/venv/lib/python3.11/site-packages");
  const install = (name: string, version: string, requires: string) => {
    const folder = join(site, `${name}-${version}.dist-info`);
    mkdirSync(folder, { recursive: true });
    const fields = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`;
    writeFileSync(join(folder, "METADATA"), `${fields}Requires-Python: ${requires}\n\nProse\n`);
  };
  install("newer", "1.9", "<3");
  install("loose", "1.5", "<3");
  assert.ok((await listed(root)).some(({ why }) => why === null));
  install("Old-One", "1.0", "<3");
  const said = (await listed(root)).map(({ why }) => why ?? "");
  assert.ok(
    said.some((why) =>
      why.endsWith("but Old-One 1.0 (build/python/requirements.txt:1) needs Python below 3"),
    ),
    said.join("\n"),
  );
});
