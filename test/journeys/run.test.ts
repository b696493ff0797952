import assert from "node:assert/strict";
import { mendedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "a click on the lens builds first, then runs; arguments are remembered; an edit is noticed",
  async (window) => {
    await window.statusBarShows("No central venv");
    await window.openFile("services/vision-ai/main.py");
    await window.clickCodeLens("Run with central venv");
    await window.shows("The central venv is not built yet.");
    await window.screenshot("run-offers-build");
    await window.clickNotification("Build and Run");
    await window.takeRecommendedPython();
    await window.statusBarShows(/^Central venv$/, 400);
    await window.terminalShows("Missing argument 'PICTURE'");

    await window.clickCodeLens("Run with Arguments…");
    await window.answer("services/vision-ai/samples/traffic-light.ppm");
    await window.terminalShows(/skyblue +30/);
    await window.screenshot("run");
    await window.clickCodeLens("Run with Arguments…");
    await window.shows("Arguments, as in a shell");
    assert.equal(await window.inputValue(), "services/vision-ai/samples/traffic-light.ppm");
    await window.answer("services/vision-ai/samples/traffic-light.ppm --speak");
    await window.terminalShows("I see skyblue and darkslategray");

    await window.openFile("build/python/requirements.txt");
    await window.goToLine(1);
    await window.press("Control+End");
    await window.type("six==1.16.0\n");
    await window.press("Control+S");
    await window.statusBarShows("Central venv out of date");
    await window.hoverStatusBar("Changed since the build: build/python/requirements.txt.");
    await window.screenshot("out-of-date");
  },
  { fill: mendedExample },
);
