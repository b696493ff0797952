import assert from "node:assert/strict";
import { consolidatedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "a conflict that only the resolver sees stops the first build; one changed line mends it",
  async (window) => {
    await window.statusBarShows("No central venv");
    await window.screenshot("no-central-venv");
    await window.clickStatusBar();
    await window.statusBarShows("Building central venv");
    await window.shows(/The central venv was not built: .*mdit-py-plugins 0.3.5 depends on/, 120);
    await window.screenshot("build-failed");
    await window.clickNotification("Show Lines");
    await window.shows(/services.text-to-speech.requirements.txt/);
    await window.screenshot("build-problems");
    await window.goToLine(11);
    await window.press("Home");
    await window.press("Shift+End");
    await window.type("mdit-py-plugins==0.4.0  # services/speech-to-text");
    await window.press("Control+S");
    await window.runCommand("One Venv: Build Central Venv");
    await window.statusBarShows(/^Central venv$/, 120);
    await window.screenshot("healthy");
    assert.deepEqual(
      (await window.notifications()).filter((text) => text.includes("failed")),
      [],
    );
  },
  { fill: consolidatedExample },
);
