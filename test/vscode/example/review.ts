import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, Position, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import {
  clearNotifications,
  firstFolder,
  notification,
  notifications,
  statusBarShows,
} from "../window.ts";

const CENTRAL = "build/python/requirements.txt";
const proposal = () =>
  Uri.from({ scheme: "one-venv", authority: "planned", path: `/monorepo/${CENTRAL}` });
const planned = async () => (await workspace.openTextDocument(proposal())).getText();
const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
const onDisk = (path: string) => readFile(join(firstFolder(), path), "utf8").catch(() => null);
const plannedHas = (expected: RegExp) =>
  eventually(`${expected} in the proposal`, async () => expected.test(await planned())).catch(
    async (error: Error) => {
      throw new Error(`${error.message}, but:\n${await planned()}`);
    },
  );

const replaceLine = async (start: string, text: string) => {
  const document = await workspace.openTextDocument(proposal());
  const line = document
    .getText()
    .split("\n")
    .findIndex((one) => one.startsWith(start));
  const edit = new WorkspaceEdit();
  edit.replace(proposal(), document.lineAt(line).range, text);
  await workspace.applyEdit(edit);
};

test("the diff shows the proposal, and nothing is written", async () => {
  await commands.executeCommand("oneVenv.consolidate");
  assert.deepEqual(tabs().filter((label) => label.startsWith("Consolidate")).length, 1);
  assert.match(await planned(), /^# undecided: humanize \(/m);
  assert.equal(await onDisk(CENTRAL), null);
});

test("starting it again keeps one diff and what was decided", async () => {
  await commands.executeCommand("oneVenv.decide", { name: "humanize", marker: null, index: 1 });
  await plannedHas(/^humanize>=4\.6,<5 {2}# services/m);
  await commands.executeCommand("oneVenv.consolidate");
  assert.equal(tabs().filter((label) => label.startsWith("Consolidate")).length, 1);
  await plannedHas(/^humanize>=4\.6,<5 {2}# services/m);
});

test("what is open is named, and nothing is written", async () => {
  await commands.executeCommand("oneVenv.apply");
  await notification(/1 conflict is not decided yet: tabulate/);
  assert.equal(await onDisk(CENTRAL), null);
});

test("closing the diff ends the review, and asks nothing about typed text", async () => {
  const edit = new WorkspaceEdit();
  edit.insert(proposal(), new Position(0, 0), "# typed\n");
  await workspace.applyEdit(edit);
  await eventually("saved as it is typed", async () => {
    const document = await workspace.openTextDocument(proposal());
    return !document.isDirty && document.getText().startsWith("# typed");
  });
  await commands.executeCommand("workbench.action.closeAllEditors");
  await eventually("closed", () => tabs().length === 0);
  await clearNotifications();
  await commands.executeCommand("oneVenv.apply");
  assert.deepEqual(await notifications(), []);
  assert.equal(await onDisk(CENTRAL), null);
});

test("text typed into the proposal decides", async () => {
  await commands.executeCommand("oneVenv.consolidate");
  await replaceLine("# undecided: tabulate", "tabulate>=0.8.10,<0.10");
  await eventually("saved", async () => !(await workspace.openTextDocument(proposal())).isDirty);
  await commands.executeCommand("oneVenv.apply");
  await notification(/1 conflict is not decided yet: humanize/);
  await commands.executeCommand("oneVenv.decide", { name: "humanize", marker: null, index: 0 });
  await plannedHas(/^tabulate>=0\.8\.10,<0\.10 {2}# \., services\/vision-ai$/m);
  assert.match(await planned(), /^humanize==4\.4\.0 {2}# services/m);
});

test("a line that is no requirement is named, and nothing is written", async () => {
  await replaceLine("webcolors", "webcolors is nice");
  await eventually("saved", async () => !(await workspace.openTextDocument(proposal())).isDirty);
  await commands.executeCommand("oneVenv.apply");
  await notification(/"webcolors is nice"\) is not understood/);
  assert.equal(await onDisk(CENTRAL), null);
  await replaceLine("webcolors", "webcolors==1.13  # services/vision-ai");
  await eventually("saved", async () => !(await workspace.openTextDocument(proposal())).isDirty);
});

test("a plan made from files that changed meanwhile is made again, never applied", async () => {
  await clearNotifications();
  const source = "services/text-to-speech/requirements.txt";
  const before = (await onDisk(source))!;
  await writeFile(join(firstFolder(), source), before.replace("inflect==5.6.2", "inflect==5.6.1"));
  await commands.executeCommand("oneVenv.apply");
  await notification(/Changed since the plan was made: services\/text-to-speech\/requirements.txt/);
  assert.equal(await onDisk(CENTRAL), null);
  await plannedHas(/^inflect==5\.6\.1/m);
  assert.match(await planned(), /^tabulate>=0\.8\.10,<0\.10/m, "what was decided stays");
});

test("Apply writes what was shown, and the status bar follows", async () => {
  const text = await planned();
  await commands.executeCommand("oneVenv.apply");
  assert.equal(await onDisk(CENTRAL), text);
  assert.equal(tabs().length, 0, "the diff is closed");
  await statusBarShows("No central venv");
  await notification(/The requirements are consolidated: 7 files written/);
});

test("with nothing to decide or write no diff opens", async () => {
  await clearNotifications();
  await commands.executeCommand("oneVenv.consolidate");
  await notification(/up to date with what is declared/);
  assert.equal(tabs().length, 0);
});
