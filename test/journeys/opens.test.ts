import assert from "node:assert/strict";
import { journey } from "./journey.ts";

journey("the packaged extension opens the example", async (window) => {
  await window.shows("services");
  await window.openFile("services/vision-ai/main.py");
  await window.shows("__main__");
  await window.runCommand("Extensions: Show Installed Extensions");
  await window.shows("One Venv");
  await window.screenshot("opens");
  assert.deepEqual(await window.notifications(), []);
});
