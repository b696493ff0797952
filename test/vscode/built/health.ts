import assert from "node:assert/strict";
import { appendFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands } from "vscode";
import { test } from "../collector.ts";
import { firstFolder, notifications, statusBarShows } from "../window.ts";

const path = (name: string) => join(firstFolder(), ...name.split("/"));
const CENTRAL = "build/python/requirements.txt";
const SOURCE = "services/text-to-speech/requirements.txt";

/** Changes a file, waits for what the status bar makes of it, and puts it back. */
async function changing(name: string, more: string, expected: string): Promise<void> {
  const before = await readFile(path(name));
  await appendFile(path(name), more);
  await statusBarShows(expected);
  await writeFile(path(name), before);
  await statusBarShows("Central venv");
}

test("an edit of the central file puts the venv out of date, and back", async () => {
  await statusBarShows("Central venv");
  await changing(CENTRAL, "six==1.16.0\n", "Central venv out of date");
});

test("an edit of a source is a change of the requirements, and back", async () => {
  await changing(SOURCE, "six==1.16.0\n", "Requirements changed");
});

test("a new source that nobody named before is seen", async () => {
  await writeFile(path("services/requirements-extra.txt"), "six==1.16.0\n");
  await statusBarShows("Requirements changed");
  await rm(path("services/requirements-extra.txt"));
  await statusBarShows("Central venv");
});

test("without its interpreter the venv is broken", async () => {
  const python = path("build/python/venv/bin/python");
  const bins = ["python", "python3"].map((name) => path(`build/python/venv/bin/${name}`));
  for (const bin of bins) await rename(bin, `${bin}.away`).catch(() => undefined);
  await statusBarShows("Central venv broken");
  for (const bin of bins) await rename(`${bin}.away`, bin).catch(() => undefined);
  await statusBarShows("Central venv");
  assert.ok(await readFile(python));
});

test("without the venv there is none", async () => {
  await rename(path("build/python/venv"), path("venv-away"));
  await statusBarShows("No central venv");
  await rename(path("venv-away"), path("build/python/venv"));
  await statusBarShows("Central venv");
});

test("none of it was said in a message", async () => {
  await commands.executeCommand("oneVenv.refresh");
  assert.deepEqual(await notifications(), []);
});
