import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deleteEnvironment } from "../../src/environment/delete-environment.ts";
import { git, tree, write } from "../monorepo/tree.ts";

const CONFIG = "home = /usr/bin\nversion = 3.11.7\n";

test("an environment that Python made goes, and what its links lead to stays", async (context) => {
  const root = tree(context, { "a/main.py": "", "kept/file": "mine" });
  execFileSync("python3", ["-m", "venv", "--without-pip", join(root, "a/venv")]);
  symlinkSync(join(root, "kept"), join(root, "a/venv/lib/link"));
  await deleteEnvironment(root, "a/venv");
  assert.ok(!existsSync(join(root, "a/venv")));
  assert.ok(existsSync(join(root, "a/main.py")));
  assert.equal(readFileSync(join(root, "kept/file"), "utf8"), "mine");
});

/** What is refused, with the words that say so. These tests run as root too, who may delete all. */
const refused: [string, string, RegExp, (root: string, outside: string) => void][] = [
  ["no pyvenv.cfg", "venv", /no pyvenv\.cfg/, (root) => write(root, { "venv/bin/python": "" })],
  [
    "a pyvenv.cfg that is a folder",
    "venv",
    /no pyvenv\.cfg/,
    (root) => mkdirSync(join(root, "venv/pyvenv.cfg"), { recursive: true }),
  ],
  ["nothing there", "venv", /does not exist/, () => {}],
  ["a file", "venv", /not a folder/, (root) => write(root, { venv: "" })],
  ["the root", ".", /not a folder inside/, (root) => write(root, { "pyvenv.cfg": CONFIG })],
  [
    "outside",
    "../outside",
    /not a folder inside/,
    (_, outside) => write(outside, { "pyvenv.cfg": CONFIG }),
  ],
  ["an absolute path", "/tmp", /not a folder inside/, () => {}],
  [
    "up and down",
    "a/../venv",
    /not a folder inside/,
    (root) => write(root, { "venv/pyvenv.cfg": CONFIG }),
  ],
  [
    "a link to an environment elsewhere",
    "venv",
    /symbolic link/,
    (root, outside) => {
      write(outside, { "pyvenv.cfg": CONFIG });
      symlinkSync(outside, join(root, "venv"));
    },
  ],
  [
    "a folder above that is a link",
    "a/venv",
    /: a is a symbolic link/,
    (root, outside) => {
      write(outside, { "venv/pyvenv.cfg": CONFIG });
      symlinkSync(outside, join(root, "a"));
    },
  ],
  [
    "a nested repository",
    "lib/venv",
    /lies in lib, a repository of its own/,
    (root) => {
      write(root, { "lib/venv/pyvenv.cfg": CONFIG });
      git(join(root, "lib"), "init", "--quiet");
    },
  ],
  [
    "a submodule",
    "lib/venv",
    /lies in lib, a repository of its own/,
    (root) =>
      write(root, { "lib/.git": "gitdir: ../.git/modules/lib\n", "lib/venv/pyvenv.cfg": CONFIG }),
  ],
  [
    "the central venv",
    "build/python/venv",
    /central venv/,
    (root) => write(root, { "build/python/venv/pyvenv.cfg": CONFIG }),
  ],
  [
    "Conda",
    "envs/dev",
    /conda env remove --prefix envs\/dev$/,
    (root) => write(root, { "envs/dev/conda-meta/history": "", "envs/dev/pyvenv.cfg": CONFIG }),
  ],
  [
    "a service that was made an environment itself",
    "a",
    /holds more than an environment \(main\.py\)/,
    (root) => write(root, { "a/pyvenv.cfg": CONFIG, "a/main.py": "", "a/bin/python": "" }),
  ],
];

for (const [what, path, words, make] of refused) {
  test(`not deleted: ${what}`, async (context) => {
    const top = tree(context);
    const [root, outside] = [join(top, "root"), join(top, "outside")];
    for (const folder of [root, outside]) mkdirSync(folder);
    make(root, outside);
    const before = listing(top);
    await assert.rejects(deleteEnvironment(root, path), words);
    assert.deepEqual(listing(top), before);
  });
}

function listing(folder: string): string {
  return execFileSync("find", [folder], { encoding: "utf8" });
}
