import assert from "node:assert/strict";
import { appendFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CodeLens, commands, Uri, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import { firstFolder, shown, statusBarShows } from "../window.ts";

const folder = (index: number) => workspace.workspaceFolders![index]!.uri.fsPath;
const show = async (path: string) =>
  window.showTextDocument(await workspace.openTextDocument(Uri.file(path)));

test("each folder has a standing of its own; the active editor says which is shown", async () => {
  await eventually("active", () => ourExtension().isActive);
  await statusBarShows("6 requirement sources, no central venv");
  await show(join(folder(2), "main.py"));
  await statusBarShows("No central venv");
  await show(join(folder(0), "census", "count.py"));
  await statusBarShows("6 requirement sources, no central venv");
});

test("a folder that One Venv does not apply to has no lens", async () => {
  const path = join(folder(1), "main.py");
  await show(path);
  const lenses = await commands.executeCommand<CodeLens[]>(
    "vscode.executeCodeLensProvider",
    Uri.file(path),
  );
  assert.deepEqual(lenses, []);
});

test("a command without a folder asks which, and names the root that is used", async () => {
  const asking = commands.executeCommand("oneVenv.consolidate");
  const picks = await eventually("two folders to pick", async () => {
    const rows = (await shown()).picks;
    return rows.length === 2 ? rows : undefined;
  });
  assert.match(picks[0]!, /^monorepo/);
  const root = join(dirname(firstFolder()), "consolidated");
  assert.ok(picks[1]!.startsWith("vision-ai") && picks[1]!.includes(root), picks[1]);
  await commands.executeCommand("workbench.action.closeQuickOpen");
  await asking;
});

test("a change in the build/python above the opened folder is seen", async () => {
  const root = join(dirname(firstFolder()), "consolidated");
  await show(join(folder(2), "main.py"));
  await statusBarShows("No central venv");
  const central = join(root, "build/python/requirements.txt");
  await rename(central, `${central}.away`);
  // Without it the folder alone counts, and one source is nothing to consolidate.
  await statusBarShows("6 requirement sources, no central venv");
  await rename(`${central}.away`, central);
  await appendFile(join(folder(2), "requirements.txt"), "");
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("No central venv");
});
