import assert from "node:assert/strict";
import { join } from "node:path";
import { ConfigurationTarget, commands, type Event, extensions, Uri, workspace } from "vscode";
import { eventually, test } from "../collector.ts";
import { ourExtension } from "../extension.ts";
import { firstFolder, notification, shown, statusBarShows } from "../window.ts";

// Both extensions are stand-ins (test/vscode/stand-ins) with the ids and API shapes of the real ones.
interface PythonStandIn {
  readonly environments: {
    getActiveEnvironmentPath(folder: Uri): { path: string };
    updateActiveEnvironmentPath(path: string, folder: Uri): Promise<void>;
  };
}
interface EnvironmentsStandIn {
  resolveEnvironment(uri: Uri): Promise<unknown>;
  setEnvironment(scope: Uri, environment: unknown): Promise<void>;
  getEnvironment(scope: Uri): Promise<{ execInfo: { run: { executable: string } } }>;
  readonly onDidChangeEnvironment: Event<unknown>;
}

const folder = () => workspace.workspaceFolders![0]!.uri;
const central = () => join(firstFolder(), "build/python/venv/bin/python");
const standIns = async () => ({
  python: await extensions.getExtension<PythonStandIn>("ms-python.python")!.activate(),
  environments: await extensions
    .getExtension<EnvironmentsStandIn>("ms-python.vscode-python-envs")!
    .activate(),
});
const written = () =>
  ["python", "python-envs"].map((section) => {
    const settings = workspace.getConfiguration(section);
    const names = ["defaultInterpreterPath", "defaultEnvManager", "pythonProjects"];
    return names.map((name) => settings.inspect(name)?.workspaceValue);
  });

test("at start the central venv is selected where nothing is stored, without a question", async () => {
  await eventually("active", () => ourExtension().isActive);
  await statusBarShows("Central venv");
  const { python, environments } = await standIns();
  await eventually("selected in ms-python.python", () => {
    return python.environments.getActiveEnvironmentPath(folder()).path === central();
  });
  const now = await environments.getEnvironment(folder());
  assert.equal(now.execInfo.run.executable, "/usr/bin/python3", "that one would write settings");
});

test("another choice of the person's is shown, never undone", async () => {
  const { python } = await standIns();
  await python.environments.updateActiveEnvironmentPath("/usr/bin/python3", folder());
  await statusBarShows("Central venv not selected");
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv not selected");
  assert.equal(python.environments.getActiveEnvironmentPath(folder()).path, "/usr/bin/python3");
});

test("a build does not undo it either", async () => {
  await commands.executeCommand("oneVenv.build");
  await statusBarShows("Central venv not selected");
  const { python } = await standIns();
  assert.equal(python.environments.getActiveEnvironmentPath(folder()).path, "/usr/bin/python3");
});

test("asked for, both stores get it, after the settings are named", async () => {
  const { python, environments } = await standIns();
  const selecting = commands.executeCommand("oneVenv.selectInterpreter");
  await notification(/may write these settings.*python-envs\.defaultEnvManager/);
  await commands.executeCommand("notification.acceptPrimaryAction");
  await selecting;
  assert.equal(python.environments.getActiveEnvironmentPath(folder()).path, central());
  const now = await environments.getEnvironment(folder());
  assert.equal(now.execInfo.run.executable, central());
  await statusBarShows("Central venv");
});

test("Python Environments has the say only where ms-python.python follows it", async () => {
  const { environments } = await standIns();
  await environments.setEnvironment(
    folder(),
    await environments.resolveEnvironment(Uri.file("/usr/bin/python3")),
  );
  await commands.executeCommand("oneVenv.refresh");
  assert.equal((await shown()).statusBar, "Central venv");
  const settings = workspace.getConfiguration("python");
  const key = "useEnvironmentsExtension";
  await settings.update(key, true, ConfigurationTarget.Workspace);
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv not selected");
  await settings.update(key, undefined, ConfigurationTarget.Workspace);
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv");
});

test("no setting of another extension was written", () => {
  assert.deepEqual(written().flat(), new Array(6).fill(undefined));
});
