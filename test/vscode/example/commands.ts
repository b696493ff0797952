import assert from "node:assert/strict";
import { commands } from "vscode";
import { test } from "../collector.ts";
import { ourExtension } from "../extension.ts";

test("every command of the manifest is there, and has a title", async () => {
  const { contributes } = ourExtension().packageJSON;
  const there = await commands.getCommands(true);
  for (const { command, title, category } of contributes.commands) {
    assert.ok(there.includes(command), command);
    assert.equal(category, "One Venv");
    assert.ok(!title.startsWith("%"), `${command}: ${title}`);
  }
});

test("what needs an argument is not in the palette", () => {
  const { menus } = ourExtension().packageJSON.contributes;
  const hidden = menus.commandPalette
    .filter(({ when }: { when: string }) => when === "false")
    .map(({ command }: { command: string }) => command);
  const decide = ["oneVenv.decideHighest", "oneVenv.decideLowest", "oneVenv.decideOwn"];
  assert.deepEqual(hidden, [...decide, "oneVenv.useOtherForm"]);
});
