import assert from "node:assert/strict";
import { consolidatedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "a build is cancelled, stopped by a conflict that only the resolver sees, and mended",
  async (window) => {
    await window.statusBarShows("No central venv");
    await window.screenshot("no-central-venv");
    await window.clickStatusBar();
    await window.takeRecommendedPython();
    await window.cancelProgress();
    await window.statusBarShows("No central venv");
    // Cancelling is no error: no notification is left.
    const notifications = window.page.locator(".notification-list-item-message");
    await notifications.first().waitFor({ state: "detached" });

    await window.clickStatusBar();
    await window.shows(/The central venv was not built: .*mdit-py-plugins 0.3.5 depends on/, 400);
    await window.shows(/Declared in .*services\/speech-to-text\/requirements\.txt:3/);
    await window.screenshot("build-failed");
    await window.clickNotification("Show Lines");
    await window.page.locator('.tab.active[data-resource-name="requirements.txt"]').waitFor();
    await window.shows("markdown-it-py==3.0.0  # services/text-to-speech");
    await window.screenshot("build-problems");

    await window.goToLine(11);
    await window.press("Home");
    await window.press("Shift+End");
    await window.type("mdit-py-plugins==0.4.0  # services/speech-to-text");
    await window.runCommand("One Venv: Build Central Venv");
    await window.shows("Save build/python/requirements.txt first?");
    await window.clickDialog("Save and Continue");
    await window.statusBarShows(/^Central venv$/, 400);
    await window.page.getByText("No problems have been detected").waitFor();
    await window.hoverStatusBar("The central venv is built from what is declared.");
    await window.screenshot("health");
    assert.deepEqual(
      (await window.notifications()).filter((text) => !text.startsWith("Select the central venv")),
      [],
    );
  },
  { fill: consolidatedExample },
);
