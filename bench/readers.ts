/**
 * Measures reading and parsing alone, in process: every source of ../shared's corpora and vectors,
 * repeated to 800, from bytes to declarations. Prints medians, whole and by format.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSource } from "../src/requirements/readers/read.ts";
import { formatOf } from "../src/requirements/readers/recognise.ts";
import { sharedPath } from "../test/shared.ts";

const SOURCES = 800;
const ROUNDS = 15;

interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const folders = [sharedPath("corpora"), sharedPath("vectors", "requirements-files")];
const found = folders.flatMap((folder) => (folder === undefined ? [] : sourcesIn(folder)));
if (found.length === 0) throw new Error("needs ../shared");
const sources = Array.from({ length: SOURCES }, (_, at) => found[at % found.length]!);
const bytes = sources.reduce((sum, source) => sum + source.bytes.length, 0);
console.log(
  `${SOURCES} sources (${found.length} different), ${Math.round(bytes / 1024)} KiB, medians of ${ROUNDS} rounds`,
);
print("read and parsed", sources);
for (const format of new Set(found.map(({ path }) => formatOf(path) ?? "maybe requirements"))) {
  const alike = found.filter(({ path }) => (formatOf(path) ?? "maybe requirements") === format);
  print(
    `  only ${format}`,
    Array.from({ length: SOURCES }, (_, at) => alike[at % alike.length]!),
  );
}

function sourcesIn(folder: string): Source[] {
  return globSync("**/*.{txt,in,toml,cfg,py}", { cwd: folder })
    .sort()
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
}

/** One round is what a first scan pays, once the code is warm; the first round is cold. */
function print(name: string, all: readonly Source[]): void {
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    for (const source of all) readSource(source.path, source.bytes);
    return performance.now() - begun;
  });
  const [cold] = times;
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  console.log(
    `${name.padEnd(34)}${median.toFixed(1).padStart(8)} ms   (first round ${cold!.toFixed(1)} ms)`,
  );
}
