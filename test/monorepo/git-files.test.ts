import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linesWith, repositoryFiles, whyNotInGit } from "../../src/monorepo/git-files.ts";
import { git, repository, tree, write } from "./tree.ts";

const FILES = {
  "a.txt": "one\n",
  "b/c.txt": "two\n",
  "b/d e.txt": "x\nthree\n",
  ".gitignore": "no/\n",
};

test("files that git tracks or would, and not those that are gone or ignored", async (context) => {
  const root = repository(context, { ...FILES, "no/e.txt": "", "no/kept.txt": "" }, [
    "no/kept.txt",
  ]);
  git(root, "add", "a.txt");
  rmSync(join(root, "a.txt"));
  assert.deepEqual((await repositoryFiles(root))!.sort(), [
    ".gitignore",
    "b/c.txt",
    "b/d e.txt",
    "no/kept.txt",
  ]);
  assert.deepEqual((await repositoryFiles(join(root, "b")))!.sort(), ["c.txt", "d e.txt"]);
  assert.equal(await repositoryFiles(tree(context)), null);
});

test("lines with a word", async (context) => {
  const root = repository(context, FILES);
  assert.deepEqual(await linesWith(root, ["three", "one"]), [
    { path: "a.txt", line: 1, text: "one" },
    { path: "b/d e.txt", line: 2, text: "three" },
  ]);
  assert.deepEqual(await linesWith(root, ["four"]), []);
});

test("what git could not bring back, and why", async (context) => {
  const root = repository(context, { ...FILES, changed: "1", assumed: "1", staged: "" });
  git(root, "add", "a.txt", "b", "changed", "assumed");
  git(root, "commit", "--quiet", "-m", "x");
  git(root, "add", "staged");
  git(root, "update-index", "--assume-unchanged", "assumed");
  write(root, { changed: "2", new: "" });
  const paths = ["a.txt", "b/d e.txt", "changed", "assumed", "staged", "new", "absent"];
  assert.deepEqual(
    [...(await whyNotInGit(root, paths)).values()],
    [
      null,
      null,
      "it has changes that are not committed",
      "git is told not to look at its changes",
      "git has it staged, but not committed",
      "git does not track it",
      "git does not track it",
    ],
  );
  assert.deepEqual([...(await whyNotInGit(join(root, "b"), ["c.txt"])).values()], [null]);
  const [why] = (await whyNotInGit(tree(context, { x: "" }), ["x"])).values();
  assert.equal(why, "git does not answer here");
});
