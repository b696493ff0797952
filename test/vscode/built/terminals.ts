import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Uri, window } from "vscode";
import { eventually, test } from "../collector.ts";
import { firstFolder, statusBarShows } from "../window.ts";

/** What a new terminal of the folder has as PYTHONPATH; "-" for nothing. */
async function pythonpath(): Promise<string> {
  const file = join(dirname(firstFolder()), "pythonpath");
  const terminal = window.createTerminal({
    ...{ cwd: Uri.file(firstFolder()), shellPath: "/bin/sh" },
    shellArgs: ["-c", `echo "\${PYTHONPATH--}" >'${file}.part'; mv '${file}.part' '${file}'`],
  });
  const text = await eventually("the terminal's answer", () =>
    readFile(file, "utf8").catch(() => undefined),
  );
  terminal.dispose();
  await rm(file);
  return text.trim();
}

test("a new terminal finds what the runner finds, as long as there is a central venv", async () => {
  await statusBarShows("Central venv");
  const roots = join(firstFolder(), "build/python/pythonpath.txt");
  const before = await readFile(roots, "utf8");
  assert.match(before, /^generated\/python\/clients$/m);
  const usual = `${firstFolder()}:${join(firstFolder(), "generated/python/clients")}`;
  await eventually("PYTHONPATH of a terminal", async () => (await pythonpath()) === usual);

  await writeFile(roots, "# none\nservices/vision-ai  # another\n");
  const other = `${firstFolder()}:${join(firstFolder(), "services/vision-ai")}`;
  await eventually("the other import root", async () => (await pythonpath()) === other);
  await writeFile(roots, before);

  const venv = join(firstFolder(), "build/python/venv");
  await rename(venv, `${venv}-away`);
  await statusBarShows("No central venv");
  await eventually("no PYTHONPATH", async () => (await pythonpath()) === "-");
  await rename(`${venv}-away`, venv);
  await statusBarShows("Central venv");
});
