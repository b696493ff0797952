/**
 * Measures the search for call sites in a tree of 1,000 Makefiles and scripts beside `rg` for the
 * same words, run in turns within the same minute: medians, ratios, and what each kind costs.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findSites } from "../src/migration/find.ts";
import type { MigrationInput } from "../src/migration/input.ts";
import { callSiteKind } from "../src/monorepo/call-site-files.ts";
import { walk } from "../src/monorepo/walk.ts";

const ROUNDS = 7;
const FOLDERS = 250;
const WORDS = "python|pip|venv|activate|pytest|uvicorn";

const MAKEFILE = `VENV := venv
PYTHON := $(VENV)/bin/python
PIP := $(VENV)/bin/pip
ARGS ?= --port 8000
.PHONY: setup run test lint clean docker
include ../common.mk

setup:
	python3 -m venv $(VENV)
	$(PIP) install -r requirements.txt
run: ## python3 main.py
	$(PYTHON) main.py $(ARGS)
test:
	. $(VENV)/bin/activate && pytest -q tests
lint:
	@if command -v python3 >/dev/null; then cd tools && python3 lint.py; fi
docker:
	docker run --rm -v $(PWD):/src python:3.11 python /src/main.py
	@for s in a b; do echo $$s; done
clean:
	rm -rf $(VENV) dist
`;
const INCLUDED = "NAME ?= service\ninfo:\n\t@echo $(NAME)\n\tpython3 tools/info.py $(NAME)\n";
const SCRIPT = `#!/usr/bin/env bash
set -euo pipefail
DIR="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"
if [ ! -d "$DIR/venv" ]; then
  python3 -m venv "$DIR/venv"
fi
source "$DIR/venv/bin/activate"
pip install -r "$DIR/requirements.txt"
start() {
  local port=$1
  python3 "$DIR/main.py" --port "$port" || { echo "python3 failed"; return 1; }
}
for port in 1 2 3; do start "$port"; done
out=$(python3 "$DIR/tools/lint.py" | tail -n 1)
cat > /tmp/note <<EOF
python3 is not run here: $out
EOF
`;

/** 1,000 Makefiles, included makefiles and scripts, a folder each for four of them. */
function makeTree(root: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (let i = 0; i < FOLDERS; i++) {
    const team = `team${i % 10}`;
    const folder = `${team}/service${i}`;
    write(`${folder}/Makefile`, MAKEFILE.replace("../common.mk", `../common${i}.mk`));
    write(`${team}/common${i}.mk`, INCLUDED);
    write(`${folder}/run.sh`, SCRIPT);
    write(`${folder}/tools/check.sh`, SCRIPT.replaceAll("port", "number"));
    for (const path of ["main.py", "tools/lint.py", "tools/info.py"])
      write(`${folder}/${path}`, "");
    write(`${folder}/requirements.txt`, "requests\n");
  }
}

async function inputOf(root: string): Promise<MigrationInput> {
  const { files } = await walk(root, { git: false });
  const tree = new Set(files);
  const textOf = (path: string) => readFileSync(join(root, path), "utf8");
  return {
    files: files
      .map((path) => ({ path, kind: callSiteKind(path) }))
      .filter(({ kind }) => kind === "make" || kind === "shell")
      .map(({ path, kind }) => ({ path, kind, text: textOf(path) })),
    tree,
    textOf: (path) => (tree.has(path) ? textOf(path) : null),
    accounted: new Set(files.filter((path) => path.endsWith("requirements.txt"))),
    declared: new Set(["requests"]),
    consoleScripts: new Set(["pytest", "uvicorn"]),
    environments: new Set(),
    python: "3.11",
    excluded: new Set(),
  };
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1]!;

async function timed(times: number[], run: () => unknown): Promise<void> {
  const start = performance.now();
  await run();
  times.push(performance.now() - start);
}

function ripgrep(root: string): boolean {
  try {
    execFileSync("rg", ["--count", WORDS, "."], {
      cwd: root,
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return true;
  } catch {
    return false;
  }
}

const root = mkdtempSync(join(tmpdir(), "one-venv-bench-"));
try {
  makeTree(root);
  const hasRipgrep = ripgrep(root);
  const [words, reading, searching, make, shell]: number[][] = [[], [], [], [], []];
  let [count, files] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    if (hasRipgrep) await timed(words!, () => ripgrep(root));
    let input: MigrationInput | null = null;
    await timed(reading!, async () => {
      input = await inputOf(root);
    });
    const known: MigrationInput = input!;
    files = known.files.length;
    await timed(searching!, () => {
      count = findSites(known).length;
    });
    const only = (kind: string) => ({
      ...known,
      files: known.files.filter((file) => file.kind === kind),
    });
    await timed(make!, () => findSites(only("make")));
    await timed(shell!, () => findSites(only("shell")));
  }
  console.log(`${files} files, ${count} call sites (median of ${ROUNDS})`);
  const rows = [
    ["rg for the same words", words!],
    ["walk and read", reading!],
    ["call sites of all", searching!],
    ["  of makefiles alone", make!],
    ["  of scripts alone", shell!],
  ] as const;
  for (const [name, all] of rows) {
    if (all.length === 0) {
      console.log(`  ${name}: rg is not there`);
      continue;
    }
    const ratio = hasRipgrep ? `  ${(median(all) / median(words!)).toFixed(1)} x rg` : "";
    console.log(`  ${name.padEnd(24)}${median(all).toFixed(1).padStart(9)} ms${ratio}`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
