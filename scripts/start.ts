/**
 * `npm start [-- --browser] [-- PATH]`: a real VS Code with the extension loaded, on a copy of the
 * example or on the folder PATH.
 */
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { hasDisplay, openDesktop } from "./desktop.ts";
import { personsEnvironment } from "./environment.ts";
import { copyExample } from "./example.ts";
import { main } from "./main.ts";
import { startServer } from "./server.ts";

const root = join(import.meta.dirname, "..");

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { browser: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  await bundle({ production: false });
  const scratch = await mkdtemp(join(tmpdir(), "one-venv-"));
  const target = positionals[0] === undefined ? await example(scratch) : given(positionals[0]);
  const trusted = positionals[0] === undefined;
  const vscode = await open(target, join(scratch, "vscode"), trusted, values.browser);
  await vscode.ended;
  await vscode.stop();
});

async function example(scratch: string): Promise<string> {
  const folder = join(scratch, "monorepo");
  await copyExample(folder);
  console.log(`The example is a git repository of its own, in ${folder}`);
  return folder;
}

function given(path: string): string {
  // npm runs us in the project, the person stands where npm was called.
  const folder = resolve(process.env.INIT_CWD ?? ".", path);
  if (!existsSync(folder)) throw new Error(`There is no ${folder}`);
  return folder;
}

/** On the desktop where that can be, else served; what ends when the person is done. */
async function open(
  target: string,
  data: string,
  trusted: boolean,
  inBrowser: boolean,
): Promise<{ ended: Promise<unknown>; stop(): Promise<void> }> {
  await mkdir(data, { recursive: true });
  process.on("exit", () => rmSync(data, { recursive: true, force: true, maxRetries: 3 }));
  if (!inBrowser && hasDisplay()) {
    try {
      const desktop = await openDesktop(target, data, trusted);
      console.log("VS Code is open. Closing its window or Ctrl-C here ends it.");
      return desktop;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      console.log(`No desktop VS Code (${reason}), so it is served to a browser.`);
    }
  } else if (!inBrowser) {
    console.log("There is no display here, so VS Code is served to a browser.");
  }
  const extensionsFolder = join(data, "e");
  await loadExtension(extensionsFolder);
  const server = await startServer({ dataFolder: join(data, "d"), extensionsFolder, trusted });
  const url = server.url(target);
  console.log(`\n  ${url}\n\nCtrl-C ends it.`);
  if (hasDisplay()) openInBrowser(url);
  return server;
}

/** The extension as this checkout has it. */
async function loadExtension(extensionsFolder: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await mkdir(extensionsFolder, { recursive: true });
  await symlink(root, join(extensionsFolder, `one-venv.one-venv-${version}`), "junction");
}

function openInBrowser(url: string): void {
  const [program = "", ...args] = {
    darwin: ["open"],
    win32: ["rundll32", "url.dll,FileProtocolHandler"],
  }[process.platform as string] ?? ["xdg-open"];
  const child = spawn(program, [...args, url], {
    stdio: "ignore",
    detached: true,
    env: personsEnvironment(),
  });
  // The address stands on the screen for those without one.
  child.on("error", () => undefined);
  child.unref();
}
