import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { printReduced } from "../../src/requirements/reduce.ts";
import { contains, filterVersions, isEmpty } from "../../src/requirements/specifier-set.ts";
import { neighbours, specifierSetText } from "./arbitraries.ts";
import { specifiers } from "./parsed.ts";

test("what the others say already is dropped", () => {
  for (const [text, expected] of [
    ["", ""],
    [">=1.20,<2.0.0,>=1.24.0,!=1.0,>=1.24", ">=1.24,<2.0.0"],
    ["==1.4.2,>=1.0,<2,!=1.5", "==1.4.2"],
    ["~=1.4.5,>=1.4.5,<1.5", "~=1.4.5"],
    ["~=1.4.5,>=1.4.7,<1.4.9", ">=1.4.7,<1.4.9"],
    ["~=1.4.5,>=1.4.7,<1.5", ">=1.4.7,<1.5"],
    ["==1.4.*,>=1.4.7", "==1.4.*,>=1.4.7"],
    ["<3,!=1.10,!=1.9,>=1.2,!=0.1", ">=1.2,<3,!=1.9,!=1.10"],
    ["==1.0,==1.0+cpu", "==1.0+cpu"],
    ["===1.0,>=0.5", "===1.0"],
    [">=1.0,>=0", ">=1.0"],
  ] as const) {
    assert.equal(printReduced(specifiers(text)), expected, text);
  }
});

test("a condition that asks for pre-releases stays where it is the only one", () => {
  assert.equal(printReduced(specifiers(">=2.0a1,>=2.1")), ">=2.0a1,>=2.1");
  assert.equal(printReduced(specifiers(">=2.0a1,>=2.1rc1")), ">=2.1rc1");
});

test("nothing at all is said with the conditions that clash", () => {
  assert.equal(printReduced(specifiers(">=1,==2.0,<3,==3.0")), "==2.0,==3.0");
});

test("the order of the conditions does not matter", () => {
  fc.assert(
    fc.property(specifierSetText, fc.nat(), (text, shift) => {
      const set = specifiers(text);
      const turned = [
        ...set.slice(shift % (set.length + 1)),
        ...set.slice(0, shift % (set.length + 1)),
      ];
      assert.equal(printReduced(turned), printReduced(set));
    }),
  );
});

test("the same versions are allowed, and the same chosen, at every boundary", () => {
  fc.assert(
    fc.property(specifierSetText, (text) => {
      const [set, reduced] = [specifiers(text), specifiers(printReduced(specifiers(text)))];
      assert.equal(isEmpty(reduced), isEmpty(set));
      const versions = ["0.dev0", "x", ...neighbours(text)];
      for (const one of versions) assert.equal(contains(reduced, one), contains(set, one), one);
      assert.deepEqual(filterVersions(reduced, versions), filterVersions(set, versions));
      assert.ok(reduced.length <= set.length);
    }),
    { numRuns: 2000 },
  );
});
