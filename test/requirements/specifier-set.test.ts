import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { markersOverlap } from "../../src/requirements/marker-overlap.ts";
import { normalizeName } from "../../src/requirements/name.ts";
import { includesVersion } from "../../src/requirements/range.ts";
import type { Requirement } from "../../src/requirements/requirement.ts";
import {
  contains,
  intersect,
  isEmpty,
  isSubset,
  onlyPrereleases,
  rangesOf,
} from "../../src/requirements/specifier-set.ts";
import { isPrerelease } from "../../src/requirements/version.ts";
import { sharedPath } from "../shared.ts";
import { neighbours, specifierSetText } from "./arbitraries.ts";
import { requirement, specifiers, version } from "./parsed.ts";

test("sets that nothing satisfies", () => {
  for (const text of [
    "==1.0+cu118,==1.0+cpu",
    "!=1.0,==1.0+cu118",
    ">1.0,==1.0.post1",
    "<2.0,==2.0rc1",
    "~=1.4.5,~=1.5",
    "===1.0,===1.0.0",
    "==3.10.*,==3.1.*",
    ">=1,!=1.*,!=2.*,<3",
    ">=1!0,<5",
    ">1.0a1,<1.0a2.dev0",
    "<0",
    "<0.dev0",
    ">9007199254740991,<9007199254740992.dev0,==9007199254740991.post1",
  ]) {
    assert.ok(isEmpty(specifiers(text)), text);
  }
});

test("sets that something satisfies", () => {
  for (const text of [
    "",
    "==1.0,==1.0.0",
    "==1.0,==1.0+cu118",
    ">1.0,<1.0.0.1",
    ">1.0+a".slice(0, 4),
  ]) {
    assert.ok(!isEmpty(specifiers(text)), text);
  }
});

test("only pre-releases remain", () => {
  assert.ok(onlyPrereleases(specifiers(">=2.0a1,<2.0")) === false, "<2.0 leaves out 2.0a1 too");
  assert.ok(onlyPrereleases(specifiers(">=2.0a1,<2.0b1")));
  assert.ok(onlyPrereleases(specifiers("===1.0rc1")));
  assert.ok(!onlyPrereleases(specifiers(">=2.0a1")));
});

test("one set within another", () => {
  assert.ok(isSubset(specifiers("==1.4.2"), specifiers("~=1.4")));
  assert.ok(!isSubset(specifiers("~=1.4"), specifiers("<1.9")));
  assert.ok(isSubset(specifiers("===1.4.2"), specifiers("~=1.4")));
});

const fuzz = sharedPath("vectors", "specifier-sets-fuzz.json");
const skip = fuzz === undefined && "../shared is not here";
const rows: [string, boolean, string, boolean | null][] =
  fuzz === undefined ? [] : JSON.parse(readFileSync(fuzz, "utf8"));

test(`${rows.length} random sets: empty or not, contained or not`, {
  skip,
}, () => {
  const wrong = rows.filter(([text, unsatisfiable, one, contained]) => {
    const set = specifiers(text);
    return (
      isEmpty(set) !== unsatisfiable || (contained !== null && contains(set, one) !== contained)
    );
  });
  assert.deepEqual(wrong, []);
});

const packse = sharedPath("vectors", "packse-roots.json");
const roots: { name: string; satisfiable: boolean; root: { requires: string[] } }[] =
  packse === undefined ? [] : JSON.parse(readFileSync(packse, "utf8"));

test(`no satisfiable one of ${roots.length} scenarios is a conflict`, {
  skip,
}, (t) => {
  const flagged = roots.filter(({ root }) => clashes(root.requires.map(requirement)));
  assert.deepEqual(
    flagged.filter(({ satisfiable }) => satisfiable),
    [],
  );
  t.diagnostic(
    `${flagged.length} of ${roots.filter((one) => !one.satisfiable).length} unsatisfiable seen`,
  );
});

/** Whether two requirements of one package cannot both be met where both apply. */
function clashes(requirements: readonly Requirement[]): boolean {
  return requirements.some((a, i) =>
    requirements
      .slice(i)
      .some(
        (b) =>
          normalizeName(a.name) === normalizeName(b.name) &&
          markersOverlap(a.marker, b.marker) === "yes" &&
          isEmpty(intersect(a.specifier, b.specifier)),
      ),
  );
}

test("emptiness agrees with a search among the versions at every boundary", () => {
  fc.assert(
    fc.property(specifierSetText, (text) => {
      const set = specifiers(text);
      const found = ["0.dev0", "0", ...neighbours(text)].filter((one) => contains(set, one));
      if (found.length > 0) assert.ok(!isEmpty(set));
      if (!text.includes("===")) {
        assert.equal(isEmpty(set), rangesOf(set).length === 0);
        if (isEmpty(set)) assert.deepEqual(found, []);
        if (onlyPrereleases(set)) assert.ok(found.every((one) => isPrerelease(version(one))));
      }
    }),
    { numRuns: 3000 },
  );
});

test("ranges hold exactly the versions that the set contains", () => {
  fc.assert(
    fc.property(specifierSetText, (text) => {
      const set = specifiers(text).filter((one) => one.operator !== "===");
      for (const one of neighbours(text)) {
        assert.equal(includesVersion(rangesOf(set), version(one)), contains(set, one), one);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a non-empty set has a member near a boundary", () => {
  fc.assert(
    fc.property(specifierSetText, (text) => {
      const set = specifiers(text).filter((one) => one.operator !== "===");
      if (isEmpty(set)) return;
      const near = ["0.dev0", ...neighbours(text)];
      const deeper = near.flatMap((one) =>
        one.includes("+") ? `${one}.0` : [`${one}.0.0.0.0.0.1`, `${one}+0`],
      );
      assert.ok(
        [...near, ...deeper].some((one) => contains(set, one)),
        text,
      );
    }),
    { numRuns: 3000 },
  );
});
