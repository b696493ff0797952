import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { scan } from "../../src/monorepo/scan.ts";
import { updateScan } from "../../src/monorepo/update.ts";
import { repository, write } from "./tree.ts";

const withGit = { git: true };

const FILES: Record<string, string> = {
  ".gitignore": "venv/\nout/\nbuild/\n",
  "requirements.txt": "-r a/base.list\n-r b/requirements.txt\n-e ./lib\n",
  "a/base.list": "-c ../limits.list\nsix\n",
  "limits.list": "six<2\n",
  "a/main.py": 'if __name__ == "__main__":\n    pass\n',
  "b/requirements.txt": "attrs\n",
  "b/requirements-dev.txt": "-r ../requirements.txt\n",
  "b/venv/pyvenv.cfg": "version = 3.11.7\n",
  "b/venv/lib/x.py": "",
  "lib/setup.py": "",
  "out/x.py": "",
  "build/build.py": 'if __name__ == "__main__":\n    pass\n',
  "build/python/requirements.txt": "six==1\n",
  "c/Makefile": "",
};

/** What can happen to a folder; each returns the paths that a watcher would name. */
const EVENTS: Record<string, (root: string) => string[]> = {
  "a source is changed": (root) => put(root, "b/requirements.txt", "attrs==1\n"),
  "a source appears": (root) => put(root, "new/deep/requirements.txt", "flask\n"),
  "a source goes": (root) => drop(root, "b/requirements.txt"),
  "an include goes": (root) => drop(root, "a/base.list"),
  "an include comes back": (root) => put(root, "a/base.list", "six==1\n"),
  "nobody includes it any more": (root) => put(root, "requirements.txt", "flask\n"),
  "it is included again": (root) => put(root, "requirements.txt", FILES["requirements.txt"]!),
  "an environment is made": (root) => put(root, "c/env/pyvenv.cfg", "version = 3.9.1\n"),
  "an environment's file changes": (root) => put(root, "b/venv/lib/y.py", "x = 1\n"),
  "an environment goes": (root) => drop(root, "b/venv"),
  "an ignored environment is made": (root) => put(root, "a/venv/pyvenv.cfg", ""),
  "an ignored file is made": (root) => put(root, "out/requirements.txt", "six\n"),
  "a tracked, ignored file changes": (root) => put(root, "build/build.py", "print(1)\n"),
  "the central file changes": (root) => put(root, "build/python/requirements.txt", "six==2\n"),
  "a script loses its block": (root) => put(root, "a/main.py", "pass\n"),
  "a folder is renamed": (root) => {
    if (!drop(root, "moved").length) return [];
    mkdirSync(join(root, "c"), { recursive: true });
    renameSync(join(root, "c"), join(root, "moved"));
    return ["c", "moved"];
  },
  "a local requirement goes": (root) => drop(root, "lib"),
  "what is ignored changes": (root) => put(root, ".gitignore", "venv/\nb/\n"),
  "a link appears": (root) => {
    drop(root, "c/requirements-link.txt");
    mkdirSync(join(root, "c"), { recursive: true });
    symlinkSync("../b/requirements.txt", join(root, "c/requirements-link.txt"));
    return ["c/requirements-link.txt"];
  },
  nothing: () => [],
};

function put(root: string, path: string, text: string): string[] {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  write(root, { [path]: text });
  return [path];
}

function drop(root: string, path: string): string[] {
  rmSync(join(root, path), { recursive: true, force: true });
  return [path];
}

for (const [name, happen] of Object.entries(EVENTS)) {
  test(`after an update the scan is what a new one would be: ${name}`, async (t) => {
    const root = repository(t, FILES, ["build/build.py"]);
    const before = await scan(root, withGit);
    const changed = happen(root);
    assert.deepEqual(await updateScan(before, changed, withGit), await scan(root, withGit));
  });
}

test("any row of events, told one by one or together, ends where a new scan does", async (t) => {
  const rows = fc.array(fc.array(fc.constantFrom(...Object.keys(EVENTS)), { maxLength: 4 }), {
    maxLength: 4,
  });
  const holds = fc.asyncProperty(rows, async (row) => {
    const root = repository(t, FILES, ["build/build.py"]);
    let known = await scan(root, withGit);
    for (const together of row) {
      const changed = together.flatMap((name) => EVENTS[name]!(root));
      known = await updateScan(known, changed, withGit);
    }
    assert.deepEqual(known, await scan(root, withGit));
  });
  await fc.assert(holds, { numRuns: 15 });
});
