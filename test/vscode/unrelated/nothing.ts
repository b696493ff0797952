import assert from "node:assert/strict";
import { join } from "node:path";
import { type CodeLens, commands, extensions, Uri, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import { firstFolder, notifications, shown } from "../window.ts";

test("a folder without requirements leaves the extension asleep", () => {
  assert.equal(ourExtension().isActive, false);
});

test("a lone Python file wakes it, and it shows nothing", async () => {
  const uri = Uri.file(join(firstFolder(), "alone.py"));
  await window.showTextDocument(await workspace.openTextDocument(uri));
  await eventually("active", () => ourExtension().isActive);
  const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri);
  assert.deepEqual(lenses, []);
  assert.equal((await shown()).statusBar, "");
  assert.deepEqual(await notifications(), []);
  assert.equal(extensions.getExtension("ms-python.python"), undefined);
});
