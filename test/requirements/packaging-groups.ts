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
    t.diagnostic(counted("vectors run", Object.keys(checks)));
    for (const reason of new Set(Object.values(leftOut))) {
      const names = Object.keys(leftOut).filter((group) => leftOut[group] === reason);
      t.diagnostic(counted(`left out (${reason})`, names));
    }
  });
}

/** `2253 vectors run: test_parses_valid 1440, …`, in lines that a terminal holds. */
function counted(what: string, groups: readonly string[]): string {
  const parts = groups.map((group) => `${group.split("::").at(-1)} ${vectors[group]!.length}`);
  const sum = groups.reduce((total, group) => total + vectors[group]!.length, 0);
  const lines = [`${sum} ${what}:`];
  for (const [at, part] of parts.entries()) {
    const text = at < parts.length - 1 ? `${part},` : part;
    const longer = `${lines.at(-1)} ${text}`;
    if (longer.length <= 100) lines[lines.length - 1] = longer;
    else lines.push(`  ${text}`);
  }
  return lines.join("\n");
}
