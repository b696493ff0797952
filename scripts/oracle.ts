/** `npm run test:oracle [-- SEED]`: random inputs, read by us and by the tools whose rules we follow. */
import { comparePackaging } from "../test/oracle/packaging.ts";
import { type Oracle, withPython } from "../test/oracle/python.ts";
import { comparePip } from "../test/oracle/requirements-files.ts";
import type { Result, Tally } from "./tally.ts";

/** Each part compares with one tool; it prints the tool's version and gives what came of it. */
const parts: readonly ((oracle: Oracle) => Promise<{ name: string; results: Result[] }[]>)[] = [
  comparePackaging,
  comparePip,
];

/**
 * Run every part in a throwaway venv with the newest pip, and the packaging that it reads with:
 * packaging 26.4 refuses an empty `===` and white space in URLs, which every pip still takes.
 */
export async function runOracle(tally: Tally, seedText: string): Promise<void> {
  const seed = /^\d+$/.test(seedText) ? Number(seedText) : Date.now() % 2 ** 31;
  console.log(`  seed ${seed} (the same again: npm run test:oracle -- ${seed})`);
  await withPython(["packaging<26.4"], async (python) => {
    for (const part of parts) {
      const start = performance.now();
      for (const { name, results } of await part({ python, seed })) {
        tally.group(name, results, (performance.now() - start) / 1000);
      }
    }
  });
}
