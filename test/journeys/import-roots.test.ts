import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtExample } from "../prepared.ts";
import { journey } from "./journey.ts";

journey(
  "import roots are offered with the exact settings, set after a yes, and followed",
  async (window) => {
    const path = (name: string) => join(window.folder, ...name.split("/"));
    const settings = async () => JSON.parse(await readFile(path(".vscode/settings.json"), "utf8"));
    // Git ignores the example's .env, so that whole paths are in nobody's way.
    const rootLine = `PYTHONPATH=${window.folder}`;
    const envLine = `${rootLine}:${path("generated/python/clients")}`;
    await window.statusBarShows(/^Central venv$/);
    await window.shows("The runner finds imports in generated/python/clients");
    await window.screenshot("import-roots-offered");
    await window.clickNotification("Show Settings…");
    await window.shows("Set the import roots of monorepo?");
    await window.shows('"python.analysis.extraPaths": ["generated/python/clients"]');
    await window.shows('"basedpyright.analysis.extraPaths": ["generated/python/clients"]');
    await window.shows(envLine);
    await window.screenshot("import-roots");
    assert.equal(existsSync(path(".env")), false, "nothing is set before a yes");
    await window.clickDialog("Set");
    await eventually(async () => Object.keys(await settings()).length === 2);
    assert.deepEqual(await settings(), {
      "python.analysis.extraPaths": ["generated/python/clients"],
      "basedpyright.analysis.extraPaths": ["generated/python/clients"],
    });
    await eventually(async () => (await readFile(path(".env"), "utf8")) === `${envLine}\n`);

    await writeFile(path("build/python/pythonpath.txt"), "# none any more\n");
    await window.shows("The runner has an import root no more");
    await window.clickNotification("Show Settings…");
    await window.shows('"python.analysis.extraPaths": []');
    await window.clickDialog("Set");
    await eventually(async () => (await readFile(path(".env"), "utf8")) === `${rootLine}\n`);
    await eventually(async () => Object.keys(await settings()).length === 0);
    await window.runCommand("One Venv: Undo Last Apply");
    await window.clickDialog("Undo");
    await eventually(async () => (await readFile(path(".env"), "utf8")) === `${envLine}\n`);
  },
  { fill: builtExample, standIns: ["language-servers"] },
);

async function eventually(holds: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + 120_000;
  for (;;) {
    const now = await holds().catch((error: unknown) => {
      if (Date.now() > end) throw error;
    });
    if (now) return;
    assert.ok(Date.now() < end, `not within two minutes: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
