import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { download } from "@vscode/test-electron";
import semver from "semver";
import { cacheFolder } from "./cache.ts";
import { personsEnvironment } from "./environment.ts";
import { type Owned, startOwned } from "./owned.ts";
import { showProgress } from "./progress.mjs";
import { seedSettings } from "./settings.ts";

const root = join(import.meta.dirname, "..");

/** Whether windows can be opened here. */
export function hasDisplay(env = process.env): boolean {
  if (process.platform === "win32" || process.platform === "darwin") return !env.SSH_CONNECTION;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Open a folder in a desktop VS Code with the extension loaded from this checkout: the one that
 * is installed, else one that is downloaded once. It has user data of its own, below `scratch`.
 */
export async function openDesktop(
  target: string,
  scratch: string,
  trusted: boolean,
): Promise<Owned> {
  const program = (await installedDesktop()) ?? (await downloadedDesktop());
  const userData = join(scratch, "desktop");
  await seedSettings(userData);
  return startOwned(
    program,
    [
      target,
      ...["--new-window", "--wait", "--extensionDevelopmentPath", root],
      ...["--user-data-dir", userData, "--extensions-dir", join(scratch, "extensions")],
      ...(trusted ? ["--disable-workspace-trust"] : []),
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
    { stdio: "ignore", env: personsEnvironment() },
  );
}

/** The program of an installed VS Code that is new enough for the extension. */
async function installedDesktop(): Promise<string | undefined> {
  const { LOCALAPPDATA = "", ProgramFiles = "" } = process.env;
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    linux: ["/usr/share/code/code", "/usr/lib/code/code", "/opt/visual-studio-code/code"],
    darwin: ["/Applications/Visual Studio Code.app/Contents/MacOS/Electron"],
    win32: [join(LOCALAPPDATA, "Programs"), ProgramFiles].map((folder) =>
      join(folder, "Microsoft VS Code", "Code.exe"),
    ),
  };
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  for (const program of places[process.platform] ?? []) {
    const resources = process.platform === "darwin" ? "../Resources" : "resources";
    const manifest = join(dirname(program), resources, "app", "package.json");
    if (!existsSync(program) || !existsSync(manifest)) continue;
    const { version } = JSON.parse(await readFile(manifest, "utf8"));
    if (semver.satisfies(version, engines.vscode)) return program;
  }
  return undefined;
}

/** The program of a VS Code in the cache folder; fails after seconds if nothing answers. */
async function downloadedDesktop(): Promise<string> {
  const stop = showProgress("Downloading VS Code");
  // Three attempts of its own would make a person without a network wait for nothing.
  let giveUp: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const timer = setTimeout(() => giveUp(new Error("nothing answered")), 8000);
  const done = download({
    cachePath: join(cacheFolder(), "vscode"),
    timeout: 8000,
    reporter: {
      report: (progress) => {
        if (progress.stage === "downloading") clearTimeout(timer);
        if (progress.stage === "retrying") giveUp(progress.error);
      },
      error: () => undefined,
    },
  });
  done.catch(() => undefined);
  try {
    return await Promise.race([done, failed]);
  } finally {
    clearTimeout(timer);
    stop();
  }
}
