import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { lockedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

const SETUP_SERVICE = `#!/bin/sh
# Tries one service: scripts/setup-service.sh vision-ai
set -e

cd "$(dirname "$0")/../services/$1"
../../build/python/run.py main.py --help > /dev/null
echo "$1 is ready"
`;

const CI = `name: ci
on: [push, pull_request]

jobs:
  services:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: python build/python/setup.py
      - run: build/python/run.py services/vision-ai/main.py --help
`;

/** The example where a person has moved what only a person can: what depends on a service's name. */
async function partlyMoved(folder: string): Promise<void> {
  await lockedExample(folder);
  await writeFile(join(folder, "scripts/setup-service.sh"), SETUP_SERVICE);
  await writeFile(join(folder, ".github/workflows/ci.yml"), CI);
}

journey(
  "scattered files and environments go once nothing names them; files come back, environments do not",
  async (window) => {
    const sources = async () =>
      (
        await execa("git", ["ls-files", "-co", "--exclude-standard", "*requirements*.txt"], {
          cwd: window.folder,
        })
      ).stdout
        .split("\n")
        .filter((path) => existsSync(join(window.folder, path)));
    const before = await sources();
    assert.equal(before.length, 6);
    await window.statusBarShows(/^Central venv$/);
    await window.runCommand("One Venv: Remove Scattered Files");
    await window.listShows(/^\[x\] services\/text-to-speech\/requirements\.txt: /m);
    await window.listShows(/^\[x\] venv: /m);
    await window.listShows(
      /^services\/vision-ai\/requirements\.txt: stays: services\/vision-ai\/Dockerfile:5/m,
    );

    // What stands in the way is ticked, and the file can go with it.
    await window.tick("services/vision-ai/Dockerfile:5", true);
    await window.listShows(/^\[x\] services\/vision-ai\/requirements\.txt: /m);
    await window.openRow("services/vision-ai/requirements.txt", /requirements\.txt \(removed\)/);
    await window.screenshot("remove");

    await window.clickListTitle("Apply Ticked");
    await window.shows("Delete 1 environment for good?");
    await window.shows("Environments do not come back");
    await window.screenshot("remove-asks");
    await window.clickDialog("Cancel");
    assert.deepEqual(await sources(), before, "nothing is written");
    assert.ok(existsSync(join(window.folder, "venv")));

    await window.clickListTitle("Apply Ticked");
    await window.clickDialog("Apply and Delete");
    await window.shows(/Remove Scattered Files: \d+ files changed, 1 environment deleted\./);
    assert.deepEqual(await sources(), ["build/python/requirements.txt"]);
    assert.ok(!existsSync(join(window.folder, "venv")));
    const dockerfile = await readFile(join(window.folder, "services/vision-ai/Dockerfile"), "utf8");
    assert.match(dockerfile, /^COPY services\/vision-ai\/requirements\.lock \.$/m);
    await window.shows("Nothing scattered is left.");
    await window.statusBarShows(/^Central venv$/);
    await window.hoverStatusBar("Nothing is left to move or to remove.");
    await window.screenshot("removed");

    await window.runCommand("One Venv: Undo Last Apply");
    await window.clickDialog("Undo");
    await window.listShows(/^\[x\] services\/text-to-speech\/requirements\.txt: /m);
    assert.deepEqual(await sources(), before);
    assert.ok(!existsSync(join(window.folder, "venv")), "an environment does not come back");
  },
  { fill: partlyMoved },
);
