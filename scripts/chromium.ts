import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { cached } from "./cache.ts";
import { aptInstall } from "./debian.mjs";
import { npmInstall } from "./npm.ts";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** The path of a Chromium, Chrome or Edge on this machine; `CHROME` names one that goes first. */
export function findChromium(env = process.env): string | undefined {
  if (env.CHROME) return env.CHROME;
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const elsewhere = {
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: [env.ProgramFiles, env["ProgramFiles(x86)"], env.LOCALAPPDATA].flatMap((folder) =>
      folder === undefined
        ? []
        : [
            join(folder, "Google", "Chrome", "Application", "chrome.exe"),
            join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
          ],
    ),
  }[process.platform as string];
  return [...onPath, ...(elsewhere ?? [])].find((path) => existsSync(path));
}

/** A Chromium of this machine's, else one fetched: by apt-get or from npm into the cache folder. */
export async function ensureChromium(): Promise<{ path: string; libraries?: string }> {
  const found = findChromium() ?? (aptInstall(["chromium"]) ? findChromium() : undefined);
  if (found !== undefined) return { path: found };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("A window needs Chromium or Chrome: install one, or set CHROME to its path.");
  }
  const folder = await cached(`chromium-${carrier.version}`, unpackChromium);
  return { path: join(folder, "chromium"), libraries: join(folder, "al2023", "lib") };
}

const carrier = { name: "@sparticuz/chromium", version: "153.0.0" };

/** The npm package holds a Chromium and the system libraries that it needs, compressed. */
async function unpackChromium(folder: string): Promise<void> {
  const name = `${carrier.name}@${carrier.version}`;
  await npmInstall(folder, [name], "Fetching a Chromium from npm");
  const packed = join(folder, "node_modules", carrier.name);
  const { inflate } = await import(pathToFileURL(join(packed, "build", "index.js")).href);
  // It unpacks to the folder for temporary files, under names that others could have taken.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    for (const part of ["chromium.br", "al2023.tar.br"]) await inflate(join(packed, "bin", part));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Start a Chromium without a screen, with a profile of its own, that calls nobody. */
export async function launchChromium(): Promise<Browser> {
  const { path, libraries } = await ensureChromium();
  return await chromium.launch({
    executablePath: path,
    env: { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) },
    args: [
      // Chromium's sandbox needs a user that is not root; the pages are our own server's.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
