import assert from "node:assert/strict";
import { workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";

test("the extension is active with several folders", async () => {
  await eventually("active", () => ourExtension().isActive);
  const names = workspace.workspaceFolders?.map((folder) => folder.name);
  assert.deepEqual(names, ["monorepo", "other"]);
});
