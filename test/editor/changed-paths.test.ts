import assert from "node:assert/strict";
import { test } from "node:test";
import { matters, touchesHome } from "../../src/editor/changed-paths.ts";

for (const path of [
  "requirements.txt",
  "services/a/pyproject.toml",
  "services/a/main.py",
  ".gitignore",
  "a/.gitignore",
  ".git/info/exclude",
  "venv/pyvenv.cfg",
  "services",
  "build/python",
  "build/python/requirements.txt",
  "build/python/requirements.lock",
  "build/python/venv",
  "build/python/venv/pyvenv.cfg",
  "build/python/venv/bin/python3",
  "build/python/venv/lib/python3.12/site-packages/six-1.16.0.dist-info/METADATA",
]) {
  test(`${path} matters`, () => assert.equal(matters(path), true));
}

for (const path of [
  "picture.png",
  ".git/index",
  "a/node_modules/b/setup.py",
  "venv/lib/python3.12/site-packages/six.py",
  "build/python/venv/lib/python3.12/site-packages/six.py",
  "build/python/.undo/record.json",
  "build/python/.undo/0",
]) {
  test(`${path} does not matter`, () => assert.equal(matters(path), false));
}

test("what touches build/python asks for a check of the venv", () => {
  assert.equal(touchesHome("build/python/requirements.txt"), true);
  assert.equal(touchesHome("build"), true);
  assert.equal(touchesHome("build/build.py"), false);
});
