import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commands } from "vscode";
import { test } from "../collector.ts";
import { clearNotifications, firstFolder, notification, statusBarShows } from "../window.ts";

/** No usual folder with a Python is looked at: one of them is on PATH, and holds none. */
async function withPath(path: string, work: () => Promise<void>): Promise<void> {
  const { PATH, PYENV_ROOT } = process.env;
  Object.assign(process.env, { PATH: `${path}:/opt/homebrew/bin`, PYENV_ROOT: "/nowhere" });
  try {
    await work();
  } finally {
    process.env.PATH = PATH;
    if (PYENV_ROOT === undefined) delete process.env.PYENV_ROOT;
    else process.env.PYENV_ROOT = PYENV_ROOT;
  }
}

test("no Python at all: the status bar and the build say so, and what to do", async () => {
  await statusBarShows("Central venv");
  await withPath("/nowhere", async () => {
    await commands.executeCommand("oneVenv.refresh");
    await statusBarShows("Central venv broken");
    await commands.executeCommand("oneVenv.build");
    await notification(/No Python 3\.8 or newer was found on this machine.*Install one/);
  });
});

test("a Python that is too old is named", async () => {
  await clearNotifications();
  const bin = join(dirname(firstFolder()), "bin");
  await mkdir(bin);
  const answer = JSON.stringify({ path: "/opt/old/python3", version: "3.7.17", environment: {} });
  await writeFile(join(bin, "python3"), `#!/bin/sh\necho '${answer}'\n`);
  await chmod(join(bin, "python3"), 0o755);
  await withPath(bin, async () => {
    await commands.executeCommand("oneVenv.build");
    await notification(/Too old: \/opt\/old\/python3 \(3\.7\.17\)/);
  });
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv");
});

test("the folder deleted meanwhile: a clear word, no crash, and it comes back", async () => {
  await clearNotifications();
  const away = `${firstFolder()}-away`;
  await rename(firstFolder(), away);
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("");
  await commands.executeCommand("oneVenv.build");
  await notification(/does not exist|found no requirements/);
  await rename(away, firstFolder());
  await commands.executeCommand("oneVenv.refresh");
  await statusBarShows("Central venv");
});
