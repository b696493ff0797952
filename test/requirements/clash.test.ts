import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { smallestClash } from "../../src/requirements/clash.ts";
import { intersect, isEmpty } from "../../src/requirements/specifier-set.ts";
import { specifierSetText } from "./arbitraries.ts";
import { specifiers } from "./parsed.ts";

function clash(...texts: string[]): number[] | null {
  return smallestClash(texts.map(specifiers));
}

test("the fewest sets that clash are named, the first of equals", () => {
  assert.equal(clash(">=1", "<2", ""), null);
  assert.equal(clash(), null);
  assert.deepEqual(clash(">=1", "==2.0", "<3", "==3.0"), [1, 3]);
  assert.deepEqual(clash("==1.0", "==2.0", "==1.0", "==2.0"), [0, 1]);
  assert.deepEqual(clash(">=1", "==1.0,==2.0"), [1]);
  assert.deepEqual(clash(">=1", "!=1.*", "<5", "!=2.*", "<3"), [0, 1, 3, 4]);
  assert.deepEqual(clash("===1.0", ">=0", "!=1.0"), [0, 2]);
  assert.deepEqual(clash("===x", ">=0"), [0, 1]);
});

test("many different pins are compared in no time", () => {
  const pins = Array.from({ length: 200 }, (_, i) => `>=${i},!=${i}.5`);
  assert.deepEqual(clash(...pins, "<150"), [150, 200]);
});

test("no smaller choice clashes", () => {
  const sets = fc.array(specifierSetText, { maxLength: 6 }).map((texts) => texts.map(specifiers));
  fc.assert(
    fc.property(sets, (all) => {
      const found = smallestClash(all);
      const clashing = choices(all.length).filter((choice) =>
        isEmpty(intersect(...choice.map((index) => all[index]!))),
      );
      const least = Math.min(...clashing.map((choice) => choice.length));
      assert.equal(found?.length ?? Number.POSITIVE_INFINITY, least);
      if (found !== null) assert.ok(isEmpty(intersect(...found.map((index) => all[index]!))));
    }),
    { numRuns: 500 },
  );
});

/** Every choice of numbers below `count`. */
function choices(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => bits & (1 << i)),
  );
}
