import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "unbash";
import { withEdits } from "../../../src/migration/edit.ts";
import { findSites } from "../../../src/migration/find.ts";
import { finderInput, type MigrationInput } from "../../../src/migration/input.ts";
import { programsOf } from "../../../src/migration/make/entries.ts";
import { runsOf } from "../../../src/migration/make/run.ts";
import { siteFile } from "../vectors.ts";

const PATHS = ["Makefile", "common.mk", "services/a/Makefile"];

/** Lines of makefiles as people write them, and some that nobody should. */
const line = fc.oneof(
  fc.constantFrom(
    "VENV := venv",
    "VENV ?= .venv",
    "PYTHON := $(VENV)/bin/python",
    "PYTHON = python3 -u",
    "PYTHON := . venv/bin/activate && python",
    "PYTHON += -B",
    "export PYTHON",
    "PIP := $(PYTHON) -m pip",
    "ACTIVATE = . $(VENV)/bin/activate &&",
    "V := $(shell $(PYTHON) -c 'print(1)')",
    "include common.mk",
    "include ../../common.mk",
    ".ONESHELL:",
    "SHELL := /bin/bash",
    "ifdef CI",
    "else",
    "endif",
    "define RUN",
    "endef",
    "venv: requirements.txt",
    "$(VENV)/bin/activate: requirements.txt | $(VENV)",
    "run test: venv",
    "venv: check",
    "check: run",
    "%.out: %.in ; python3 main.py $< > $@",
    "$(foreach s,a b,$(eval $(s): ; $$(PYTHON) main.py))",
    "# python3 main.py",
    "",
    "    python3 main.py",
  ),
  fc
    .tuple(
      fc.constantFrom("", "@", "-@", "+"),
      fc.constantFrom("", "cd services/a && ", "$(ACTIVATE) ", ". venv/bin/activate; ", "sudo "),
      fc.constantFrom(
        "$(PYTHON) main.py",
        "python3 \\\n\t  tools/x.py",
        "$(call RUN,a)",
        "python3 -m venv $(VENV)",
        "test -d $(VENV) || python3 -m venv venv",
        "$(PIP) install -r requirements.txt",
        "pip install requests",
        "rm -rf $(VENV) build",
        "touch $@",
        "docker run x $(PYTHON) y.py",
        "for s in a b; do (cd $$s && python3 main.py); done",
        'bash -c "source venv/bin/activate && python3 main.py"',
        "echo 'python3' \"$$HOME\" # $(PYTHON)",
        "python3 - <<'EOF'",
        "if true; then",
        "fi",
        "$(if $(X),python3,$(PYTHON)) main.py",
        '"unbalanced python3',
        "( \\\n\t\tsource venv/bin/activate; \\\n\t\tpytest -q; \\\n\t)",
        "source venv/bin/activate; \\\n\t\tpython3 main.py; \\\n\t\tdeactivate",
        "bash -c 'set -e; \\\n\tif [ ! -d venv ]; then python3 -m venv venv; fi; \\\n\tpython3 main.py'",
        "if [ -d venv ]; then \\\n\t\tsource venv/bin/activate; \\\n\tfi; \\\n\tpython3 main.py",
        "python3 -m venv venv && . venv/bin/activate && pip install -r requirements.txt",
      ),
    )
    .map((parts) => `\t${parts.join("")}`),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, "")),
);

const makefile = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, end, last]) => lines.join("\n").replaceAll("\n", end) + (last ? end : ""));

const input = fc
  .tuple(makefile, makefile, makefile)
  .map((texts) => inputOf(texts.map((text, i) => [PATHS[i]!, text])));

function inputOf(files: readonly (readonly [string, string])[]): MigrationInput {
  return {
    files: files.map(([path, text]) => siteFile(path, text)),
    tree: new Set([...PATHS, "main.py", "services/a/main.py", "tools/x.py", "requirements.txt"]),
    textOf: () => null,
    accounted: new Set(["requirements.txt"]),
    declared: new Set(["requests"]),
    consoleScripts: new Set(["pytest"]),
    environments: new Set(["venv"]),
    python: "3.11",
    excluded: new Set(),
  };
}

/** Every file with these sites' edits made; throws where two overlap. */
function migrated(
  given: MigrationInput,
  left: ReadonlySet<string> = new Set(),
): readonly (readonly [string, string])[] {
  const sites = findSites(given).filter(({ id }) => !left.has(id));
  assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length, "ids are no two alike");
  return given.files.map(({ path, text }) => {
    const edits = sites.filter((site) => site.path === path).flatMap((site) => site.edits);
    return [path, withEdits(text, edits)];
  });
}

test("edits never overlap, ids are unique, and a second migration changes nothing", () => {
  fc.assert(
    fc.property(input, (given) => {
      const once = migrated(given);
      assert.deepEqual(migrated(inputOf(once)), once);
    }),
    { numRuns: 3000 },
  );
});

test("what is written is the runner, setup.py, the venv and the central file, and nothing else", () => {
  fc.assert(
    fc.property(input, (given) => {
      for (const { path, edits } of findSites(given)) {
        const { text } = given.files.find((file) => file.path === path)!;
        for (const edit of edits) {
          assert.ok(edit.start <= edit.end && edit.end <= text.length);
          const words = edit.text.match(
            /build\/python\/(run\.py|setup\.py|venv|requirements\.txt)/g,
          );
          const known =
            edit.text === "" ||
            edit.text === "@:" ||
            words !== null ||
            /^\.PHONY: \S+\r?\n$/.test(edit.text);
          assert.ok(known, edit.text);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("what the shell can read, it can read afterwards, whatever is ticked", () => {
  const kinds = fc.constantFrom("all", "rewrites", "half");
  fc.assert(
    fc.property(input, kinds, (given, kind) => {
      const left = findSites(given).filter(
        (site, i) => (kind === "rewrites" && site.kind !== "rewrite") || (kind === "half" && i % 2),
      );
      const excluded = new Set(left.map(({ id }) => id));
      const once = inputOf(migrated({ ...given, excluded }, excluded));
      assert.ok(unreadable(once) <= unreadable(given));
    }),
    { numRuns: 400 },
  );
});

/** How many commands the shell would refuse to read. */
function unreadable(given: MigrationInput): number {
  const runs = programsOf(finderInput(given)).flatMap(runsOf);
  const bad = runs
    .filter(({ kind }) => kind === "recipe")
    .flatMap(({ text, lines, rule, program }) =>
      lines.flatMap(({ commands }) =>
        commands.flatMap(({ start, end }) => {
          const errors = parse(text.slice(start, end)).errors ?? [];
          return errors.length > 0
            ? [`${program.entry} ${rule?.path}:${text.slice(start, end)}`]
            : [];
        }),
      ),
    );
  return new Set(bad).size;
}

test("what a person leaves out stays, whatever it is", () => {
  fc.assert(
    fc.property(input, fc.nat(), (given, pick) => {
      const sites = findSites(given).filter(({ edits }) => edits.length > 0);
      if (sites.length === 0) return;
      const left = sites[pick % sites.length]!;
      const others = findSites({ ...given, excluded: new Set([left.id]) });
      const now = others
        .filter(({ id }) => id !== left.id)
        .flatMap((site) => (site.path === left.path ? site.edits : []));
      for (const edit of left.edits) {
        const same = now.some(
          (one) => one.start === edit.start && one.end === edit.end && one.text === edit.text,
        );
        assert.ok(!same, `${left.id} ${JSON.stringify(edit)}`);
      }
    }),
    { numRuns: 300 },
  );
});
