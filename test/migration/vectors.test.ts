import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sharedPath } from "../shared.ts";
import { inputOf, outcomeOf, type Vector } from "./vectors.ts";

const path = sharedPath("vectors", "call-sites.json");
const skip = path === undefined && "no ../shared/vectors here";
const vectors: Vector[] = path === undefined ? [] : JSON.parse(readFileSync(path, "utf8"));

test("the vectors are there", { skip }, () => {
  assert.equal(vectors.length, 115);
});

for (const vector of vectors) {
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
