import assert from "node:assert/strict";
import { test } from "node:test";
import { withEdits } from "../../src/migration/edit.ts";
import { findSites } from "../../src/migration/find.ts";
import type { Site, SiteKind } from "../../src/migration/site.ts";
import { inputOf } from "./input.ts";

/** What becomes of one file. */
export interface Row {
  readonly name: string;
  readonly path: string;
  readonly before: string;
  /** Absent: it stays as it is. */
  readonly after?: string;
  /** The kinds of its sites in order, short: `r`ewrite, `o`ffer, re`p`ort. */
  readonly kinds: string;
  readonly accounted?: readonly string[];
  readonly environments?: readonly string[];
  /** Further files, with their text. */
  readonly files?: Readonly<Record<string, string>>;
  /** What still stands in the way of a removal. */
  readonly still?: readonly string[];
}

const TREE = ["main.py", "manage.py", "tools/gen.py", "services/a/main.py", "services/b/main.py"];
const SHORT: Readonly<Record<SiteKind, string>> = { rewrite: "r", offer: "o", report: "p" };

function sitesOf({ path, files, accounted, environments }: Row, text: string): readonly Site[] {
  const tree = Object.fromEntries(TREE.map((one) => [one, ""]));
  const input = inputOf(
    { ...tree, ...files, [path]: text },
    {
      accounted: new Set(accounted ?? ["requirements.txt"]),
      environments: new Set(environments ?? ["venv"]),
      declared: new Set(["pytest", "flake8"]),
      consoleScripts: new Set(["pytest", "flake8", "uvicorn", "tox"]),
    },
  );
  return findSites(input).filter((site) => site.path === path);
}

/**
 * A test for each row, with LF and with CRLF line ends: the file afterwards, the kinds of its sites,
 * what it still names; and that a second migration finds nothing to edit.
 */
export function testRows(rows: readonly Row[]): void {
  for (const row of rows) {
    for (const eol of ["\n", "\r\n"]) {
      test(`${row.path}: ${row.name}${eol === "\n" ? "" : ", CRLF"}`, () => {
        const before = row.before.replaceAll("\n", eol);
        const sites = sitesOf(row, before);
        const done = withEdits(
          before,
          sites.flatMap(({ edits }) => edits),
        );
        assert.equal(done, (row.after ?? row.before).replaceAll("\n", eol));
        assert.equal(sites.map(({ kind }) => SHORT[kind]).join(""), row.kinds);
        const still = [...new Set(sites.flatMap(({ stillNames }) => stillNames))];
        assert.deepEqual(still.sort(), [...(row.still ?? [])].sort());
        assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length, "ids are unique");
        const again = sitesOf(row, done).filter(({ edits }) => edits.length > 0);
        assert.deepEqual(again, []);
      });
    }
  }
}
