import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationTarget, commands, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { firstFolder, notifications, statusBarShows } from "../window.ts";

const central = () => join(firstFolder(), "build/python/requirements.txt");
const automatic = (value: boolean | undefined) =>
  workspace
    .getConfiguration("oneVenv")
    .update("syncAutomatically", value, ConfigurationTarget.Workspace);
const installed = async (name: string) => {
  const lib = join(firstFolder(), "build/python/venv/lib");
  const [python] = await readdir(lib);
  const names = await readdir(join(lib, python!, "site-packages"));
  return names.some((one) => one.startsWith(`${name}-`));
};

test("a sync is offered, and not done by itself", async () => {
  await statusBarShows("Central venv");
  const before = await readFile(central(), "utf8");
  await writeFile(central(), `${before}six==1.16.0\n`);
  await statusBarShows("Central venv out of date");
  assert.equal(await installed("six"), false);
  await commands.executeCommand("oneVenv.build");
  await statusBarShows("Central venv");
  assert.equal(await installed("six"), true);
  await writeFile(central(), before);
  await commands.executeCommand("oneVenv.build");
  await statusBarShows("Central venv");
  assert.equal(await installed("six"), false);
});

test("with the setting it follows a change on disk, without a word", async () => {
  const before = await readFile(central(), "utf8");
  await automatic(true);
  await writeFile(central(), `${before}six==1.16.0\n`);
  await eventually("six is installed", () => installed("six").catch(() => false));
  await statusBarShows("Central venv");
  await writeFile(central(), before);
  await eventually("six is gone", async () => !(await installed("six").catch(() => true)));
  await statusBarShows("Central venv");
  assert.deepEqual(await notifications(), []);
});

test("a state that cannot be built is tried once, and unsaved edits are waited for", async () => {
  const before = await readFile(central(), "utf8");
  await writeFile(central(), `${before}six==99.0\n`);
  await statusBarShows("Building central venv");
  await statusBarShows("Central venv out of date");
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv out of date");
  assert.deepEqual(await notifications(), []);
  await writeFile(central(), before);
  await statusBarShows("Central venv");

  const other = join(firstFolder(), "build/python/pythonpath.txt");
  const editor = await window.showTextDocument(await workspace.openTextDocument(other));
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), "# typing\n"));
  await writeFile(central(), `${before}six==1.16.0\n`);
  await statusBarShows("Central venv out of date");
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv out of date");
  await commands.executeCommand("workbench.action.files.revert");
  await writeFile(central(), before);
  await statusBarShows("Central venv");
  await automatic(undefined);
});
