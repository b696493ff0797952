import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Reading } from "../../../src/requirements/declaration.ts";
import { isFailure } from "../../../src/requirements/failure.ts";
import { poetryRanges } from "../../../src/requirements/readers/poetry-constraint.ts";
import { readPyproject } from "../../../src/requirements/readers/pyproject.ts";
import { parseSpecifierSet } from "../../../src/requirements/specifier.ts";
import { isEmpty } from "../../../src/requirements/specifier-set.ts";
import { sharedPath } from "../../shared.ts";

const table = sharedPath("vectors", "poetry-constraints.txt");
const skip = table === undefined ? "needs ../shared" : false;
const rows =
  table === undefined
    ? []
    : readFileSync(table, "utf8")
        .split("\n")
        .filter((row) => row !== "");

test("the whole table of Poetry's constraints is there", { skip }, () => {
  assert.equal(rows.length, 52);
});

for (const row of rows) test(`converts as Poetry does: ${row}`, () => check(row));

function check(row: string): void {
  const [given, expected] = row.split(/\s+-> /) as [string, string];
  if (given.startsWith("{")) checkTable(given, expected);
  else checkConstraint(given.slice(1, -1), expected);
}

function checkConstraint(constraint: string, expected: string): void {
  const ranges = poetryRanges(constraint);
  if (expected.startsWith("ERR")) assert.ok("message" in ranges);
  else {
    assert.ok(!("message" in ranges));
    const wanted = /^foo \((.*)\)/.exec(expected)?.[1] ?? "";
    // An empty range stays written out, so that a person sees which bounds exclude each other.
    if (wanted === "<empty>") assert.ok(ranges.every((range) => empty(range)));
    else
      assert.equal(
        ranges.map((range) => range.replace(/^==(?!.*\*)/, "")).join(" || "),
        wanted.replace(/^==(?!.*\*)/, ""),
      );
  }
}

function empty(range: string): boolean {
  const set = parseSpecifierSet(range);
  return !isFailure(set) && isEmpty(set);
}

/** A dependency's table, given as a Python dictionary, beside what Poetry prints for it. */
function checkTable(given: string, expected: string): void {
  const toml = given.replace(/'(\w[\w-]*)': /g, "$1 = ").replaceAll("True", "true");
  const read = readPyproject("pyproject.toml", `[tool.poetry.dependencies]\nfoo = ${toml}\n`);
  assert.deepEqual(read.notUnderstood, []);
  const [one] = read.declarations;
  assert.ok(one !== undefined);
  const path = /'path': '([^']+)'/.exec(given)?.[1];
  // Poetry makes a path absolute; a declaration has it as written.
  const wanted = expected.replace(/ src=.*/, "").replace(/file:.*/, path ?? "");
  assert.equal(printed(one), wanted, given);
  assert.equal(
    read.notes.some((note) => /one index/.test(note.message)),
    / src= \w+/.test(expected) && !/src= None/.test(expected),
  );
}

/** As Poetry prints it, but for a path, which stays as written. */
function printed(one: Reading["declarations"][number]): string {
  const extras = one.extras.length > 0 ? `[${one.extras.join(",")}]` : "";
  const marker = one.marker === null ? "" : ` ; ${one.marker}`;
  if (one.link !== null) return `foo${extras} @ ${one.link}${marker}`;
  return `foo${extras}${one.specifier === "" ? "" : ` (${one.specifier})`}${marker}`;
}
