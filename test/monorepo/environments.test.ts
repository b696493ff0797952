import assert from "node:assert/strict";
import { linkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderSize } from "../../src/monorepo/environments.ts";
import { tree } from "./tree.ts";

test("the size counts every file once, follows no link, and a folder that is gone is empty", async (t) => {
  const root = tree(t, { "a/x": "12345", "b/c/y": "123" });
  linkSync(join(root, "a/x"), join(root, "b/again"));
  symlinkSync(join(root, "a"), join(root, "b/link"));
  assert.equal(await folderSize(root), 8);
  assert.equal(await folderSize(join(root, "gone")), 0);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(folderSize(root, signal), /enough/);
});
