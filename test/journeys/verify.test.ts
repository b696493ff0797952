import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtExample } from "../prepared.ts";
import { journey } from "./journey.ts";

const EYE = "services/vision-ai/eye.py";

journey(
  "scripts are verified without running them, and one is compared with its old Python",
  async (window) => {
    await window.statusBarShows(/^Central venv$/);
    await window.runCommand("One Venv: Verify Scripts");
    await window.shows(/6 scripts judged with Python 3\.\d+\.\d+: 1 would fail, for 1 reason\./);
    await window.clickNotification("Show Problems");
    await window.shows("cv2 is not in the central venv; opencv-python provides it");
    await window.shows("Declare opencv-python in services/vision-ai/requirements.txt");
    await window.screenshot("verify");

    const eye = join(window.folder, EYE);
    await writeFile(eye, (await readFile(eye, "utf8")).replace("import cv2\n", ""));
    await window.shows("No problems have been detected");
    await window.runCommand("One Venv: Verify Scripts");
    await window.shows(/6 scripts judged with Python 3\.\d+\.\d+: all find what they import\./);
    await window.clickNotification("Show Notes");
    await window.shows("tomli is not found");
    await window.screenshot("verify-notes");

    await window.openFile("services/vision-ai/main.py");
    await window.runCommand("One Venv: Compare a Script's --help, Old and New");
    await window.pick("services/vision-ai/main.py");
    await window.pick("venv/bin/python");
    await window.shows("Run services/vision-ai/main.py --help twice?");
    await window.screenshot("compare-asks");
    await window.clickDialog("Run");
    await window.shows("services/vision-ai/main.py --help differs: exit code 1", 400);
    await window.shows("No module named 'click'");
    await window.screenshot("compare");

    await window.runCommand("One Venv: Compare a Script's --help, Old and New");
    await window.pick("services/vision-ai/main.py");
    await window.pick("Another command…");
    await window.answer("build/python/run.py services/vision-ai/main.py --help");
    await window.terminalShows("Usage: main.py");
  },
  {
    fill: async (folder) => {
      await builtExample(folder);
      const eye = join(folder, EYE);
      await writeFile(eye, `import cv2\n${await readFile(eye, "utf8")}`);
    },
  },
);
