import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { everyWay } from "../../../src/migration/make/choices.ts";
import { expand } from "../../../src/migration/make/expand.ts";
import { phonyTargets } from "../../../src/migration/make/phony.ts";
import {
  namesIn,
  type Program,
  programOf,
  rulesOf,
  scopeOf,
} from "../../../src/migration/make/program.ts";
import { readMakefile } from "../../../src/migration/make/read.ts";
import { runsOf } from "../../../src/migration/make/run.ts";
import { ROOT } from "../../../src/migration/shell/value.ts";
import { scratch } from "../../scratch.ts";

/** Trees of makefiles, each with a Makefile at its root. No conditionals: make takes one branch only. */
const trees: readonly Readonly<Record<string, string>>[] = [
  {
    Makefile: `VENV := venv
PYTHON = $(VENV)/bin/python
PIP := $(PYTHON) -m pip
PY ?= python3 -u
PY ?= python2
LIST = a b
LIST += c
EMPTY =
SPACED = x \\
   y   \\
	z # a comment
HASH = a\\#b
SUBST = $(LIST:a=b) $(patsubst %,services/%,$(LIST)) $(addsuffix .py,$(LIST)) $(subst a,b,a-a)
NESTED_a = found
NAME = a
NESTED = $(NESTED_$(NAME))
DIRS = $(dir services/a/main.py top) $(notdir services/a/main.py) $(firstword $(LIST)) $(lastword $(LIST))
FILTERED = $(filter %.py,a.py b.c) $(filter-out %.py,a.py b.c) $(sort b a b)
EACH = $(foreach one,$(LIST),run $(one).py;)
IF = $(if $(EMPTY),yes,no) $(if x,yes) $(or ,$(NAME),z) $(and a,b)
ROOT_DIR := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))
UP := $(abspath $(CURDIR)/services/../x)
define RUN
python3 $(1).py $(2)
endef
CALLED = $(call RUN,one,two)
DOLLAR = $$HOME
.PHONY: all \\
  test
all: venv test | order
	@$(PYTHON) main.py $@ $< $^
	-$(PY) \\
		two.py
	$(call RUN,three)
test: ; $(PIP) install x # kept
%.o: %.c
	cc $<
venv order:
	@echo $(LIST)
one:: ; echo 1
one:: ; echo 2
x/y.txt: all
	echo $(@D) $(@F) $$PATH
`,
  },
  {
    Makefile:
      "include common.mk sub/*.mk\n-include missing.mk\nall: deps\n\t$(PYTHON) main.py\nAFTER := $(PYTHON)\n",
    "sub/a.mk": "A = $(lastword $(MAKEFILE_LIST))\nB := $(lastword $(MAKEFILE_LIST))\n",
    "common.mk": "PYTHON ?= python3\ndeps:\n\t$(PYTHON) -m pip list\n",
  },
  {
    Makefile:
      ".RECIPEPREFIX = >\nA = 1\nall: A = 2\nall: B := $(A)\nall:\n> echo $(A) $(B)\nother:\n>echo $(A)\n",
  },
  {
    Makefile: "A := x\r\nall: \\\r\n  other\r\n\techo $(A) \\\r\n\t  more\r\nother:\r\n\t@true\r\n",
  },
  {
    Makefile:
      "define LINES\n@echo one\necho two \\\n  more\nendef\nall:\n\t$(LINES)\n\techo $(words a b) $(word 2,a b) $(RM)\nX := $(X) self\nX := $(X) again\n",
  },
];

const skip = hasMake() ? false : "no GNU make here";

for (const [number, tree] of trees.entries()) {
  test(`make and we read tree ${number} alike`, { skip }, () => {
    const root = scratch();
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const read = (pattern: string) =>
      Object.entries(tree).flatMap(([path, text]) =>
        path === pattern || (pattern === "sub/*.mk" && path.startsWith("sub/"))
          ? [readMakefile(path, text)]
          : [],
      );
    const program = programOf(read("Makefile")[0]!, [""], read);
    const data = database(root);
    const ours = new Map(
      program.definitions.map(({ assignment: { name } }) => [
        name.text,
        heldBy(program, name.text),
      ]),
    );
    for (const [name, value] of ours) {
      if (program.definitions.some((d) => d.assignment.name.text === name && d.assignment.targets))
        continue;
      // Without a call around, we leave its arguments open.
      if (value.includes("MAKE_1")) continue;
      assert.equal(value.replaceAll(ROOT, root), asked(root, name), name);
    }
    assert.deepEqual([...phonyTargets(program)].sort(), [...data.phony].sort());
    for (const { rule, path, targets } of rulesOf(program)) {
      for (const target of targets) {
        if (/^\.|%/.test(target) || rule.doubleColon) continue;
        assert.ok(data.rules.has(target), target);
        const needs = namesIn(program, path, rule.prerequisites);
        for (const need of needs)
          assert.ok(data.rules.get(target)!.includes(need), `${target}: ${need}`);
      }
    }
    for (const run of runsOf(program)) {
      const target = run.rule?.targets[0];
      if (run.kind !== "recipe" || !target || target.includes("%") || run.rule?.rule.doubleColon)
        continue;
      const commands = run.lines.flatMap(({ commands: all }) =>
        all.map(({ start, end }) => run.text.slice(start, end)),
      );
      assert.equal(commands.join("\n").replaceAll(ROOT, root).trim(), recipe(root, target), target);
    }
  });
}

function heldBy(program: Program, name: string): string {
  const origin = {
    path: "Makefile",
    text: { text: `$(${name})`, at: [0, 0, 0, 0] },
    definition: null,
  };
  const { results } = everyWay(
    [],
    1,
    (choices) => expand(origin, scopeOf(program, "Makefile", { ...choices, file: null })).text,
  );
  return results[0]!;
}

/** What make says that a variable holds. */
function asked(root: string, name: string): string {
  const file = join(root, ".ask.mk");
  writeFileSync(file, `include Makefile\n.PHONY: ask-\nask-: ; $(info [[$(${name})]])\n`);
  const out = make(root, "-s", "-n", "-f", ".ask.mk", "ask-");
  return /\[\[([\s\S]*)\]\]/.exec(out)![1]!;
}

/** What make would run for a target alone. */
function recipe(root: string, target: string): string {
  const out = make(root, "-s", "-n", "-B", "-o", "nothing", target, ...ignoring(root, target));
  return out.trim();
}

/** Arguments that keep make from the prerequisites' own recipes. */
function ignoring(root: string, target: string): string[] {
  return (database(root).rules.get(target) ?? []).flatMap((need) => ["-o", need]);
}

function database(root: string): { phony: string[]; rules: Map<string, string[]> } {
  const out = make(root, "-pnq");
  const rules = new Map<string, string[]>();
  const phony: string[] = [];
  for (const line of out.split("\n")) {
    const found = /^([^\s#:=][^:=]*)::?(?!=)\s*(.*)$/.exec(line);
    if (!found || /:?=/.test(found[2]!.split(" ")[1] ?? "")) continue;
    const needs = found[2]!.split(/[\s|]+/).filter(Boolean);
    if (found[1] === ".PHONY") phony.push(...needs);
    rules.set(found[1]!, [...(rules.get(found[1]!) ?? []), ...needs]);
  }
  return { phony, rules };
}

function make(root: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: root, LC_ALL: "C" };
  try {
    return execFileSync("make", args, {
      cwd: root,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // -q answers 1 where something is to be made.
    return String((error as { stdout?: string }).stdout ?? "");
  }
}

function hasMake(): boolean {
  try {
    return execFileSync("make", ["--version"], { encoding: "utf8" }).startsWith("GNU Make");
  } catch {
    return false;
  }
}
