import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commands, extensions, type Uri, window, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import { firstFolder, notification, statusBarShows } from "../window.ts";

// Stand-ins (test/vscode/stand-ins): the real extensions cannot be part of an automated test.
interface PythonStandIn {
  readonly environments: {
    getActiveEnvironmentPath(folder: Uri): { path: string };
    updateActiveEnvironmentPath(path: string, folder: Uri): Promise<void>;
  };
}

const folders = () => workspace.workspaceFolders!.map(({ uri }) => uri);
const python = async () => extensions.getExtension<PythonStandIn>("ms-python.python")!.activate();
const central = () => join(firstFolder(), "build/python/venv/bin/python");
const selected = async (folder: Uri) =>
  (await python()).environments.getActiveEnvironmentPath(folder).path;

test("the central venv is selected in each folder that it serves", async () => {
  await eventually("active", () => ourExtension().isActive);
  await statusBarShows("Central venv");
  for (const folder of folders())
    await eventually(
      `selected in ${folder.path}`,
      async () => (await selected(folder)) === central(),
    );
});

test("another choice in one folder is shown there and undone nowhere", async () => {
  const [first, second] = folders();
  await (await python()).environments.updateActiveEnvironmentPath("/usr/bin/python3", second!);
  await window.showTextDocument(await workspace.openTextDocument(join(second!.fsPath, "main.py")));
  await statusBarShows("Central venv not selected");
  await window.showTextDocument(
    await workspace.openTextDocument(join(first!.fsPath, "census/count.py")),
  );
  await statusBarShows("Central venv");
  await commands.executeCommand("oneVenv.refresh");
  assert.equal(await selected(second!), "/usr/bin/python3");
  await commands.executeCommand("oneVenv.selectInterpreter", second);
  await eventually("selected again", async () => (await selected(second!)) === central());
});

test("terminals of both folders find what the runner finds", async () => {
  const expected = `${firstFolder()}:${join(firstFolder(), "generated/python/clients")}`;
  for (const [index, folder] of folders().entries()) {
    const file = join(dirname(firstFolder()), `pythonpath-${index}`);
    await eventually(`PYTHONPATH in ${folder.path}`, async () => {
      const terminal = window.createTerminal({
        ...{ cwd: folder, shellPath: "/bin/sh" },
        shellArgs: ["-c", `echo "\${PYTHONPATH--}" >'${file}'`],
      });
      await eventually("the terminal to end", () => terminal.exitStatus !== undefined);
      terminal.dispose();
      return (await readFile(file, "utf8")).trim() === expected;
    });
  }
});

test("import roots are offered for the folder below, as that folder sees them", async () => {
  await notification(/finds imports in \.\.\/\.\., \.\.\/\.\.\/generated\/python\/clients/);
});
