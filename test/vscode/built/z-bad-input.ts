import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
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

test("no network: the build says so in words that help, and the venv stays", async () => {
  await clearNotifications();
  const central = join(firstFolder(), "build/python/requirements.txt");
  const before = await readFile(central);
  await writeFile(central, `${before}rich==13.9.4\n`);
  // A proxy that nobody runs: whatever index is set up, it cannot be reached.
  const cut = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
  const names = [...Object.keys(cut), "https_proxy", "http_proxy", "PIP_RETRIES", "NO_PROXY"];
  const kept = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) delete process.env[name];
  Object.assign(process.env, cut, { PIP_RETRIES: "1" });
  await commands.executeCommand("oneVenv.build");
  for (const [name, value] of kept) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await notification(/not built: The package index could not be reached.*Check the network/);
  await statusBarShows("Central venv out of date");
  await writeFile(central, before);
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
