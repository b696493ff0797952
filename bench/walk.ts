/**
 * Measures the walk, reading and parsing of whole repositories beside `git ls-files` and
 * `rg --files`, run in turns within the same minute: medians, ratios, and how cost grows.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesToRead, readFacts } from "../src/monorepo/facts.ts";
import { mayBeSource } from "../src/monorepo/interest.ts";
import { relate } from "../src/monorepo/relate.ts";
import { walk } from "../src/monorepo/walk.ts";
import { sharedPath } from "../test/shared.ts";
import { generatedTree } from "./generated-tree.ts";

const ROUNDS = 7;

/** Milliseconds by what was measured, one list entry a round. */
type Times = Map<string, number[]>;

async function timed(times: Times, name: string, run: () => unknown): Promise<void> {
  const start = performance.now();
  await run();
  times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

const LIST = {
  maxBuffer: 1 << 30,
  stdio: ["ignore", "pipe", "ignore"] as ["ignore", "pipe", "ignore"],
};

async function measure(root: string): Promise<{ times: Times; files: number; sources: number }> {
  const times: Times = new Map();
  let files = 0;
  let sources = 0;
  const hasRipgrep = works("rg", ["--version"]);
  const isRepository = works("git", ["-C", root, "rev-parse"]);
  for (let round = 0; round < ROUNDS; round++) {
    if (isRepository) {
      await timed(times, "git ls-files", () =>
        execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { ...LIST, cwd: root }),
      );
    }
    if (hasRipgrep) {
      await timed(times, "rg --files", () => {
        const listed = execFileSync("rg", ["--files"], { ...LIST, cwd: root });
        files = listed.toString().split("\n").length - 1;
      });
    }
    await timed(times, "walk", () => walk(root, { git: true }));
    await timed(times, "walk without git", () => walk(root, { git: false }));
    const walked = await walk(root, { git: true });
    const declaring = filesToRead(walked).filter(mayBeSource);
    await timed(times, "read sources", () => readFacts(root, declaring));
    await timed(times, "read all", async () => {
      const facts = await readFacts(root, filesToRead(walked));
      sources = relate(root, walked, facts).sources.length;
    });
  }
  return { times, files, sources };
}

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, LIST);
    return true;
  } catch {
    return false;
  }
}

function report(
  name: string,
  { times, files, sources }: Awaited<ReturnType<typeof measure>>,
): void {
  console.log(`\n${name}: ${files} files, ${sources} sources (median of ${ROUNDS})`);
  const ripgrep = times.get("rg --files");
  for (const [what, all] of times) {
    const ratio = ripgrep ? `  ${(median(all) / median(ripgrep)).toFixed(2)} x rg` : "";
    const each = files > 0 ? `  ${((median(all) / files) * 1000).toFixed(1)} µs a file` : "";
    console.log(`  ${what.padEnd(18)}${median(all).toFixed(1).padStart(9)} ms${ratio}${each}`);
  }
}

/** Reading and parsing alone: 800 sources, copies of the corpora's. */
async function measureReading(corpora: string, folder: string): Promise<void> {
  const { files } = await walk(corpora, { git: false });
  const declaring = files.filter(mayBeSource);
  const copies = Array.from({ length: 800 }, (_, number) => {
    const path = declaring[number % declaring.length]!;
    return { from: join(corpora, path), path: `${number}/${path}` };
  });
  for (const { from, path } of copies) cpSync(from, join(folder, path), { recursive: true });
  const times: Times = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    await timed(times, "read", () =>
      readFacts(
        folder,
        copies.map(({ path }) => path),
      ),
    );
  }
  console.log(`\n800 sources read and parsed: ${median(times.get("read")!).toFixed(1)} ms`);
}

const scratch = mkdtempSync(join(tmpdir(), "one-venv-bench-"));
try {
  const corpora = sharedPath("corpora");
  if (corpora === undefined) console.log("../shared/corpora is absent: measured without it");
  else {
    const copy = join(scratch, "corpora");
    cpSync(corpora, copy, { recursive: true });
    execFileSync("git", ["init", "--quiet"], { cwd: copy });
    report("corpora", await measure(copy));
    await measureReading(copy, join(scratch, "copies"));
  }
  for (const count of [1_000, 10_000, 100_000]) {
    const root = join(scratch, String(count));
    mkdirSync(root);
    generatedTree(root, count);
    report(`generated, ${count}`, await measure(root));
    rmSync(root, { recursive: true, force: true });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
