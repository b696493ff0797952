import { join } from "node:path";
import { execa } from "execa";
import type { Tally } from "./tally.ts";

const tools = [
  { name: "biome", args: ["check", "--colors=off"] },
  { name: "types", program: "tsc", args: ["--noEmit", "--pretty", "false"] },
  {
    name: "import rules",
    program: "depcruise",
    args: ["src", "test", "scripts", "--config", ".dependency-cruiser.cjs"],
  },
];

/** Lint, types and import rules; each counts as one test. */
export async function runLint(tally: Tally, filter: string): Promise<void> {
  for (const { name, program, args } of tools) {
    if (!name.includes(filter)) continue;
    const started = Date.now();
    const run = await execa(program ?? name, args, {
      cwd: join(import.meta.dirname, ".."),
      preferLocal: true,
      reject: false,
      all: true,
    });
    const result = run.failed
      ? ({ name, outcome: "failed", reason: run.all || run.shortMessage || "" } as const)
      : ({ name, outcome: "passed" } as const);
    tally.group(name, [result], (Date.now() - started) / 1000);
  }
}
