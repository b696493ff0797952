import assert from "node:assert/strict";
import { test } from "node:test";
import { ago } from "../../src/editor/ago.ts";

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const table: [number, string][] = [
  [-5000, "just now"],
  [59_000, "just now"],
  [minute, "1 minute ago"],
  [hour - 1, "59 minutes ago"],
  [hour, "1 hour ago"],
  [day - 1, "23 hours ago"],
  [2 * day, "2 days ago"],
  [29 * day, "29 days ago"],
  [65 * day, "2 months ago"],
  [364 * day, "12 months ago"],
  [800 * day, "2 years ago"],
];

test("how long ago, in words", () => {
  const now = Date.now();
  assert.deepEqual(
    table.map(([before]) => ago(now - before, now)),
    table.map(([, words]) => words),
  );
});
