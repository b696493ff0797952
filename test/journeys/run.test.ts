import { builtExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "run a script with a click, and see the venv fall behind",
  async (window) => {
    await window.statusBarShows(/^Central venv$/);
    await window.openFile("services/vision-ai/main.py");
    await window.clickCodeLens("Run with central venv");
    await window.terminalShows("Missing argument 'PICTURE'");
    await window.clickCodeLens("Run with Arguments…");
    await window.answer("services/vision-ai/samples/traffic-light.ppm");
    await window.terminalShows(/skyblue +30/);
    await window.screenshot("run");
    await window.openFile("build/python/requirements.txt");
    await window.goToLine(1);
    await window.press("Control+End");
    await window.type("six==1.16.0\n");
    await window.press("Control+S");
    await window.statusBarShows("Central venv out of date");
    await window.screenshot("out-of-date");
  },
  { fill: builtExample },
);
