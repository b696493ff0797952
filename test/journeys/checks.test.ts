import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { consolidatedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "the check is added to CI and pre-commit, looked at first, taken back, and never added twice",
  async (window) => {
    const status = async () =>
      (
        await execa("git", ["status", "--porcelain", "--", ".github", ".pre-commit-config.yaml"], {
          cwd: window.folder,
        })
      ).stdout;
    const read = (path: string) => readFile(join(window.folder, path), "utf8");
    await window.statusBarShows("No central venv");
    await window.runCommand("One Venv: Add Checks");
    await window.listShows(/^\[x\] \.github\/workflows\/ci\.yml: a job of its own\./m);
    await window.listShows(/^\[ \] \.pre-commit-config\.yaml: a new file\./m);
    await window.openRow(".github/workflows/ci.yml", /ci\.yml \(planned\)/);
    await window.shows("python build/python/setup.py check");
    await window.tick(".pre-commit-config.yaml", true);
    await window.openRow(".pre-commit-config.yaml", /\.pre-commit-config\.yaml \(planned\)/);
    await window.shows("python3 build/python/setup.py check");
    await window.screenshot("checks");
    assert.equal(await status(), "", "nothing is written");

    await window.clickListTitle("Apply Ticked");
    await window.shows("Add Checks: 2 files changed.");
    await window.shows("The checks are in place");
    await window.screenshot("checks-added");
    assert.equal(await status(), " M .github/workflows/ci.yml\n?? .pre-commit-config.yaml");
    assert.match(
      await read(".github/workflows/ci.yml"),
      /^ {6}- run: python build\/python\/setup\.py check$/m,
    );

    await window.runCommand("One Venv: Undo Last Apply");
    await window.clickDialog("Undo");
    await window.listShows(/^\[x\] \.github\/workflows\/ci\.yml/m);
    assert.equal(await status(), "", "every byte is brought back");
    await window.clickListTitle("Discard List");
    await window.page
      .locator(".composite.title", { hasText: "Add Checks" })
      .waitFor({ state: "hidden" });
  },
  { fill: consolidatedExample },
);
