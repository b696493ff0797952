import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CodeLens, ConfigurationTarget, commands, Uri, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import { firstFolder, statusBarShows } from "../window.ts";

const lensesOf = async (path: string) => {
  const uri = Uri.file(join(firstFolder(), path));
  await workspace.openTextDocument(uri);
  const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri);
  return lenses.map(({ range, command }) => [range.start.line + 1, command!.title]);
};

test("the folder's sources are counted in the status bar", async () => {
  await eventually("active", () => ourExtension().isActive);
  await statusBarShows("6 requirement sources, no central venv");
});

test("a __main__ block has two lenses", async () => {
  assert.deepEqual(await lensesOf("services/vision-ai/main.py"), [
    [24, "$(play) Run with central venv"],
    [24, "Run with Arguments…"],
  ]);
});

test("strings, docstrings and comments have none, and either order counts", async () => {
  const text = [
    '"""A docstring:',
    'if __name__ == "__main__":',
    '"""',
    '# if __name__ == "__main__":',
    "text = '''",
    'if __name__ == "__main__":',
    "'''",
    'if "__main__" == __name__:',
    "    print(text)",
    "",
  ];
  await writeFile(join(firstFolder(), "lenses.py"), text.join("\n"));
  assert.deepEqual(
    (await lensesOf("lenses.py")).map(([line]) => line),
    [8, 8],
  );
});

test("a setting turns the lenses off, and no other setting changes", async () => {
  const settings = workspace.getConfiguration("oneVenv");
  await settings.update("codeLens", false, ConfigurationTarget.Workspace);
  assert.deepEqual(await lensesOf("services/vision-ai/main.py"), []);
  await settings.update("codeLens", undefined, ConfigurationTarget.Workspace);
  assert.equal((await lensesOf("services/vision-ai/main.py")).length, 2);
});
