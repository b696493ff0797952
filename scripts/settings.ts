import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Nothing pops up that is not about the folder that was opened. */
const quiet = {
  // As on the desktop: a browser's VS Code saves after a second, before an unsaved file is asked about.
  "files.autoSave": "off",
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "telemetry.telemetryLevel": "off",
  "terminal.integrated.enablePersistentSessions": false,
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Write the settings of a new user into a folder of user data, unless there are some. */
export async function seedSettings(
  userData: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const file = join(userData, "User", "settings.json");
  if (existsSync(file)) return;
  await mkdir(join(userData, "User"), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quiet, ...more }, null, 2));
}
