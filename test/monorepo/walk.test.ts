import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { walk } from "../../src/monorepo/walk.ts";
import { git, repository, tree, withoutRights, write } from "./tree.ts";

const withGit = { git: true };
const withoutGit = { git: false };
const noShell = process.platform === "win32" && "the program in its place is a shell script";

test("a folder without git: files of interest, sorted, and nothing of installed packages", async (t) => {
  const root = tree(t, {
    "b/main.py": "",
    "b/data.bin": "",
    "a/requirements.txt": "",
    "a/node_modules/x/setup.py": "",
    "a/site-packages/flask/app.py": "",
    "a/__pycache__/x.py": "",
    "a/x.egg-info/requires.txt": "",
    Makefile: "",
  });
  const found = await walk(root, withGit);
  assert.deepEqual(found, {
    files: ["Makefile", "a/requirements.txt", "b/main.py"],
    links: [],
    environments: [],
    repositories: [],
    unread: [],
    knowsTracked: true,
  });
});

test("what git ignores is not walked, nested files and negations included", async (t) => {
  const root = repository(t, {
    ".gitignore": "/out/\n*.tmp.py\nlib/\n",
    "out/x.py": "",
    "a/out/x.py": "",
    "a/b.tmp.py": "",
    "a/lib/x.py": "",
    "keep/.gitignore": "!lib/\n!*.tmp.py\n/only-here.py\n",
    "keep/lib/x.py": "",
    "keep/lib/deep/y.py": "",
    "keep/b.tmp.py": "",
    "keep/only-here.py": "",
    "keep/a/only-here.py": "",
  });
  const expected = [
    "a/out/x.py",
    "keep/a/only-here.py",
    "keep/b.tmp.py",
    "keep/lib/deep/y.py",
    "keep/lib/x.py",
  ];
  assert.deepEqual((await walk(root, withGit)).files, expected);
  assert.deepEqual((await walk(root, withoutGit)).files, expected);
});

test("info/exclude and the person's own excludes count, in worktrees too", async (t) => {
  const root = repository(t, { "a.py": "", "b.py": "", "c.py": "" });
  const elsewhere = tree(t, { excludes: "c.py\n" });
  write(root, { ".git/info/exclude": "b.py\n" });
  git(root, "config", "core.excludesFile", join(elsewhere, "excludes"));
  assert.deepEqual((await walk(root, withGit)).files, ["a.py"]);
  assert.deepEqual((await walk(root, withoutGit)).files, ["a.py", "c.py"]);

  git(root, "add", "a.py");
  git(root, "commit", "--quiet", "--message", "x");
  git(root, "worktree", "add", "--quiet", join(elsewhere, "tree"));
  write(elsewhere, { "tree/b.py": "" });
  assert.deepEqual((await walk(join(elsewhere, "tree"), withGit)).files, ["a.py"]);
});

test("a folder inside a repository obeys the files above it, unless they ignore it itself", async (t) => {
  const root = repository(t, {
    ".gitignore": "*.tmp.py\n/a/b/c/\n/hidden/\n",
    "a/.gitignore": "/b/d/\n",
    "a/b/x.py": "",
    "a/b/x.tmp.py": "",
    "a/b/c/x.py": "",
    "a/b/d/x.py": "",
    "hidden/x.py": "",
  });
  assert.deepEqual((await walk(join(root, "a/b"), withGit)).files, ["x.py"]);
  assert.deepEqual((await walk(join(root, "hidden"), withGit)).files, ["x.py"]);
});

test("tracked files and build/python count though a pattern ignores them", async (t) => {
  const files = {
    ".gitignore": "build/\nvenv/\n",
    "build/build.py": "",
    "build/other.py": "",
    "build/python/requirements.txt": "",
    "build/python/venv/pyvenv.cfg": "",
    "venv/pyvenv.cfg": "",
    "venv/bin/tool.py": "",
  };
  const root = repository(t, files, ["build/build.py", "venv/bin/tool.py"]);
  const found = await walk(root, withGit);
  assert.deepEqual(found.files, ["build/build.py", "build/python/requirements.txt"]);
  assert.deepEqual(found.environments, [{ path: "venv", kind: "venv", python: null }]);
  assert.equal(found.knowsTracked, true);

  rmSync(join(root, "build/build.py"));
  assert.deepEqual((await walk(root, withGit)).files, ["build/python/requirements.txt"]);
});

test("without git, tracked but ignored files may be missing, and that is said", async (t) => {
  const root = repository(t, { ".gitignore": "build/\n", "build/build.py": "" }, [
    "build/build.py",
  ]);
  const found = await walk(root, withoutGit);
  assert.deepEqual([found.files, found.knowsTracked], [[], false]);
});

test("without a git program .gitignore files are obeyed all the same", async (t) => {
  const files = { ".gitignore": "out/\n", "out/x.py": "", "a/main.py": "" };
  const root = repository(t, files, ["out/x.py"]);
  const path = process.env.PATH;
  t.after(() => {
    process.env.PATH = path;
  });
  process.env.PATH = join(root, "nothing-here");
  const found = await walk(root, withGit);
  assert.deepEqual([found.files, found.knowsTracked], [["a/main.py"], false]);
});

test("no process is started where none may run", { skip: noShell }, async (t) => {
  const root = repository(t, { "a/main.py": "" });
  const bin = tree(t, { git: '#!/bin/sh\n: > "$(dirname "$0")/was-started"\n' });
  chmodSync(join(bin, "git"), 0o755);
  const path = process.env.PATH;
  t.after(() => {
    process.env.PATH = path;
  });
  process.env.PATH = `${bin}:${path}`;
  await walk(root, withoutGit);
  assert.ok(!existsSync(join(bin, "was-started")));
  await walk(root, withGit);
  assert.ok(existsSync(join(bin, "was-started")));
});

test("environments are noticed where git ignores them, and never entered", async (t) => {
  const root = repository(t, {
    ".gitignore": "venv/\n.tox/\n.pixi/\ndeep/\n",
    "a/venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\n",
    "a/venv/lib/x/pyvenv.cfg": "",
    "b/.tox/py311/pyvenv.cfg": "",
    ".pixi/envs/dev/conda-meta/history": "",
    ".pixi/envs/dev/conda-meta/python-dateutil-2.8.2-pyhd_0.json": "",
    ".pixi/envs/dev/conda-meta/python-3.12.1-hab00c5b_1_cpython.json": "",
    "deep/1/2/3/4/pyvenv.cfg": "",
    "c/env/pyvenv.cfg": "home = /usr\r\nversion_info = 3.9.18.final.0\r\n",
    "c/env/lib/main.py": "",
    "d/node_modules/venv/pyvenv.cfg": "",
  });
  const found = await walk(root, withGit);
  assert.deepEqual(found.environments, [
    { path: ".pixi/envs/dev", kind: "conda", python: "3.12.1" },
    { path: "a/venv", kind: "venv", python: "3.11.7" },
    { path: "b/.tox/py311", kind: "venv", python: null },
    { path: "c/env", kind: "venv", python: "3.9.18" },
  ]);
  assert.deepEqual(found.files, []);
});

test("a root that is itself an environment is walked all the same", async (t) => {
  const root = tree(t, { "pyvenv.cfg": "", "main.py": "", "lib/python3/site-packages/x.py": "" });
  const found = await walk(root, withGit);
  assert.deepEqual(
    [found.files, found.environments],
    [["main.py"], [{ path: ".", kind: "venv", python: null }]],
  );
});

test("nested repositories are walked by their own rules, and named", async (t) => {
  const root = repository(t, {
    ".gitignore": "x.py\n",
    "vendor/lib/.gitignore": "y.py\n",
    "vendor/lib/x.py": "",
    "vendor/lib/y.py": "",
    "vendor/lib/z.py": "",
  });
  git(join(root, "vendor/lib"), "init", "--quiet");
  git(join(root, "vendor/lib"), "add", "--force", "y.py");
  const found = await walk(root, withGit);
  assert.deepEqual(found.files, ["vendor/lib/x.py", "vendor/lib/y.py", "vendor/lib/z.py"]);
  assert.deepEqual(found.repositories, ["vendor/lib"]);
});

test("symbolic links are not followed; those named like a source say where they lead", async (t) => {
  const outside = tree(t, { "requirements.txt": "" });
  const root = tree(t, { "a/requirements.txt": "" });
  symlinkSync("..", join(root, "a/loop"));
  symlinkSync("requirements.txt", join(root, "a/requirements-dev.txt"));
  symlinkSync(join(outside, "requirements.txt"), join(root, "requirements.txt"));
  symlinkSync("self.txt", join(root, "self.txt"));
  symlinkSync("requirements-self.txt", join(root, "requirements-self.txt"));
  const found = await walk(root, withGit);
  assert.deepEqual(found.files, ["a/requirements.txt"]);
  assert.deepEqual(found.links, [
    { path: "a/requirements-dev.txt", target: "a/requirements.txt", reason: null },
    {
      path: "requirements-self.txt",
      target: null,
      reason: "a link that leads back to itself",
    },
    { path: "requirements.txt", target: null, reason: "a link that leads outside the root" },
  ]);
});

test("unreadable folders are named, and all else is found", async (t) => {
  const root = tree(t, { "a/x.py": "", "locked/x.py": "" });
  chmodSync(root, 0o755);
  chmodSync(join(root, "locked"), 0);
  const found = await withoutRights(() => walk(root, withGit));
  chmodSync(join(root, "locked"), 0o755);
  assert.deepEqual(found.files, ["a/x.py"]);
  assert.deepEqual(found.unread, [{ path: "locked", reason: "no permission to read it" }]);
});

test("names that are not UTF-8 do no harm, and a folder with one is named", async (t) => {
  const root = tree(t, { "a/x.py": "" });
  const bad = Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff, 0xfe])]);
  try {
    mkdirSync(bad);
  } catch {
    return t.diagnostic("this file system takes only UTF-8 names: nothing to survive");
  }
  writeFileSync(Buffer.concat([bad, Buffer.from("/x.py")]), "");
  const found = await walk(root, withGit);
  assert.deepEqual(found.files, ["a/x.py"]);
  assert.deepEqual(found.unread, [{ path: "bad-\uFFFD\uFFFD", reason: "its name is not UTF-8" }]);
});

test("folders that vanish meanwhile are no error", async (t) => {
  const names = Array.from({ length: 300 }, (_, number) => `d${number}/x.py`);
  const root = tree(t, Object.fromEntries(names.map((name) => [name, ""])));
  const walking = walk(root, withGit);
  for (const name of names) rmSync(join(root, name.split("/")[0]!), { recursive: true });
  assert.deepEqual((await walking).unread, []);
});

test("a root that is not there is an error; an aborted walk ends with the signal's reason", async (t) => {
  const root = tree(t, { "a/x.py": "" });
  await assert.rejects(walk(join(root, "gone"), withGit), { code: "ENOENT" });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(walk(root, { git: true, signal }), /enough/);
});

test("names with spaces, quotes and other scripts are walked as any other", async (t) => {
  const names = ["a b/x y.py", "it's/ü.py", "日本/main.py", "!x/#y.py", "[z]/*.py"];
  const root = repository(t, { ".gitignore": "*\n!*/\n!*.py\n" });
  write(root, Object.fromEntries(names.map((name) => [name, ""])));
  assert.deepEqual((await walk(root, withGit)).files, names.sort());
});
