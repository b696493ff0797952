import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { readArguments } from "../../src/cli/arguments.ts";
import { runMigrate } from "../../src/cli/migrate.ts";
import type { Output } from "../../src/cli/output.ts";
import { runUndo } from "../../src/cli/undo.ts";
import { callSiteDrift } from "../../src/commands/call-site-drift.ts";
import { readHands } from "../../src/environment/ground.ts";
import { consolidated, SCRIPT, snapshot } from "../commands/migrating.ts";
import { git } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
const A = "a/requirements.txt";
const FILES = { [A]: "six==1.16.0\n", "a/main.py": "import six\n", "run.sh": SCRIPT };
const options = { hands, processes: true };

/** What `one-venv migrate` prints for these words, and its exit code. */
async function migrated(root: string, ...words: string[]) {
  const lines: string[] = [];
  const output: Output = {
    print: (text = "") => lines.push(...stripVTControlCharacters(text).split("\n")),
    json: () => assert.fail("JSON without --json"),
  };
  const args = readArguments(["migrate", ...words]);
  assert.ok(typeof args === "object");
  const code = await runMigrate(root, args, hands, output);
  return { code, text: lines.join("\n") };
}

const silent: Output = { print: () => {}, json: () => {} };
const make = (context: TestContext, more: Record<string, string> = {}) =>
  consolidated(context, { ...FILES, ...more });

test("a migration is shown, written, undone; a second one changes nothing", async (context) => {
  const root = await make(context);
  const before = snapshot(root);
  const shown = await migrated(root, "--remove", "all");
  assert.equal(shown.code, 1);
  assert.match(shown.text, /call sites to rewrite, 0 offers, 0 lines for a person/);
  assert.match(
    shown.text,
    /^ {4}- python3 a\/main\.py\n {4}\+ build\/python\/run\.py a\/main\.py$/m,
  );
  assert.match(shown.text, /^ {2}- a\/requirements\.txt {2}What it declares \(1\) stands /m);
  assert.match(shown.text, /Nothing was written yet; add --write to apply\.$/);
  assert.deepEqual(snapshot(root), before);

  const written = await migrated(root, "--remove", "all", "--write");
  assert.equal(written.code, 0, written.text);
  assert.match(written.text, /Wrote 3 files\. Take it back: one-venv undo --write$/);
  assert.ok(!existsSync(join(root, A)));
  const script = readFileSync(join(root, "run.sh"), "utf8");
  assert.doesNotMatch(script, /venv\/bin|pip install/);
  const again = await migrated(root, "--remove", "all", "--write");
  assert.equal(again.code, 0, again.text);
  assert.match(again.text, /There is nothing to write\.$/);
  assert.equal(readFileSync(join(root, "run.sh"), "utf8"), script);

  assert.equal(await runUndo(root, false, true, silent), 0);
  assert.deepEqual(snapshot(root), before);
});

test("only what git has unchanged is removed", async (context) => {
  const root = await make(context);
  writeFileSync(join(root, A), "six==1.16.0\n# mine\n");
  const { code, text } = await migrated(root, "--remove", A, "--write");
  assert.equal(code, 1);
  assert.match(text, /refused: it has changes that are not committed/);
  assert.match(text, /Not removed: a\/requirements\.txt; .*\nNothing was written\.$/);
  assert.match(
    readFileSync(join(root, "run.sh"), "utf8"),
    /pip install/,
    "nothing else is written",
  );
  git(root, "rm", "--quiet", "--cached", A);
  assert.match((await migrated(root, "--remove", A)).text, /refused: git does not track it/);
  const all = await migrated(root, "--remove", "all", "--write");
  assert.equal(all.code, 1, "a person has to see to it");
  assert.ok(existsSync(join(root, A)));
  assert.match(readFileSync(join(root, "run.sh"), "utf8"), /build\/python\/run\.py/);
});

test("a line that stands in the way is named, and keeps the file", async (context) => {
  const root = await make(context, { "a/tool.py": 'open("requirements.txt")\n' });
  const { code, text } = await migrated(root, "--remove", A, "--write");
  assert.equal(code, 1);
  assert.match(text, /stays: a\/tool\.py:1 it names a\/requirements\.txt/);
  assert.match(text, /Nothing was written\.$/);
});

test("what is left stays as it is, is kept, and is no drift; a new call site is", async (context) => {
  const root = await make(context, { "b/two.sh": "#!/bin/sh\npython3 a/main.py\n" });
  assert.deepEqual((await callSiteDrift(root, options)).reasons, []);
  const { code, text } = await migrated(root, "--leave", "b", "--write");
  assert.equal(code, 0, text);
  assert.match(text, /b\/two\.sh:2 \(left\)/);
  assert.match(readFileSync(join(root, "b/two.sh"), "utf8"), /\npython3 a\/main\.py/);
  assert.deepEqual(await callSiteDrift(root, options), { toMove: 0, reasons: [] });
  assert.match((await migrated(root, "--write")).text, /There is nothing to write\.$/);
  writeFileSync(join(root, "new.sh"), "#!/bin/sh\npython3 a/main.py\n");
  const { toMove, reasons } = await callSiteDrift(root, options);
  assert.equal(toMove, 1);
  assert.match(reasons[0]!.message, /^new\.sh:2 does not run with the central venv: python3 a/);
});

test("a choice of nothing says what is wrong", async (context) => {
  const root = await make(context, { "venv/pyvenv.cfg": "version = 3.11.7\n" });
  const wrong: [string[], RegExp][] = [
    [["--take", "nowhere:3"], /--take nowhere:3: there is no call site of that name/],
    [["--remove", "nowhere"], /--remove nowhere: there is nothing scattered of that path/],
    [["--remove", "venv"], /git could not bring an environment back/],
    [["--second", "run.sh:3"], /--second run\.sh:3: there is no second way/],
  ];
  for (const [words, said] of wrong) await assert.rejects(migrated(root, ...words), said);
});
