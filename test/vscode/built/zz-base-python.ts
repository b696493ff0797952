import assert from "node:assert/strict";
import { commands } from "vscode";
import { eventually, test } from "../collector.ts";
import { notification, shown } from "../window.ts";

test("the base Python is chosen from a list, the recommended one first", async () => {
  const choosing = commands.executeCommand("oneVenv.choosePython");
  const [first] = await eventually("the list", async () => {
    const { picks } = await shown();
    return picks.length > 0 ? picks : undefined;
  });
  assert.match(first!, /^Python 3\.\d+\.\d+.*Recommended/);
  await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  await notification(/The next build makes the central venv with/);
  await commands.executeCommand("notifications.clearAll");
  await choosing;
});
