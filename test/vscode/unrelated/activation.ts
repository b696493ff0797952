import assert from "node:assert/strict";
import { workspace } from "vscode";
import { test } from "../collector.ts";
import { ourExtension } from "../extension.ts";

test("a folder without Python leaves the extension asleep", async () => {
  assert.equal((await workspace.findFiles("**/*")).length, 1);
  assert.equal(ourExtension().isActive, false);
});
