import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { journey } from "./journey.ts";

const CENTRAL = "build/python/requirements.txt";

journey("consolidate with conflicts decided in the diff, undo, and again", async (window) => {
  const git = async (...args: string[]) =>
    (await execa("git", args, { cwd: window.folder })).stdout;
  const central = () => readFile(join(window.folder, CENTRAL), "utf8");
  const before = await git("status", "--porcelain", "--ignored");
  await window.statusBarShows("requirement sources, no central venv");
  await window.clickStatusBar();
  await window.shows("humanize: to decide");
  await window.shows("services/speech-to-text/requirements.txt:2");
  await window.screenshot("consolidate");
  assert.equal(await git("status", "--porcelain", "--ignored"), before, "nothing is written yet");

  await window.runCommand("One Venv: Apply");
  await window.shows("2 conflicts are not decided yet: humanize, tabulate");
  await window.press("Escape");
  assert.equal(await git("status", "--porcelain", "--ignored"), before);
  await window.page.getByText("Keep this side").nth(1).click();
  await window.shows("humanize>=4.6,<5  # services");
  await window.clickInEditor(window.page.locator(".review-widget a", { hasText: "Highest" }));
  await window.shows("tabulate==0.9.0  # ., services/vision-ai");
  await window.screenshot("consolidate-decided");
  await window.runCommand("One Venv: Apply");
  await window.shows("The requirements are consolidated: 7 files written");
  await window.statusBarShows("No central venv");
  assert.match(await central(), /^tabulate==0\.9\.0 {2}# \., services\/vision-ai$/m);
  assert.equal(await git("status", "--porcelain"), " M .gitignore\n?? build/python/");

  await window.runCommand("One Venv: Undo Last Apply");
  await window.clickDialog("Undo");
  await window.statusBarShows("requirement sources, no central venv");
  assert.equal(await git("status", "--porcelain", "--ignored"), before, "every byte is back");
});
