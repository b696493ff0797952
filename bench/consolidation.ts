/**
 * Measures the static answer of a consolidation in process: each corpus of ../shared from its
 * bytes to the merged central file, and 800 and 5,000 generated sources. Beside it, where they are
 * installed or can be fetched, what `uv pip compile` and `pip-compile` take for the same
 * requirements files; they resolve too and stop at the first conflict, so their exit code stands
 * beside their time and how many of our answers fit in it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../scripts/cache.ts";
import { consolidate } from "../src/consolidation/consolidate.ts";
import { NO_DECISIONS } from "../src/consolidation/decision.ts";
import type { MergeSource } from "../src/consolidation/source.ts";
import { readSource } from "../src/requirements/readers/read.ts";
import { pythons } from "../test/python/pythons.ts";
import { uvFolder } from "../test/python/uv.ts";
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
const tools = await peers();
const all: Input[] = [];
for (const name of names) {
  const inputs = globSync("**/*.{txt,in,toml}", { cwd: join(corpora, name) })
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(corpora, name, path)) }));
  all.push(...inputs);
  const ours = print(name, inputs);
  for (const one of tools) peer(one, join(corpora, name), inputs, ours);
}
for (const count of [800, 5000]) {
  const many = Array.from({ length: count }, (_, i) => ({
    ...all[i % all.length]!,
    path: `p${i}/${all[i % all.length]!.path}`,
  }));
  print(`${count} sources`, many);
}

/** Prints and returns the median in milliseconds. */
function print(name: string, inputs: readonly Input[]): number {
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
  return median(times);
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

interface Tool {
  readonly name: string;
  readonly program: string;
  readonly words: readonly string[];
  readonly rounds: number;
  readonly env: NodeJS.ProcessEnv;
}

/** Both resolvers, on PATH or fetched once into the user's cache. */
async function peers(): Promise<Tool[]> {
  const uv = await uvFolder();
  const python = (await pythons()).at(-1)!;
  const folder = await cached("pip-tools", async (part) => {
    const words = ["-m", "pip", "install", "--quiet", "--target", part, "pip-tools"];
    execFileSync(python.path, words, { stdio: "ignore" });
  }).catch(() => undefined);
  const compile = ["pip", "compile", "--quiet", "--no-header", "--output-file", "-"];
  const piptools = ["-m", "piptools", "compile", "--quiet", "--no-header", "--output-file", "-"];
  return [
    ...(uv
      ? [{ name: "uv", program: join(uv, "uv"), words: compile, rounds: 3, env: process.env }]
      : []),
    ...(folder
      ? [
          {
            ...{ name: "pip-compile", program: python.path, words: piptools, rounds: 1 },
            env: { ...process.env, PYTHONPATH: folder },
          },
        ]
      : []),
  ];
}

function peer(tool: Tool, cwd: string, inputs: readonly Input[], ours: number): void {
  const files = inputs.map(({ path }) => path).filter((path) => path.endsWith(".txt"));
  const times: number[] = [];
  let end = "";
  for (let round = 0; round < tool.rounds; round++) {
    const start = performance.now();
    const options = { cwd, timeout: 120_000, env: tool.env };
    const { status } = spawnSync(tool.program, [...tool.words, ...files], options);
    times.push(performance.now() - start);
    end = status === null ? "did not end in two minutes" : `exit code ${status}`;
  }
  const time = median(times);
  const ratio = Math.round(time / ours);
  console.log(`  ${tool.name}: ${Math.round(time)} ms, ${ratio} times ours (${end})`);
}
