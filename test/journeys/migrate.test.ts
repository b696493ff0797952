import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { builtExample } from "../prepared.ts";
import { journey } from "./journey.ts";

/** A digest of every file that git does not ignore, with its path. */
async function everyByte(folder: string): Promise<string> {
  const { stdout } = await execa("git", ["ls-files", "-co", "--exclude-standard"], { cwd: folder });
  const hash = createHash("sha256");
  for (const path of stdout.split("\n").sort()) {
    hash.update(`${path}\n`).update(await readFile(join(folder, path)).catch(() => "gone"));
  }
  return hash.digest("hex");
}

journey(
  "call sites are ticked, looked at, applied, and every byte brought back",
  async (window) => {
    const read = (path: string) => readFile(join(window.folder, path), "utf8");
    await window.statusBarShows(/^Central venv$/);
    await window.openFile("Makefile");
    await window.goToLine(1);
    await window.press("Control+End");
    await window.type("# not saved yet\n");
    await window.runCommand("One Venv: Migrate Call Sites");
    await window.shows("Save Makefile first?");
    await window.clickDialog("Save and Continue");
    await window.listShows(/^\[x\] Makefile:18: venv\/bin\/python3 -m census services/m);
    const before = await everyByte(window.folder);
    assert.match(await read("Makefile"), /# not saved yet\n$/);
    await window.openRow("Makefile:18", /Makefile \(planned\)/);
    await window.shows("build/python/run.py -m census services");
    await window.screenshot("migrate");

    // What is not ticked is no part of the plan, at once; its diff says what it would be.
    await window.tick("Makefile:18", false);
    await window.openRow("Makefile:18", /Makefile \(if ticked\)/);
    await window.shows("build/python/run.py -m census services");
    assert.equal(await everyByte(window.folder), before, "nothing is written");

    await window.clickListTitle("Apply Ticked");
    await window.shows(/Migrate Call Sites: \d+ files changed\./);
    const makefile = await read("Makefile");
    assert.match(makefile, /^\tbuild\/python\/run\.py build\/build\.py --pack$/m);
    assert.match(makefile, /^\tvenv\/bin\/python3 -m census services$/m);
    // What is left stays in the list: the line that was not ticked, and what only a person can do.
    await window.listShows(
      /^(?!.*\[x\])(.*\n)?\[ \] Makefile:\d+: venv\/bin\/python3 -m census services/s,
    );
    await window.screenshot("migrated");

    await window.runCommand("One Venv: Undo Last Apply");
    await window.clickDialog("Undo");
    await window.listShows(/^\[x\] Makefile:18: /m);
    assert.equal(await everyByte(window.folder), before, "every byte is brought back");
    await window.runCommand("One Venv: Discard List");
    assert.equal(await everyByte(window.folder), before);
  },
  { fill: builtExample },
);
