import assert from "node:assert/strict";
import { test } from "node:test";
import { type Result, startTally } from "../../scripts/tally.ts";

test("the last line sums up, after what failed and what was skipped and why", () => {
  const lines: string[] = [];
  const tally = startTally((line) => lines.push(line));
  const skipped = (name: string): Result => ({ name, outcome: "skipped", reason: "no network" });
  tally.group("one", [{ name: "a", outcome: "passed" }, skipped("b")], 0.123);
  tally.group("two", [{ name: "c", outcome: "failed", reason: "1 is not 2\n  at d.ts" }], 2);
  tally.group("many", ["a", "b", "c", "d"].map(skipped), 0);
  assert.equal(tally.finish(), false);
  assert.deepEqual(lines, [
    "  ✔ one (1, 1 skipped) 0.1 s",
    "  ✖ two (1 failed) 2.0 s",
    "      ✖ c",
    "        1 is not 2",
    "          at d.ts",
    "  ✔ many (4 skipped) 0.0 s",
    "failed: two: c",
    "skipped: one: b (no network)",
    "skipped: many: 4 tests (no network)",
    "1 passed, 1 failed, 5 skipped",
  ]);
});

test("nothing failed", () => {
  const tally = startTally(() => undefined);
  tally.group("one", [{ name: "a", outcome: "passed" }], 0);
  assert.equal(tally.finish(), true);
});
