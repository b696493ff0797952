/**
 * `npm test` runs every part that takes seconds; `npm run test:PART [-- FILTER]` one of them, of
 * that the files whose path holds FILTER.
 */
import { runLint } from "./lint.ts";
import { findTests, runNodeTests } from "./node-tests.ts";
import { startTally } from "./tally.ts";

const elsewhere = ["python", "vscode", "journeys", "long", "oracle"];
// The same tests everywhere: `setup.py` is stricter where CI is set, and tests of that set it.
delete process.env.CI;

const stop = new AbortController();
const tally = startTally(console.log);

/** The parts by name; the first ones are what `npm test` runs. */
const parts: Record<string, (filter: string) => Promise<void>> = {
  lint: (filter) => runLint(tally, filter),
  unit: (filter) => runFiles(["**/*.test.ts"], filter, { exclude: elsewhere }),
  python: (filter) => runFiles(["python/**/*.test.ts"], filter),
  vscode: async (filter) => (await import("./host-tests.ts")).runHostTests(tally, filter),
  journeys: async (filter) => {
    const { buildPackage } = await import("./package.ts");
    await buildPackage();
    // One window at a time: two on two cores make each other wait.
    await runFiles(["journeys/**/*.test.ts"], filter, { atOnce: 1 });
  },
  long: (filter) => runFiles(["long/**/*.test.ts"], filter),
  oracle: async (seed) => (await import("./oracle.ts")).runOracle(tally, seed),
};
const usual = ["lint", "unit", "python", "vscode", "journeys"];

async function runFiles(
  include: string[],
  filter: string,
  options: { exclude?: string[]; atOnce?: number } = {},
): Promise<void> {
  const exclude = (options.exclude ?? []).map((folder) => `${folder}/**`);
  const names = findTests(include, exclude).filter((name) => name.includes(filter));
  if (names.length > 0) await runNodeTests(names, tally, { ...options, signal: stop.signal });
}

process.once("SIGTERM", () => {
  stop.abort();
  setTimeout(() => process.exit(143), 1000);
});

const [wanted, filter = ""] = process.argv.slice(2);
if (wanted !== undefined && parts[wanted] === undefined) {
  console.error(`There is no part ${wanted}; the parts are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
for (const name of wanted === undefined ? usual : [wanted]) {
  console.log(name);
  try {
    await parts[name]?.(filter);
  } catch (error) {
    // A part that cannot even start is a failure, never a gap.
    const reason = error instanceof Error ? error.message : String(error);
    tally.group(name, [{ name: "cannot run", outcome: "failed", reason }], 0);
  }
}
process.exitCode = tally.finish() ? 0 : 1;
