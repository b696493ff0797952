import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isFailure } from "../../../src/requirements/failure.ts";
import { poetryRanges } from "../../../src/requirements/readers/poetry-constraint.ts";
import { unitedRange } from "../../../src/requirements/readers/poetry-union.ts";
import { parseSpecifierSet } from "../../../src/requirements/specifier.ts";
import { contains } from "../../../src/requirements/specifier-set.ts";

function united(constraint: string): string | null {
  const ranges = poetryRanges(constraint);
  assert.ok(!("message" in ranges));
  return unitedRange(ranges);
}

const cases: [constraint: string, specifiers: string | null][] = [
  ["^1.0 || ^2.0", ">=1.0,<3.0"],
  ["^2.0 || ^1.0 || ^3.0", ">=1.0,<4.0"],
  ["^1 || ^3", ">=1,!=2.*,<4"],
  ["~1.2 || ~1.4", ">=1.2,!=1.3.*,<1.5"],
  ["<2 || >=3", "!=2.*"],
  ["^1 || >=1.5,<4", ">=1,<4"],
  [">=1 || <3", ""],
  ["^7.4.7 || ^8.1.3", null],
  ["<0.5 || >=1", null],
  ["<1 || >1", null],
  ["1.2.3 || 1.4", null],
  ["^1 || >=3.0rc1", null],
  ["^1 || ^100", null],
];

for (const [constraint, specifiers] of cases) {
  test(constraint, () => assert.equal(united(constraint), specifiers));
}

test("one set admits the releases that the alternatives admit", () => {
  const release = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 });
  const version = release.map((parts) => parts.join("."));
  const range = fc.oneof(
    version.map((one) => `^${one}`),
    version.map((one) => `~${one}`),
    version.map((one) => `>=${one}`),
    version.map((one) => `<${one}`),
    fc.tuple(version, version).map(([from, to]) => `>=${from},<${to}`),
  );
  const drawn = fc.tuple(fc.array(range, { minLength: 2, maxLength: 4 }), version);
  const holds = (specifiers: string, one: string) => {
    const set = parseSpecifierSet(specifiers);
    assert.ok(!isFailure(set));
    return contains(set, one);
  };
  fc.assert(
    fc.property(drawn, ([alternatives, one]) => {
      const ranges = poetryRanges(alternatives.join(" || "));
      assert.ok(!("message" in ranges));
      const set = unitedRange(ranges);
      if (set === null) return;
      assert.equal(
        holds(set, one),
        ranges.some((alternative) => holds(alternative, one)),
      );
    }),
    { numRuns: 2000 },
  );
});
