/** The vectors in packaging.json, as tests that say how many of them run. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { sharedPath } from "../shared.ts";

// biome-ignore lint/suspicious/noExplicitAny: the vectors' shapes differ from group to group
export type Row = any;

const path = sharedPath("vectors", "packaging.json");
const vectors: Record<string, Row[]> =
  path === undefined ? {} : JSON.parse(readFileSync(path, "utf8"));
const skip = path === undefined && "../shared is not here";

/** Versions in ascending order. */
export const ordered: readonly string[] = vectors.ORDERED_VERSIONS ?? [];

/**
 * Makes one test of each group whose name begins with one of the files, by the check for its
 * rows, and one that every such group is checked or left out for a reason.
 */
export function checkGroups(
  files: readonly string[],
  checks: Readonly<Record<string, (row: Row) => void>>,
  leftOut: Readonly<Record<string, string>>,
): void {
  for (const [group, check] of Object.entries(checks)) {
    const rows = vectors[group] ?? [];
    test(`${group}: ${rows.length} vectors`, { skip }, () => {
      assert.ok(rows.length > 0, "the group is gone");
      for (const row of rows) {
        try {
          check(row);
        } catch (error) {
          throw new Error(JSON.stringify(row).slice(0, 500), { cause: error });
        }
      }
    });
  }
  test(`every group of ${files.join(", ")} runs or is left out for a reason`, { skip }, (t) => {
    const groups = Object.keys(vectors).filter((group) =>
      files.some((file) => group.startsWith(`${file}::`)),
    );
    assert.deepEqual([...Object.keys(checks), ...Object.keys(leftOut)].sort(), groups.sort());
    const count = (names: object) =>
      Object.keys(names).reduce((sum, group) => sum + vectors[group]!.length, 0);
    t.diagnostic(`${count(checks)} vectors run, ${count(leftOut)} left out`);
  });
}
