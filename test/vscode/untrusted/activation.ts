import assert from "node:assert/strict";
import { workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";

test("the extension is active without trust", async () => {
  await eventually("active", () => ourExtension().isActive);
  assert.equal(workspace.isTrusted, false);
});
