import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, Uri, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { clearNotifications, firstFolder, listShows, notification } from "../window.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const path = () => join(firstFolder(), ...WORKFLOW.split("/"));
const row = { id: WORKFLOW, path: WORKFLOW, line: null, tick: true, icon: "file", change: null };
const labels = () => window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);

test("a plan made from a file that changed is made again, never applied", async () => {
  const before = await readFile(path(), "utf8");
  await commands.executeCommand("oneVenv.addChecks");
  await listShows(/ci\.yml/);
  await commands.executeCommand("oneVenv.openRow", row);
  await eventually("the diff", () => labels().includes("ci.yml (planned)"));

  const edited = before.replace("name: ci", "name: checks");
  await writeFile(path(), edited);
  await clearNotifications();
  await commands.executeCommand("oneVenv.applyList");
  await notification(
    /Changed since the plan was made: \.github\/workflows\/ci\.yml\. Nothing was written/,
  );
  assert.equal(await readFile(path(), "utf8"), edited);

  await clearNotifications();
  await commands.executeCommand("oneVenv.applyList");
  await notification(/Add Checks: 1 file changed\./);
  const written = await readFile(path(), "utf8");
  assert.ok(written.startsWith(edited), "what was there stays");
  assert.match(written, /python build\/python\/setup\.py check/);
  await eventually("the diff is closed", () => !labels().includes("ci.yml (planned)"));
  await writeFile(path(), before);
  await commands.executeCommand("oneVenv.discardList");
  await clearNotifications();
});

test("a list that was discarded writes nothing", async () => {
  await commands.executeCommand("oneVenv.addChecks");
  await commands.executeCommand("oneVenv.discardList");
  const before = await readFile(path(), "utf8");
  await commands.executeCommand("oneVenv.applyList");
  assert.equal(await readFile(path(), "utf8"), before, "a list that was discarded writes nothing");
});

test("the other form of a line changes the plan at once, and back", async () => {
  const makefile = join(firstFolder(), "Makefile");
  const before = await readFile(makefile, "utf8");
  await writeFile(makefile, `${before}\ncount:\n\tcd census && python3 count.py\n`);
  const path = "/monorepo/Makefile";
  const uri = Uri.from({ scheme: "one-venv-list", authority: "planned", path });
  const planned = async () => (await workspace.openTextDocument(uri)).getText();
  await commands.executeCommand("oneVenv.migrate");
  await listShows(/count\.py/);
  assert.match(await planned(), /^\tcd census && \.\.\/build\/python\/run\.py count\.py$/m);
  const id = `Makefile:${before.split("\n").length + 2}`;
  await commands.executeCommand("oneVenv.useOtherForm", { id });
  await eventually("the short form", async () =>
    /^\tbuild\/python\/run\.py census\/count\.py$/m.test(await planned()),
  );
  await commands.executeCommand("oneVenv.useOtherForm", { id });
  await eventually("the first form", async () =>
    /^\tcd census && \.\.\/build\/python\/run\.py count\.py$/m.test(await planned()),
  );
  await commands.executeCommand("oneVenv.discardList");
  await writeFile(makefile, before);
});
