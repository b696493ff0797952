import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.ts";
import { aptInstall, isDebian, missingPackages } from "./debian.mjs";
import { personsEnvironment } from "./environment.ts";
import { npmInstall } from "./npm.ts";
import { startOwned } from "./owned.ts";
import { seedSettings } from "./settings.ts";

const version = "4.139.1";

/** A VS Code server that listens on loopback. */
export interface Server {
  readonly port: number;
  /** The address that opens a folder or a `.code-workspace` file in a browser. */
  url(target: string, payload?: readonly (readonly [string, string])[]): string;
  /** The same path as the window knows it: `vscode-remote://…`. */
  remote(path: string): string;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** A short path: sockets below it must stay under 104 characters. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Opens every folder trusted, without asking. */
  readonly trusted?: boolean;
  /** Lets a window load an extension and its tests from a folder. */
  readonly testDriver?: boolean;
  /** Added to those that keep a window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The npm package `code-server`, installed once into the cache folder; it carries a VS Code. */
export async function ensureServer(): Promise<string> {
  const folder = await cached(`code-server-${version}`, async (part) => {
    checkCompilers();
    await npmInstall(part, [`code-server@${version}`], "Installing a VS Code server from npm");
  });
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}

/** Its install compiles native modules. */
function checkCompilers(): void {
  if (!isDebian()) return;
  const missing = missingPackages(["libkrb5-dev", "g++", "make", "python3"]);
  if (missing.length === 0 || aptInstall(missing)) return;
  throw new Error(`The VS Code server needs system packages: apt-get install ${missing.join(" ")}`);
}

/** Start a server on a free port of loopback, behind a token that only its addresses hold. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const vscode = await ensureServer();
  const { dataFolder, extensionsFolder } = options;
  await seedSettings(join(dataFolder, "data"), options.settings);
  await mkdir(extensionsFolder, { recursive: true });
  const token = randomBytes(12).toString("hex");
  const tokenFile = join(dataFolder, "token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  const server = startOwned(
    process.execPath,
    [
      join(vscode, "out", "server-main.js"),
      ...["--host", "127.0.0.1", "--port", "0", "--connection-token-file", tokenFile],
      ...["--server-data-dir", dataFolder, "--extensions-dir", extensionsFolder],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...(options.trusted ? ["--disable-workspace-trust"] : []),
      ...(options.testDriver ? ["--enable-smoke-test-driver"] : []),
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: personsEnvironment() },
  );
  const port = await untilListening(server.child.stdout, server.child.stderr, server.ended);
  const authority = `127.0.0.1:${port}`;
  return {
    port,
    url(target, payload = []) {
      const url = new URL(`http://${authority}/`);
      url.searchParams.set("tkn", token);
      const kind = target.endsWith(".code-workspace") ? "workspace" : "folder";
      url.searchParams.set(kind, target);
      if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
      return url.href;
    },
    remote: (path) => `vscode-remote://${authority}${encodeURI(path)}`,
    ended: server.ended,
    stop: server.stop,
  };
}

/** Install a VSIX into an extensions folder. */
export async function installExtension(vsix: string, extensionsFolder: string): Promise<void> {
  const vscode = await ensureServer();
  const install = startOwned(
    process.execPath,
    [
      join(vscode, "out", "server-main.js"),
      ...["--install-extension", vsix, "--extensions-dir", extensionsFolder, "--force"],
      ...["--server-data-dir", `${extensionsFolder}-data`, "--telemetry-level", "off"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [install.child.stdout, install.child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await install.ended;
  await install.stop();
  if (code !== 0) throw new Error(`VS Code would not install ${vsix}:\n${output}`);
}

function untilListening(
  stdout: NodeJS.ReadableStream | null,
  stderr: NodeJS.ReadableStream | null,
  ended: Promise<unknown>,
): Promise<number> {
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += chunk;
      const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    // Read to the end: a full pipe would stop the server.
    stdout?.on("data", read);
    stderr?.on("data", read);
    ended.then(() => reject(new Error(`The VS Code server did not start:\n${output}`)), reject);
  });
}
