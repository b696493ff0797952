import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, tasks, Uri, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import {
  clearNotifications,
  firstFolder,
  listShows,
  notification,
  statusBarShows,
} from "../window.ts";

test("the venv of an untrusted folder is not checked", async () => {
  await eventually("active", () => ourExtension().isActive);
  assert.equal(workspace.isTrusted, false);
  await statusBarShows("Central venv not checked");
});

test("nothing is built, run or written, and it says why", async () => {
  const before = await readdir(join(firstFolder(), "build", "python"));
  const started: unknown[] = [];
  const listening = tasks.onDidStartTask((event) => started.push(event));
  const script = Uri.file(join(firstFolder(), "services/vision-ai/main.py"));
  for (const [command, ...args] of [
    ["oneVenv.build"],
    ["oneVenv.run", script],
    ["oneVenv.undo"],
    ["oneVenv.apply"],
    ["oneVenv.choosePython"],
  ] as [string, ...unknown[]][]) {
    await clearNotifications();
    await commands.executeCommand(command, ...args);
    await notification(/In an untrusted folder One Venv only reads and shows/);
  }
  listening.dispose();
  assert.deepEqual(started, []);
  assert.deepEqual(await readdir(join(firstFolder(), "build", "python")), before);
  assert.equal(existsSync(join(firstFolder(), "build", "python", "venv")), false);
});

test("a changed requirement can be looked at all the same", async () => {
  const source = Uri.file(join(firstFolder(), "services/vision-ai/requirements.txt"));
  await workspace.fs.writeFile(source, Buffer.from("attrs==23.2.0\nclick>=8.0\ntabulate==0.9.0\n"));
  await commands.executeCommand("oneVenv.consolidate");
  await eventually("the diff", () =>
    window.tabGroups.activeTabGroup.activeTab?.label.startsWith("Consolidate Requirements"),
  );
  await commands.executeCommand("oneVenv.discard");
  assert.equal(window.tabGroups.all.flatMap((group) => group.tabs).length, 0);
});

test("a plan is listed, and applied only where the folder is trusted", async () => {
  const workflow = join(firstFolder(), ".github/workflows/ci.yml");
  const before = await readFile(workflow, "utf8");
  await commands.executeCommand("oneVenv.addChecks");
  await listShows(/ci\.yml/);
  await clearNotifications();
  await commands.executeCommand("oneVenv.applyList");
  await notification(/In an untrusted folder One Venv only reads and shows/);
  assert.equal(await readFile(workflow, "utf8"), before);
  await commands.executeCommand("oneVenv.migrate");
  await listShows(/Makefile:18/);
  await clearNotifications();
  await commands.executeCommand("oneVenv.applyList");
  await notification(/In an untrusted folder One Venv only reads and shows/);
  assert.equal(await readFile(workflow, "utf8"), before);
  await commands.executeCommand("oneVenv.discardList");
});
