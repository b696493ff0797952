import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  compareVersions,
  parseVersion,
  printVersion,
  successor,
} from "../../src/requirements/version.ts";
import { damaged, versionText } from "./arbitraries.ts";
import { version } from "./parsed.ts";

test("a version is printed in its normal form", () => {
  assert.equal(
    printVersion(version(" v1!01.0-ALPHA.1_r2.DEV+Ubuntu-01 ")),
    "1!1.0a1.post2.dev0+ubuntu.1",
  );
});

test("numbers too long for a double keep every digit", () => {
  const [a, b] = [version("9007199254740993"), version("9007199254740992")];
  assert.equal(printVersion(a), "9007199254740993");
  assert.ok(compareVersions(a, b) > 0);
  assert.ok(compareVersions(version("9007199254740991"), b) < 0);
  assert.equal(successor(9007199254740991), 9007199254740992n);
});

test("trailing zeros of the release do not count", () => {
  assert.equal(compareVersions(version("1.0"), version("1.0.0.0")), 0);
});

test("reading never throws, and what is printed reads back as the same", () => {
  fc.assert(
    fc.property(
      fc.oneof(versionText, damaged(versionText), fc.string({ unit: "binary" })),
      (text) => {
        const read = parseVersion(text);
        if (read !== null) assert.deepEqual(parseVersion(printVersion(read)), read);
      },
    ),
    { numRuns: 2000 },
  );
});

test("the order is total", () => {
  const three = fc.tuple(versionText, versionText, versionText);
  fc.assert(
    fc.property(three, (texts) => {
      const [a, b, c] = texts.map(version).sort(compareVersions) as [never, never, never];
      assert.ok(
        compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0 && compareVersions(a, c) <= 0,
      );
      assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
    }),
    { numRuns: 2000 },
  );
});
