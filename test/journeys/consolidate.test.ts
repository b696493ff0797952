import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { journey } from "./journey.ts";

const CENTRAL = "build/python/requirements.txt";

journey("conflicts decided in the diff, applied, and every byte brought back", async (window) => {
  const { page } = window;
  const git = async (...args: string[]) =>
    (await execa("git", args, { cwd: window.folder })).stdout;
  const untouched = await git("status", "--porcelain", "--ignored");
  const isUntouched = async () =>
    assert.equal(await git("status", "--porcelain", "--ignored"), untouched, "nothing is written");

  await window.statusBarShows("6 requirement sources, no central venv");
  await window.clickStatusBar();
  await window.shows("humanize: to decide");
  await window.shows("services/speech-to-text/requirements.txt:2");
  await window.screenshot("consolidate");
  await isUntouched();

  await window.clickTitle("Apply");
  await window.shows("2 conflicts are not decided yet: humanize, tabulate");
  await window.press("Escape");
  await isUntouched();

  // One side, by its link.
  await page.getByText("Keep this side").nth(1).click();
  await window.shows("humanize>=4.6,<5  # services");
  // One's own text, typed where the proposal says that it is undecided; then taken back, and highest.
  await page.getByText("# undecided: tabulate").first().click();
  await window.press("Home");
  await window.press("Shift+End");
  await window.type("tabulate>=0.8.10");
  await page.getByText("tabulate: to decide").waitFor({ state: "hidden" });
  await window.press("Shift+Home");
  await window.press("Delete");
  await window.shows("tabulate: to decide");
  await window.clickInEditor(page.locator(".review-widget a", { hasText: "Highest" }));
  await window.shows("tabulate==0.9.0  # ., services/vision-ai");
  await window.screenshot("consolidate-decided");

  // Discard throws it all away; the second time it is decided from the palette.
  await window.clickTitle("Discard");
  await page.getByText("Consolidate Requirements (").waitFor({ state: "hidden" });
  await isUntouched();
  await window.runCommand("One Venv: Consolidate Requirements");
  await window.shows("humanize: to decide");
  await window.runCommand("One Venv: Decide a Conflict…");
  await window.pick("humanize");
  await window.pick("Own text…");
  await window.answer("humanize>=4.5");
  await page.getByText("humanize: to decide").waitFor({ state: "hidden" });
  await window.runCommand("One Venv: Decide a Conflict…");
  await window.pick("Lowest");
  await window.shows("tabulate==0.8.10  # ., services/vision-ai");
  await window.runCommand("One Venv: Apply");
  await window.shows("The requirements are consolidated: 7 files written");
  await window.statusBarShows("No central venv");
  const central = await readFile(join(window.folder, CENTRAL), "utf8");
  assert.match(central, /^humanize>=4\.5 {2}# services/m);
  assert.match(central, /^tabulate==0\.8\.10 {2}# \., services\/vision-ai$/m);
  assert.equal(await git("status", "--porcelain"), " M .gitignore\n?? build/python/");

  await window.runCommand("One Venv: Undo Last Apply");
  await window.shows("Brought back to what it was before");
  await window.screenshot("undo");
  await window.clickDialog("Undo");
  await window.statusBarShows("6 requirement sources, no central venv");
  await isUntouched();
});
