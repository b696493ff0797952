import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { journey } from "./journey.ts";

journey(
  "the hidden conflict found by the resolver and mended by a suggestion, applied, undone, applied again",
  async (window) => {
    const central = () => readFile(join(window.folder, "build/python/requirements.txt"), "utf8");
    const decideBoth = async () => {
      await window.runCommand("One Venv: Consolidate Requirements");
      await window.shows("humanize: to decide");
      for (const name of ["humanize", "tabulate"]) {
        const thread = window.page.locator(".review-widget", { hasText: `${name}: to decide` });
        await window.clickInEditor(thread.locator("a", { hasText: "Highest" }));
        await thread.waitFor({ state: "detached" });
      }
      await window.shows("tabulate==0.9.0  # .");
    };
    const mend = async (picture?: string) => {
      await window.runCommand("One Venv: Ask the Resolver");
      await window.shows("found by the resolver", 400);
      const fix = /loosen services\/speech-to-text\/requirements\.txt:3 from ==0\.3\.5/;
      await window.shows(fix, 400);
      if (picture) await window.screenshot(picture);
      await window.clickInEditor(
        window.page.locator(".review-widget a", { hasText: "Take this fix" }).first(),
      );
      await window.shows("mdit-py-plugins>=0.3.5,<1  # services/speech-to-text");
    };
    await window.statusBarShows("requirement sources, no central venv");
    await decideBoth();
    await mend("resolver");
    await window.runCommand("One Venv: Ask the Resolver");
    await window.shows(/resolves it: \d+ packages/, 400);
    await window.screenshot("resolver-mended");
    await window.runCommand("One Venv: Apply");
    await window.statusBarShows("No central venv");
    const written = await central();
    assert.match(written, /^mdit-py-plugins>=0\.3\.5,<1 {2}# services\/speech-to-text$/m);

    await window.runCommand("One Venv: Undo Last Apply");
    await window.clickDialog("Undo");
    await window.statusBarShows("requirement sources, no central venv");
    await assert.rejects(central(), /ENOENT/);

    await decideBoth();
    await mend();
    await window.runCommand("One Venv: Apply");
    await window.statusBarShows("No central venv");
    assert.equal(await central(), written, "the same bytes");
  },
  // pip on a busy machine takes its time for each question.
  { settings: { "oneVenv.suggestionSeconds": 600 } },
);
