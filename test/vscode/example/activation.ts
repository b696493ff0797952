import assert from "node:assert/strict";
import { workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";

test("a folder with requirements files makes the extension active", async () => {
  await eventually("active", () => ourExtension().isActive);
  assert.equal(workspace.isTrusted, true);
  assert.equal(workspace.workspaceFolders?.length, 1);
});
