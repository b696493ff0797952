import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";
import { run } from "node:test";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { Result, Tally } from "./tally.ts";

const root = join(import.meta.dirname, "..");

/** The test files below folders of test/, as paths from there without `.test.ts`, with `/`. */
export function findTests(include: string[], exclude: string[] = []): string[] {
  const folder = join(root, "test");
  return globSync(include, { cwd: folder, exclude })
    .map((path) =>
      path
        .split(sep)
        .join("/")
        .replace(/\.test\.ts$/, ""),
    )
    .sort();
}

/**
 * Run test files with node:test, each in a process of its own, and tell of each as it ends.
 * @param names as `findTests` gives them
 * @param options.atOnce how many files run at a time; default one for each core
 */
export async function runNodeTests(
  names: readonly string[],
  tally: Tally,
  options: { atOnce?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const folder = join(root, "test");
  const nameOf = (file: string) => names.find((name) => join(folder, `${name}.test.ts`) === file);
  const events = run({
    files: names.map((name) => join(folder, `${name}.test.ts`)),
    concurrency: options.atOnce ?? availableParallelism(),
    execArgv: ["--import", pathToFileURL(join(folder, "seed.ts")).href],
    ...(options.signal && { signal: options.signal }),
  });
  const results = new Map<string, Result[]>();
  const stderr = new Map<string, string>();
  const says = new Map<string, string[]>();
  // `file` is where a test is written, which may be a helper; `entryFile` is the file that ran.
  for await (const { type, data } of events as AsyncIterable<TestEvent>) {
    const file = data.entryFile ?? data.file ?? "";
    const found = results.get(file) ?? [];
    results.set(file, found);
    if (type === "test:stderr") stderr.set(file, (stderr.get(file) ?? "") + data.message);
    // The runner's own counts name no file.
    if (type === "test:diagnostic" && file !== "") {
      says.set(file, [...(says.get(file) ?? []), ...(data.message ?? "").split("\n")]);
    }
    const crashed = type === "test:fail" && data.name === file;
    const result = crashed ? crash(stderr.get(file)) : resultOf(type, data);
    if (result !== undefined && data.name !== undefined) found.push(result);
    if (crashed || (type === "test:summary" && file !== "")) {
      const seconds = (data.duration_ms ?? 0) / 1000;
      tally.group(nameOf(file) ?? file, found, seconds, says.get(file));
      results.delete(file);
    }
  }
}

/** The parts of node:test's events that are read here. */
interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly file?: string;
    readonly entryFile?: string;
    readonly line?: number;
    readonly message?: string;
    readonly duration_ms?: number;
    readonly skip?: string | boolean;
    readonly details?: {
      readonly type?: string;
      readonly error?: Error & { readonly failureType?: string };
    };
  };
}

/** What a test that ended came to; a suite, or a test that failed by its parts, is no test. */
function resultOf(type: string, data: TestEvent["data"]): Result | undefined {
  const name = data.name ?? "";
  const { error, type: kind } = data.details ?? {};
  if (kind === "suite" || error?.failureType === "subtestsFailed") return undefined;
  if (type === "test:fail") {
    // A test that a helper registers stands at a line of the helper, which says nothing.
    const where = data.file === data.entryFile ? ` (line ${data.line})` : "";
    return { name: name + where, outcome: "failed", reason: explain(error) };
  }
  if (type !== "test:pass" || data.name === data.file) return undefined;
  if (data.skip === undefined || data.skip === false) return { name, outcome: "passed" };
  const reason = typeof data.skip === "string" ? { reason: data.skip } : {};
  return { name, outcome: "skipped", ...reason };
}

function crash(output: string | undefined): Result {
  return { name: "the file itself", outcome: "failed", reason: output ?? "it ended early" };
}

/** The error that a test threw, without the frames of the test runner itself. */
function explain(error: Error | undefined): string {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return stripVTControlCharacters(text)
    .split("\n")
    .filter((line) => !/^\s+at .*\((node:|async_hooks)/.test(line) && !/^\s+at node:/.test(line))
    .join("\n");
}
