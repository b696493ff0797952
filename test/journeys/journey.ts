import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launchChromium } from "../../scripts/chromium.ts";
import { copyExample } from "../../scripts/example.ts";
import { addStandIns } from "../../scripts/fixtures.ts";
import { installExtension, startServer } from "../../scripts/server.ts";
import { openWindow, type Window } from "./window.ts";

const root = join(import.meta.dirname, "..", "..");
const out = join(root, "out");

/** What a journey starts from. */
export interface Start {
  /** Fills the folder that is opened; default: the example monorepo. */
  readonly fill?: (folder: string) => Promise<void>;
  /** Whether the folder is trusted from the start; default: it is. */
  readonly trusted?: boolean;
  /** Folders of `test/vscode/stand-ins` that are loaded as extensions. */
  readonly standIns?: readonly string[];
  /** User settings besides those that keep a window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * A test that drives a real window. When it fails, `out/journeys/NAME` keeps a screenshot, a trace
 * and VS Code's logs; its pictures lie in `out/screenshots`.
 */
export function journey(
  name: string,
  work: (window: Window) => Promise<void>,
  start: Start = {},
): void {
  test(name, { timeout: 1_200_000 }, async () => {
    const failure = join(out, "journeys", name.replaceAll(/[^\w]+/g, "-"));
    await rm(failure, { recursive: true, force: true });
    await inWindow(work, start, { pictures: join(out, "screenshots"), failure });
  });
}

/** Folders for what a window leaves behind. */
export interface Traces {
  readonly pictures: string;
  /** What is kept where the work fails. */
  readonly failure: string;
}

/**
 * Opens VS Code with the packaged extension installed, user data of its own and a workspace of its
 * own, and closes it after the work.
 */
export async function inWindow(
  work: (window: Window) => Promise<void>,
  start: Start,
  { pictures, failure }: Traces,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "ov-"));
  const folder = join(scratch, "monorepo");
  const dataFolder = join(scratch, "d");
  const extensionsFolder = join(scratch, "e");
  await (start.fill ?? copyExample)(folder);
  // Before ours: VS Code lists what lies there once, with the first that is installed.
  await addStandIns(start, join(root, "test", "vscode"), extensionsFolder);
  await installExtension(await packagedExtension(), extensionsFolder);
  const server = await startServer({
    dataFolder,
    extensionsFolder,
    trusted: start.trusted ?? true,
    settings: {
      ...shownAsText,
      "security.workspace.trust.startupPrompt": "never",
      ...start.settings,
    },
  });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await context.tracing.start({ screenshots: true, snapshots: false });
    const page = await context.newPage();
    try {
      await work(await openWindow(page, server.url(folder), folder, pictures));
    } catch (error) {
      await mkdir(failure, { recursive: true });
      await page.screenshot({ path: join(failure, "screenshot.png") });
      await context.tracing.stop({ path: join(failure, "trace.zip") });
      await cp(join(dataFolder, "data", "logs"), join(failure, "logs"), { recursive: true });
      throw error;
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The VSIX that `npm run package` made; the journeys try what people get, not the source. */
async function packagedExtension(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return join(out, `one-venv-${version}.vsix`);
}

/** So that a terminal's text stands in the page, and pictures are alike on every machine. */
const shownAsText = {
  "editor.accessibilitySupport": "off",
  "files.simpleDialog.enable": true,
  "terminal.integrated.gpuAcceleration": "off",
  "window.dialogStyle": "custom",
  "workbench.colorTheme": "Default Light Modern",
};
