import { globSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { MARK } from "../test/vscode/collector.ts";
import { bundle } from "./bundle.ts";
import { launchChromium } from "./chromium.ts";
import type { Fixture } from "./fixtures.ts";
import { addStandIns, fixtures } from "./fixtures.ts";
import { startServer } from "./server.ts";
import type { Result, Tally } from "./tally.ts";
import { watchWindow } from "./window-watch.ts";

const root = join(import.meta.dirname, "..");
const tests = join(root, "test", "vscode");
const out = join(root, "out", "vscode");

/** Run the tests inside the extension host, one run of VS Code for each fixture. */
export async function runHostTests(tally: Tally, filter: string): Promise<void> {
  await bundle({ production: false });
  const browser = await launchChromium();
  try {
    for (const [name, fixture] of Object.entries(fixtures)) {
      if (!name.includes(filter)) continue;
      const started = Date.now();
      const results = await runFixture(name, fixture, browser);
      tally.group(name, results, (Date.now() - started) / 1000);
    }
  } finally {
    await browser.close();
  }
}

async function runFixture(name: string, fixture: Fixture, browser: Browser): Promise<Result[]> {
  await bundleTests(name);
  const scratch = await mkdtemp(join(tmpdir(), "ov-"));
  const target = await fixture.make(scratch);
  await addStandIns(fixture, tests, join(scratch, "e"));
  const server = await startServer({
    dataFolder: join(scratch, "d"),
    extensionsFolder: join(scratch, "e"),
    trusted: fixture.trusted,
    testDriver: true,
    settings: { "security.workspace.trust.startupPrompt": "never" },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  const watching = watchWindow(page, join(scratch, "window.json"));
  const results: Result[] = [];
  const said: string[] = [];
  try {
    await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) => {
      const line = args.map(String).join(" ");
      said.push(line);
      if (line.startsWith(MARK)) results.push(shortened(JSON.parse(line.slice(MARK.length))));
    });
    const ended = new Promise<number>((resolve) => {
      page.exposeFunction("codeAutomationExit", resolve);
    });
    const late = new Promise<"late">((resolve) => setTimeout(resolve, 1_800_000, "late").unref());
    await page.goto(
      server.url(target, [
        ["extensionDevelopmentPath", server.remote(root)],
        ["extensionTestsPath", server.remote(join(out, name, "index.js"))],
      ]),
    );
    const code = await Promise.race([ended, late]);
    if (code !== 0 || results.length === 0) {
      const reason = said.slice(-40).join("\n");
      results.push({ name: `ended with ${code}`, outcome: "failed", reason });
    }
    return results;
  } finally {
    watching.stop();
    await page.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Without VS Code's own frames, which are long and say nothing to us. */
function shortened(result: Result): Result {
  const lines = result.reason?.split("\n").filter((line) => !/^\s+at .*\/vs\//.test(line));
  return lines === undefined ? result : { ...result, reason: lines.join("\n") };
}

/** The tests of a fixture as one CommonJS file, which is what an extension host loads. */
async function bundleTests(name: string): Promise<void> {
  const files = globSync("*.ts", { cwd: join(tests, name) }).sort();
  const lines = files.map((file) => `import "./${name}/${file}";`);
  await build({
    stdin: {
      contents: [...lines, 'export { run } from "./collector.ts";'].join("\n"),
      resolveDir: tests,
      loader: "ts",
    },
    outfile: join(out, name, "tests.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    sourcemap: "inline",
  });
  await writeFile(join(out, name, "package.json"), '{ "type": "commonjs" }\n');
  // Before the tests are loaded, so that their errors name lines of the source.
  const entry = 'process.setSourceMapsEnabled(true);\nmodule.exports = require("./tests.js");\n';
  await writeFile(join(out, name, "index.js"), entry);
}
