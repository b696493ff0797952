import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ignoreEdits } from "../../src/environment/gitignore.ts";
import { KEPT, VENV } from "../../src/environment/layout.ts";
import { scratch } from "../scratch.ts";

const PYTHON = "__pycache__/\nbuild/\ndist/\n";

async function repository(files: Record<string, string>, git = true): Promise<string> {
  const root = scratch();
  if (git) execFileSync("git", ["init", "-q"], { cwd: root });
  for (const [path, text] of Object.entries(files)) await put(root, path, text);
  return root;
}

async function put(root: string, path: string, text: string) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Whether git in the real repository ignores a path. */
function ignores(root: string, path: string): boolean {
  try {
    execFileSync("git", ["check-ignore", "-q", "--no-index", path], { cwd: root });
    return true;
  } catch {
    return false;
  }
}

const cases: [string, Record<string, string>, string[]][] = [
  ["no .gitignore", {}, [".gitignore"]],
  ["nothing about build", { ".gitignore": "*.pyc\n" }, [".gitignore"]],
  ["Python's usual one", { ".gitignore": PYTHON }, [".gitignore"]],
  ["without a newline at the end", { ".gitignore": "build" }, [".gitignore"]],
  ["CRLF", { ".gitignore": "build/\r\n" }, [".gitignore"]],
  ["everything below build", { ".gitignore": "build/**\n" }, [".gitignore"]],
  ["text files everywhere", { ".gitignore": "*.txt\n*.json\nbuild\n" }, [".gitignore"]],
  ["a build/.gitignore of its own", { "build/.gitignore": "*\n" }, ["build/.gitignore"]],
  [
    "both",
    { ".gitignore": "/build/\n", "build/.gitignore": "*\n" },
    [".gitignore", "build/.gitignore"],
  ],
  ["a venv pattern already there", { ".gitignore": "venv/\n" }, []],
  [
    "all three",
    {
      ".gitignore": "build\n",
      "build/.gitignore": "python\n",
      "build/python/.gitignore": "*.txt\n",
    },
    [".gitignore", "build/.gitignore", "build/python/.gitignore"],
  ],
  ["info/exclude", { ".git/info/exclude": "build/\n" }, [".gitignore"]],
];

for (const [name, files, expected] of cases) {
  test(`git keeps build/python and ignores the venv: ${name}`, async () => {
    const root = await repository(files);
    const edits = await ignoreEdits(root);
    if (name !== "both")
      assert.deepEqual(
        edits.map(({ path }) => path),
        expected,
      );
    for (const { path, added } of edits) await put(root, path, (files[path] ?? "") + added);
    await mkdir(join(root, VENV), { recursive: true });
    assert.deepEqual(
      KEPT.filter((path) => ignores(root, path)),
      [],
    );
    assert.ok(ignores(root, VENV));
    if (/^\/?build/m.test(files[".gitignore"] ?? "")) assert.ok(ignores(root, "build/other.o"));
    assert.deepEqual(await ignoreEdits(root), [], "a second plan changes nothing");
  });
}

test("a root below the git top level gets a .gitignore of its own", async () => {
  const top = await repository({ ".gitignore": "build/\n", "deep/er/x.txt": "" });
  const root = join(top, "deep", "er");
  const [edit, ...more] = await ignoreEdits(root);
  assert.deepEqual(more, []);
  assert.equal(edit?.path, ".gitignore");
  await put(root, ".gitignore", edit!.added);
  assert.deepEqual(
    KEPT.filter((path) => ignores(root, path)),
    [],
  );
});

test("without git nothing is edited", async () => {
  assert.deepEqual(await ignoreEdits(await repository({ ".gitignore": PYTHON }, false)), []);
});
