import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareRuns, comparison, oldPythons } from "../../src/commands/compare-runs.ts";
import type { Site } from "../../src/migration/site.ts";
import { scratch } from "../scratch.ts";

const environment = (path: string) => ({ path, kind: "venv" as const, python: "3.11.7" });
const site = (path: string, text: string, names: string[]): Site => ({
  ...{ id: `${path}:3`, path, line: 3, column: 1, kind: "rewrite", text, reason: "", names },
  ...{ edits: [], alternative: null, listed: [], stillNames: [], creates: [] },
});

/** A folder whose environments have a "Python" each. */
function withEnvironments(...paths: string[]) {
  const root = scratch();
  for (const path of paths) {
    mkdirSync(join(root, path, "bin"), { recursive: true });
    writeFileSync(join(root, path, "bin", "python"), "");
  }
  return { root, environments: [...paths, "gone"].map(environment) };
}
const paths = (root: string, found: { path: string }[]) =>
  found.map(({ path }) => path.replace(`${root}/`, "").replace("/bin/python", ""));

test("the environment that a line with the script names, then those around it, then PATH", () => {
  const scan = withEnvironments("services/a/.venv", "venv", "old/tools", "services/b/.venv");
  const sites = [
    site("Makefile", "old/tools/bin/python services/a/main.py", ["old/tools"]),
    site("services/b/Makefile", ".venv/bin/python main.py", ["services/b/.venv"]),
    site("ci.sh", "cd services/c && ../../old/tools/bin/python main.py", ["old/tools"]),
    site("run.sh", "gone/bin/python services/a/main.py", ["gone"]),
  ];
  const found = oldPythons("services/a/main.py", scan, sites);
  assert.deepEqual(paths(scan.root, found), ["old/tools", "services/a/.venv", "venv", "python3"]);
  assert.equal(found[0]!.why, "Makefile:3 names it");
  const third = oldPythons("services/c/main.py", scan, sites);
  assert.deepEqual(paths(scan.root, third), ["old/tools", "venv", "python3"]);
  const other = oldPythons("services/b/main.py", scan, sites);
  assert.deepEqual(paths(scan.root, other), ["services/b/.venv", "venv", "python3"]);
});

test("a package runs as -m, anything else by its name, each in its folder", () => {
  const root = scratch();
  mkdirSync(join(root, "a/pack"), { recursive: true });
  writeFileSync(join(root, "a/pack/__init__.py"), "");
  const old = { path: "/old/python", why: "" };
  const pack = comparison(root, "a/pack/__main__.py", old);
  assert.deepEqual(pack.oldCommand, {
    words: ["/old/python", "-m", "pack", "--help"],
    cwd: join(root, "a"),
  });
  assert.deepEqual(comparison(root, "a/main.py", old).newCommand, {
    words: ["/bin/sh", join(root, "build/python/run.py"), "main.py", "--help"],
    cwd: join(root, "a"),
  });
});

test("the same, another exit code, another output, and no such Python", async () => {
  const root = scratch();
  const signal = new AbortController().signal;
  const run = (oldWords: string[], newWords: string[]) =>
    compareRuns(
      {
        ...{ script: "x", old: { path: "x", why: "" } },
        oldCommand: { words: oldWords, cwd: root },
        newCommand: { words: newWords, cwd: root },
      },
      signal,
    );
  const sh = (text: string) => ["/bin/sh", "-c", text];
  assert.equal((await run(sh("echo a"), sh("echo a"))).same, true);
  assert.equal((await run(sh("echo a"), sh("echo a; exit 1"))).same, false);
  assert.equal((await run(sh("echo a"), sh("echo b"))).same, false);
  const missing = await run(["/nowhere/python"], sh("echo b"));
  assert.equal(missing.same, false);
  assert.match(missing.oldRun.output, /cannot be started/);
});
