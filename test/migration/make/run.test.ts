import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { withEdits } from "../../../src/migration/edit.ts";
import { findSites } from "../../../src/migration/find.ts";
import { scratch } from "../../scratch.ts";
import { siteFile } from "../vectors.ts";

/** A Python that says where it is, what it was handed, and whether it is a venv's. */
const SAYS = `import os, sys
print(os.path.relpath(os.getcwd(), os.environ["TOP"]), sys.argv[1:], sys.prefix != sys.base_prefix)
sys.exit(int(os.environ.get("CODE", "0")))
`;

/** Stands in for setup.py where what matters is that make calls it: it makes the venv alone. */
const SETUP_STAND_IN = `import os, subprocess, sys
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "venv")
subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
`;

const SCRIPTS = ["main.py", "services/a/main.py", "services/b/main.py", "tools/x.py"];

interface Tree {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** What is typed, a line each. */
  readonly commands: readonly (readonly string[])[];
}

const trees: readonly Tree[] = [
  {
    name: "variables, folders, exit codes",
    files: {
      Makefile: `SHELL := /bin/bash
VENV := venv
PYTHON := $(VENV)/bin/python
ACTIVATE = . $(VENV)/bin/activate
define service
@cd services/$(1) && python3 main.py "$$HOME" $(2)
endef
.PHONY: run all each a b fail clean seen quoted
run: ## python3 main.py
	$(PYTHON) main.py --port 8000 $(ARGS)
all: run
	@$(ACTIVATE) && python3 tools/x.py 'a b' \\
		"$$(echo c)"
each:
	@for s in a b; do (. venv/bin/activate; cd services/$$s && python3 main.py $$s) || exit 1; done
a:
	@$(ACTIVATE) && cd services/a && python3 main.py | cat
b:
	$(foreach s,a b,$(PYTHON) services/$(s)/main.py;)
fail:
	-@CODE=3 $(PYTHON) main.py
	CODE=4 $(PYTHON) main.py
seen:
	@if test -d $(VENV); then $(PYTHON) main.py there; fi
quoted:
	@bash -c "source venv/bin/activate && python3 main.py 'x y'"
clean:
	rm -rf $(VENV)
`,
    },
    commands: [
      ["run"],
      ["run", "ARGS=-x"],
      ["all"],
      ["each"],
      ["a"],
      ["b"],
      ["fail"],
      ["seen"],
      ["quoted"],
    ],
  },
  {
    name: "nested makefiles, includes, one shell",
    files: {
      Makefile: `include common.mk
run:
	$(PYTHON) main.py
sub:
	$(MAKE) --no-print-directory -C services/a run
`,
      "common.mk": `PYTHON ?= venv/bin/python3
tool:
	$(PYTHON) tools/x.py
`,
      "services/a/Makefile": `.ONESHELL:
.PHONY: run
run:
	@. ../../venv/bin/activate
	if true; then
	  python3 main.py one
	fi
	cd ../b
	python3 main.py two
`,
    },
    commands: [["run"], ["tool"], ["sub"], ["-C", "services/a", "run"]],
  },
];

const python = spawnSync("python3", ["-c", "import venv"]).status === 0;
const skip = python && hasMake() ? false : "no GNU make or no python3 with venv here";

for (const { name, files, commands } of trees) {
  test(`make says the same before and after: ${name}`, { skip }, () => {
    const root = scratch();
    write(root, files);
    for (const path of SCRIPTS) write(root, { [path]: SAYS });
    venv(join(root, "venv"));
    const before = commands.map((words) => make(root, words));
    assert.ok(before.every(({ out }) => out.includes("True")));
    write(root, migrated(files));
    rmSync(join(root, "venv"), { recursive: true });
    central(root);
    venv(join(root, "build", "python", "venv"));
    const after = commands.map((words) => make(root, words));
    const plain = (all: readonly Result[]) =>
      all.map(({ out, code }) => ({ out: said(out), code }));
    assert.deepEqual(plain(after), plain(before));
  });
}

test("make builds the venv of a target once, and anew when its requirements change", {
  skip,
}, () => {
  const root = scratch();
  const files = {
    Makefile: `VENV := venv
$(VENV)/bin/activate: requirements.txt
	python3 -m venv --without-pip $(VENV)
	$(VENV)/bin/pip install -r requirements.txt
	touch $(VENV)/bin/activate
run: $(VENV)/bin/activate
	@$(VENV)/bin/python main.py
`,
  };
  write(root, { ...migrated(files), "main.py": SAYS });
  central(root);
  write(root, { "build/python/requirements.txt": "", "build/python/setup.py": SETUP_STAND_IN });
  const first = make(root, ["run"]);
  assert.match(first.out, /setup\.py[\s\S]*^\. \[\] True$/m);
  assert.equal(first.code, 0);
  assert.equal(make(root, ["run"]).out, ". [] True\n");
  const later = new Date(Date.now() + 60_000);
  write(root, { "build/python/requirements.txt": "# changed\n" });
  spawnSync("touch", ["-d", later.toISOString(), join(root, "build/python/requirements.txt")]);
  assert.match(make(root, ["run"]).out, /setup\.py/);
});

/** The lines that scripts print; make's echo of commands has changed, which is the point. */
function said(out: string): readonly string[] {
  return out.split("\n").filter((line) => /^\S* \[.*\] (True|False)$/.test(line));
}

function migrated(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all = Object.entries(files).map(([path, text]) => siteFile(path, text));
  const sites = findSites({
    files: all,
    tree: new Set([...SCRIPTS, ...Object.keys(files), "requirements.txt"]),
    textOf: () => null,
    accounted: new Set(["requirements.txt"]),
    declared: new Set(),
    consoleScripts: new Set(),
    environments: new Set(["venv"]),
    python: null,
    excluded: new Set(),
  });
  assert.deepEqual(
    sites.filter(({ kind }) => kind === "report"),
    [],
  );
  return Object.fromEntries(
    all.map(({ path, text }) => [
      path,
      withEdits(
        text,
        sites.filter((site) => site.path === path).flatMap(({ edits }) => edits),
      ),
    ]),
  );
}

/** The real runner. */
function central(root: string): void {
  const runner = join(root, "build", "python", "run.py");
  mkdirSync(dirname(runner), { recursive: true });
  copyFileSync(join(import.meta.dirname, "../../../src/python/run.py"), runner);
  chmodSync(runner, 0o755);
}

function venv(folder: string): void {
  const { status, stderr } = spawnSync("python3", ["-m", "venv", "--without-pip", folder]);
  assert.equal(status, 0, String(stderr));
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    assert.equal(readFileSync(join(root, path), "utf8"), text);
  }
}

interface Result {
  readonly out: string;
  readonly code: number | null;
}

function make(root: string, words: readonly string[]): Result {
  const env = { PATH: process.env.PATH, HOME: root, TOP: root, LC_ALL: "C" };
  const { stdout, status } = spawnSync("make", words, { cwd: root, env, encoding: "utf8" });
  return { out: stdout, code: status };
}

function hasMake(): boolean {
  return (
    spawnSync("make", ["--version"], { encoding: "utf8" }).stdout?.startsWith("GNU Make") ?? false
  );
}
