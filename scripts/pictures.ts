/**
 * `npm run pictures`: takes the README's pictures in a real window, as the journeys do, into
 * media/screenshots. They are taken anew when what they show changes.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Start } from "../test/journeys/journey.ts";
import { inWindow } from "../test/journeys/journey.ts";
import type { Window } from "../test/journeys/window.ts";
import { builtExample } from "../test/prepared.ts";
import { main } from "./main.ts";
import { buildPackage } from "./package.ts";

const root = join(import.meta.dirname, "..");
const pictures = join(root, "media", "screenshots");
/** More would weigh on a README. */
const MOST = 200 * 1024;

/** The proposal in its whole width: there is nothing to compare it with yet. */
const wide = {
  "comments.openView": "never",
  "diffEditor.renderSideBySide": false,
  "editor.minimap.enabled": false,
};

const takes: Record<string, { start: Start; work: (window: Window) => Promise<void> }> = {
  consolidate: {
    start: { settings: wide },
    async work(window) {
      await window.statusBarShows("requirement sources");
      await window.clickStatusBar();
      await window.shows("tabulate: to decide");
      await window.page.getByText("Keep this side").nth(1).click();
      await window.shows("humanize>=4.6,<5  # services");
      await window.press("Control+B");
      await window.screenshot("consolidate");
    },
  },
  run: {
    start: { fill: builtExample, settings: wide },
    async work(window) {
      await window.statusBarShows(/^Central venv$/);
      await window.openFile("services/vision-ai/main.py");
      await window.clickCodeLens("Run with Arguments…");
      await window.answer("services/vision-ai/samples/traffic-light.ppm");
      await window.terminalShows(/limegreen +4/);
      await window.screenshot("run");
    },
  },
  migrate: {
    start: { fill: builtExample, settings: wide },
    async work(window) {
      await window.statusBarShows(/^Central venv$/);
      await window.runCommand("One Venv: Migrate Call Sites");
      await window.listShows(/Makefile:18/);
      await window.openRow("Makefile:18", /Makefile \(planned\)/);
      await window.shows("build/python/run.py -m census services");
      // Text of two colours all over weighs more than the others.
      await window.page.setViewportSize({ width: 1200, height: 640 });
      await window.screenshot("migrate");
    },
  },
  health: {
    start: { fill: builtExample, settings: wide },
    async work(window) {
      await window.statusBarShows(/^Central venv$/);
      await window.openFile("build/python/requirements.txt");
      await window.goToLine(13);
      await window.press("End");
      await window.type("\nrich==13.9.4");
      await window.press("Control+S");
      await window.statusBarShows("Central venv out of date");
      await window.hoverStatusBar();
      await window.screenshot("health");
    },
  },
};

await main(async () => {
  await buildPackage();
  for (const [name, { start, work }] of Object.entries(takes)) {
    await inWindow(work, start, { pictures, failure: join(root, "out", "pictures", name) });
    const { size } = await stat(join(pictures, `${name}.png`));
    if (size > MOST) throw new Error(`${name}.png has ${Math.round(size / 1024)} KB`);
    console.log(`media/screenshots/${name}.png (${Math.round(size / 1024)} KB)`);
  }
});
