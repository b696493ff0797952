/**
 * Measures the static answer of a consolidation in process: each corpus of ../shared from its
 * bytes to the merged central file, and 800 generated sources. Beside it, where they are
 * installed, what `uv pip compile` and `pip-compile` take for the same requirements files; they
 * resolve too and stop at the first conflict, so their exit code stands beside their time.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { consolidate } from "../src/consolidation/consolidate.ts";
import { NO_DECISIONS } from "../src/consolidation/decision.ts";
import type { MergeSource } from "../src/consolidation/source.ts";
import { readSource } from "../src/requirements/readers/read.ts";
import { sharedPath } from "../test/shared.ts";

const ROUNDS = 15;
const environment = {
  python_version: "3.11",
  python_full_version: "3.11.7",
  sys_platform: "linux",
  os_name: "posix",
};

interface Input {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const corpora = sharedPath("corpora");
if (corpora === undefined) throw new Error("needs ../shared");
const names = ["unhinged-before", "unhinged-early", "bank-of-anthos", "api-inference-community"];
const all: Input[] = [];
for (const name of names) {
  const inputs = globSync("**/*.{txt,in,toml}", { cwd: join(corpora, name) })
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(corpora, name, path)) }));
  all.push(...inputs);
  print(name, inputs);
  for (const [tool, words] of peers()) peer(tool, words, join(corpora, name), inputs);
}
const many = Array.from({ length: 800 }, (_, i) => ({
  ...all[i % all.length]!,
  path: `p${i}/${all[i % all.length]!.path}`,
}));
print("800 sources", many);

function print(name: string, inputs: readonly Input[]): void {
  const times: number[] = [];
  let told = "";
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const sources = inputs.map(({ path, bytes }): MergeSource => {
      const project = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
      const reading = readSource(path, bytes);
      return { path, project, role: "input", reading, compiledFrom: null, localPaths: new Set() };
    });
    const { conflicts, ledger } = consolidate({
      ...{ sources, members: [], decisions: NO_DECISIONS, environment, open: [] },
      ...{ central: null, centralPath: "build/python/requirements.txt" },
    });
    times.push(performance.now() - start);
    told = `${inputs.length} sources, ${ledger.length} declarations, ${conflicts.length} conflicts`;
  }
  console.log(
    `${name}: ${median(times).toFixed(1)} ms, first ${times[0]!.toFixed(1)} ms (${told})`,
  );
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function peers(): [string, string[]][] {
  return [
    ["uv", ["pip", "compile", "--quiet", "--no-header", "--output-file", "-"]],
    ["pip-compile", ["--quiet", "--dry-run", "--no-header"]],
  ];
}

function peer(tool: string, words: string[], cwd: string, inputs: readonly Input[]): void {
  if (spawnSync(tool, ["--version"]).status !== 0) {
    console.log(`  ${tool} is not installed`);
    return;
  }
  const files = inputs.map(({ path }) => path).filter((path) => path.endsWith(".txt"));
  const start = performance.now();
  const { status } = spawnSync(tool, [...words, ...files], { cwd, timeout: 120_000 });
  const end = status === null ? "did not end in two minutes" : `exit code ${status}`;
  console.log(`  ${tool}: ${Math.round(performance.now() - start)} ms (${end})`);
}
