import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { builtExample } from "../prepared.ts";
import { journey } from "./journey.ts";

const strays = ["services/vision-ai/.venv", "services/text-to-speech/old"];

journey(
  "a click syncs what was declared anew; stray environments are listed, and deleted",
  async (window) => {
    const there = () => strays.filter((path) => existsSync(join(window.folder, path)));
    await window.statusBarShows("Central venv: 1 thing to mend");
    await window.clickStatusBar();
    await window.pick("git tracks the environment services/text-to-speech/old");
    await window.terminalShows('git rm -r -q --cached "services/text-to-speech/old"');
    await window.screenshot("mend");
    // Shown is not yet focused: the terminal is clicked, and asked again where git was busy.
    for (let left = 10; (await tracked(window.folder)) !== "" && left > 0; left--) {
      await window.page.locator(".terminal-wrapper.active .xterm-screen").click();
      if (left < 10) await window.press("ArrowUp");
      await window.press("Enter");
      await within(10, async () => (await tracked(window.folder)) === "");
    }
    assert.equal(await tracked(window.folder), "");
    // Where the shell tells VS Code nothing of its commands, closing the terminal tells.
    await window.runCommand("Terminal: Kill All Terminals");
    await window.statusBarShows(/^Central venv$/);

    await appendFile(join(window.folder, "build/python/requirements.txt"), "six==1.16.0\n");
    await window.statusBarShows("Central venv out of date");
    await window.hoverStatusBar("A click syncs it");
    await window.shows(/built\swith.*(just\snow|\sago)/);
    await window.screenshot("sync-offered");
    await window.clickStatusBar();
    await window.statusBarShows(/^Central venv$/, 400);

    await window.runCommand("One Venv: Delete Stray Environments");
    await window.shows(/Delete \d stray environments/);
    await window.shows(/services\/vision-ai\/\.venv \(Python 3\.\d+\.\d+, [\d.]+ KB, made/);
    await window.shows("Left alone:");
    await window.shows("conda env remove");
    await window.screenshot("stray-environments");
    await window.press("Escape");
    assert.deepEqual(there(), strays, "nothing goes without a yes");

    await window.runCommand("One Venv: Delete Stray Environments");
    await window.clickDialog("Choose…");
    await window.picks();
    await window.page.getByRole("checkbox", { name: `${strays[1]},` }).click();
    await window.screenshot("stray-environments-chosen");
    await window.press("Enter");
    await gone(there, [strays[0]!]);
    await window.runCommand("One Venv: Delete Stray Environments");
    await window.clickDialog("Delete");
    await gone(there, []);
    assert.ok(existsSync(join(window.folder, "conda")), "Conda's own command removes it");
    await window.statusBarShows(/^Central venv$/);
  },
  {
    fill: async (folder) => {
      await builtExample(folder);
      for (const path of strays)
        await execa("python3", ["-m", "venv", "--without-pip", join(folder, path)]);
      await execa("git", ["add", "--force", "services/text-to-speech/old"], { cwd: folder });
      // What Conda leaves in an environment; a real one cannot be made here.
      await execa("mkdir", ["-p", join(folder, "conda", "conda-meta")]);
    },
  },
);

/** What git tracks of the environment that it should not. */
async function tracked(cwd: string): Promise<string> {
  return (await execa("git", ["ls-files", strays[1]!], { cwd })).stdout;
}

/** Whether it holds before the seconds are over. */
async function within(seconds: number, holds: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

async function gone(there: () => string[], rest: string[]): Promise<void> {
  await within(120, async () => there().length <= rest.length);
  assert.deepEqual(there(), rest);
}
