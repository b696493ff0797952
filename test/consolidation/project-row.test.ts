import assert from "node:assert/strict";
import { test } from "node:test";
import type { Conflict } from "../../src/consolidation/conflict.ts";
import type { LedgerEntry } from "../../src/consolidation/ledger.ts";
import { asTheCentralFileHasIt, lineOfConflict } from "../../src/consolidation/project-row.ts";
import { readSource } from "../../src/requirements/readers/read.ts";

/** The row of a source where the central file has these lines, by package. */
function row(file: string, text: string, lines: Record<string, string>): string {
  const reading = readSource(file, Buffer.from(text));
  const ledger = reading.declarations.map(
    (declaration): LedgerEntry => ({
      declaration,
      fate: declaration.name! in lines ? "merged" : "conflict",
      line: lines[declaration.name!] ?? null,
      reason: null,
    }),
  );
  return asTheCentralFileHasIt(text, reading, ledger);
}

test("each requirement stands as the central file has it; all else stays", () => {
  const text = "# pins\nflask>=2  # web\n\nclick\nundecided==1\n";
  const want = "# pins\nflask==3.0.0  # web\n\nclick==8.1.7\nundecided==1\n";
  assert.equal(
    row("requirements.txt", text, { flask: "flask==3.0.0", click: "click==8.1.7" }),
    want,
  );
});

test("a requirement over several lines becomes one", () => {
  const text = "flask \\\n  >=2\nclick\n";
  assert.equal(row("requirements.txt", text, { flask: "flask==3.0.0" }), "flask==3.0.0\nclick\n");
});

test("several requirements of one line of another format are each replaced", () => {
  const text = '[project]\nname = "a"\ndependencies = ["flask>=2", "click"]\n';
  const got = row("pyproject.toml", text, { flask: "flask==3.0.0", click: "click==8.1.7" });
  assert.equal(got, '[project]\nname = "a"\ndependencies = ["flask==3.0.0", "click==8.1.7"]\n');
});

const conflict = (name: string, marker: string | null = null) => ({ name, marker }) as Conflict;

test("a conflict stands on its undecided line", () => {
  const central = "# head\na==1\n# undecided: b (why)\n";
  assert.equal(lineOfConflict(central, conflict("b")), 3);
});

test("so does one of a platform, which is another line", () => {
  const central = '# undecided: b (x)\n# undecided: b; sys_platform == "win32" (y)\n';
  assert.equal(lineOfConflict(central, conflict("b", 'sys_platform == "win32"')), 2);
});

test("else on the package's own line, else on the first", () => {
  assert.equal(lineOfConflict("# head\nB_c==1\n", conflict("b-c")), 2);
  assert.equal(lineOfConflict("# head\n", conflict("b-c")), 1);
});
