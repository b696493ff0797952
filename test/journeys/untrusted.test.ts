import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { consolidatedExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "in an untrusted folder nothing runs; trusting it is one click away",
  async (window) => {
    await window.statusBarShows("Central venv not checked");
    await window.openFile("services/vision-ai/main.py");
    await window.clickCodeLens("Run with central venv");
    await window.shows("In an untrusted folder One Venv only reads and shows");
    await window.screenshot("untrusted");
    assert.equal(existsSync(join(window.folder, "build/python/venv")), false);
    await window.clickStatusBar();
    await window.page.getByRole("button", { name: "Trust", exact: true }).click();
    await window.statusBarShows("No central venv");
    await window.screenshot("trusted");
  },
  { fill: consolidatedExample, trusted: false },
);
