import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isFailure } from "../../src/requirements/failure.ts";
import {
  parseSpecifierSet,
  printSpecifierSet,
  writtenSpecifiers,
} from "../../src/requirements/specifier.ts";
import { damaged, specifierSetText } from "./arbitraries.ts";
import { specifiers } from "./parsed.ts";

test("conditions keep their order and their spelling", () => {
  const set = specifiers(" >= 1.0 , != 1.5.* ,<v2");
  assert.equal(writtenSpecifiers(set), ">=1.0,!=1.5.*,<v2");
  assert.equal(printSpecifierSet(set), "!=1.5.*,<v2,>=1.0");
});

test("the same condition is printed once", () => {
  assert.equal(printSpecifierSet(specifiers("==1.0,==1,~=1.0,~=1.0.0")), "==1,~=1.0,~=1.0.0");
});

test("commas too many are no error", () => {
  assert.deepEqual(specifiers(""), []);
  assert.equal(writtenSpecifiers(specifiers(",>=1.0,,<2,")), ">=1.0,<2");
});

test("a failure says where", () => {
  assert.deepEqual(parseSpecifierSet(">=1.0,~=2"), {
    message: "not a valid version specifier",
    offset: 6,
  });
  assert.deepEqual(parseSpecifierSet(">=1.0 <2"), {
    message: "not a valid version specifier",
    offset: 6,
  });
});

test("=== takes any text without white space, up to a comma", () => {
  const set = specifiers("=== v1.0-dog,>=1");
  assert.deepEqual(
    set.map(({ operator, version }) => [operator, version]),
    [
      ["===", "v1.0-dog"],
      [">=", "1"],
    ],
  );
});

test("reading never throws, offsets point at the conditions, and printing reads back", () => {
  fc.assert(
    fc.property(
      fc.oneof(specifierSetText, damaged(specifierSetText), fc.string({ unit: "binary" })),
      (text) => {
        const set = parseSpecifierSet(text);
        if (isFailure(set)) {
          assert.ok(set.offset >= 0 && set.offset <= text.length);
          return;
        }
        for (const { operator, version, start, end } of set) {
          const slice = text.slice(start, end);
          assert.ok(slice.startsWith(operator) && slice.endsWith(version), slice);
        }
        const printed = printSpecifierSet(set);
        assert.equal(printSpecifierSet(specifiers(printed)), printed);
      },
    ),
    { numRuns: 2000 },
  );
});
