import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Scan, scan } from "../../src/monorepo/scan.ts";
import { repository, tree } from "./tree.ts";

const withGit = { git: true };

/** One line for each source: path, project, role. */
const said = ({ sources }: Scan) =>
  sources.map(({ path, project, role }) => `${path} | ${project} | ${role}`);
test("files reached only through -r belong to what includes them, at any depth", async (t) => {
  const root = tree(t, {
    "services/x/requirements.txt": "-r ../../common/base.list\nflask\n",
    "common/base.list": "-r more.list\n-c limits.list\nsix\n",
    "common/more.list": "attrs\n",
    "common/limits.list": "six<2\n",
    "common/unused.list": "nothing\n",
  });
  assert.deepEqual(said(await scan(root, withGit)), [
    "common/base.list | services/x | included",
    "common/limits.list | services/x | constraint",
    "common/more.list | services/x | included",
    "services/x/requirements.txt | services/x | input",
  ]);
});

test("what is only named by -c constrains, unless its name makes it an input", async (t) => {
  const root = tree(t, {
    "requirements/base.txt": "six\n",
    "requirements/dev.txt": "-c base.txt\n-c pins.txt\npytest\n",
    "requirements/pins.txt": "six==1.16.0\n",
    "requirements/locked.txt": "six==1.16.0\n",
  });
  assert.deepEqual(said(await scan(root, withGit)), [
    "requirements/base.txt | . | input",
    "requirements/dev.txt | . | input",
    "requirements/locked.txt | . | input",
    "requirements/pins.txt | . | constraint",
  ]);
});

test("a source that another one includes stays a source of its own; a diamond is no cycle", async (t) => {
  const root = tree(t, {
    "requirements.txt": "flask\n",
    "requirements-dev.txt": "-r requirements.txt\n-r requirements-test.txt\n",
    "requirements-test.txt": "-r requirements.txt\n",
  });
  const found = await scan(root, withGit);
  assert.deepEqual(
    found.sources.map(({ role }) => role),
    ["input", "input", "input"],
  );
  assert.deepEqual(
    found.sources.flatMap(({ reading }) => reading.notUnderstood),
    [],
  );
});

test("a cycle of includes is an error that names the whole chain, at the line that closes it", async (t) => {
  const root = tree(t, {
    "requirements.txt": "-r a/one.txt\n",
    "a/one.txt": "x\n-r two.txt\n",
    "a/two.txt": "\n-r ../a/one.txt\n",
    "requirements-self.txt": "-r requirements-self.txt\n",
  });
  const errors = (await scan(root, withGit)).sources.flatMap(({ path, reading }) =>
    reading.notUnderstood.map(({ span, reason }) => `${path}:${span.line} ${reason}`),
  );
  assert.deepEqual(errors, [
    "a/two.txt:2 files include each other: a/one.txt → a/two.txt → a/one.txt",
    "requirements-self.txt:1 files include each other: requirements-self.txt → requirements-self.txt",
  ]);
});

test("includes that lead out of the root, to a URL or to nothing are listed as not read", async (t) => {
  const root = tree(t, {
    "a/requirements.txt": [
      "-r ../../other/requirements.txt",
      "-c https://example.org/constraints.txt",
      "-r gone.txt",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip has variables
      "-r ${WHERE}/x.txt",
      "-r /etc/requirements.txt",
      "-r .",
    ].join("\n"),
  });
  const { unread, sources } = await scan(root, withGit);
  const lines = unread.map(({ path, reason, from }) => `${from!.span.line} ${path}: ${reason}`);
  assert.deepEqual(lines, [
    "1 ../../other/requirements.txt: it lies outside the root",
    "2 https://example.org/constraints.txt: it is a URL",
    "3 a/gone.txt: there is no such file",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip has variables
    "4 ${WHERE}/x.txt: its name depends on a variable",
    "5 /etc/requirements.txt: it lies outside the root",
    "6 a: it is a folder",
  ]);
  assert.deepEqual(
    sources.map(({ path }) => path),
    ["a/requirements.txt"],
  );
});

test("an included file counts even where git ignores it", async (t) => {
  const files = {
    ".gitignore": "gen/\n",
    "requirements.txt": "-r gen/requirements.txt\n",
    "gen/requirements.txt": "six\n",
  };
  const root = repository(t, files);
  assert.deepEqual(said(await scan(root, withGit)), [
    "gen/requirements.txt | . | included",
    "requirements.txt | . | input",
  ]);
});

test("one file with two names counts once; a link that leads out of the root is not read", async (t) => {
  const outside = tree(t, { "requirements.txt": "six\n" });
  const root = tree(t, { "a/requirements.txt": "six\n" });
  symlinkSync("a/requirements.txt", join(root, "requirements.txt"));
  symlinkSync(join(outside, "requirements.txt"), join(root, "a/requirements-out.txt"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, aliases }) => [path, aliases]),
    [["a/requirements.txt", ["requirements.txt"]]],
  );
  assert.deepEqual(unread, [
    {
      path: "a/requirements-out.txt",
      reason: "a link that leads outside the root",
      from: null,
    },
  ]);
});

test("includes through symbolic links lead to the file itself", async (t) => {
  const outside = tree(t, { "base.txt": "six\n" });
  const root = tree(t, {
    "a/requirements.txt": "-r link.txt\n-r folder/more.txt\n-r out/base.txt\n",
    "common/base.txt": "six\n",
    "common/more.txt": "attrs\n",
  });
  symlinkSync("../common/base.txt", join(root, "a/link.txt"));
  symlinkSync("../common", join(root, "a/folder"));
  symlinkSync(outside, join(root, "a/out"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, project, aliases }) => [path, project, aliases]),
    [
      ["a/requirements.txt", "a", []],
      ["common/base.txt", "a", ["a/link.txt"]],
      ["common/more.txt", "a", ["a/folder/more.txt"]],
    ],
  );
  assert.deepEqual(
    unread.map(({ path, reason }) => [path, reason]),
    [["a/out/base.txt", "it lies outside the root"]],
  );
});

test("a link to a file that is not met otherwise is read under its own name, once", async (t) => {
  const root = tree(t, { "common/deps.list": "six\n" });
  symlinkSync("common/deps.list", join(root, "requirements.txt"));
  symlinkSync("common/deps.list", join(root, "requirements-too.txt"));
  symlinkSync("gone", join(root, "requirements-gone.txt"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reading }) => [path, reading.declarations.length]),
    [["requirements-too.txt", 1]],
  );
  assert.deepEqual(
    unread.map(({ path, reason }) => [path, reason]),
    [["requirements-gone.txt", "a link that leads nowhere"]],
  );
});

const noPipes = process.platform === "win32" && "named pipes are no files on Windows";
test("a named pipe in place of an include holds nobody up", { skip: noPipes }, async (t) => {
  const root = tree(t, { "requirements.txt": "-r pipe.list\nsix\n" });
  execFileSync("mkfifo", [join(root, "pipe.list")]);
  const { sources } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reading }) => [path, reading.declarations.length]),
    [
      ["pipe.list", 0],
      ["requirements.txt", 1],
    ],
  );
});
