import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "unbash";
import { withEdits } from "../../../src/migration/edit.ts";
import { findSites } from "../../../src/migration/find.ts";
import type { MigrationInput } from "../../../src/migration/input.ts";
import type { Edit, Site } from "../../../src/migration/site.ts";
import { inputOf } from "../input.ts";
import { scripts } from "./scripts.ts";

const PATH = "scripts/run.sh";
const TREE = ["services/a/main.py", "services/b/main.py", "tools/ports.py", "requirements.txt"];

function inputFor(text: string, excluded: readonly string[] = []): MigrationInput {
  return inputOf(
    { [PATH]: text },
    {
      tree: new Set([PATH, ...TREE]),
      accounted: new Set(["requirements.txt"]),
      declared: new Set(["requests"]),
      consoleScripts: new Set(["pytest"]),
      environments: new Set(["venv"]),
      excluded: new Set(excluded),
    },
  );
}

function editsOf(sites: readonly Site[], kinds: readonly string[] = ["rewrite", "offer"]): Edit[] {
  return sites.filter(({ kind }) => kinds.includes(kind)).flatMap(({ edits }) => edits);
}

const RUNS = { numRuns: 400 };

test("a script that is migrated is a script, and migrating again changes nothing", () => {
  fc.assert(
    fc.property(scripts, (text) => {
      fc.pre((parse(text).errors ?? []).length === 0);
      const after = withEdits(text, editsOf(findSites(inputFor(text))));
      assert.deepEqual(parse(after).errors ?? [], [], after);
      assert.deepEqual(editsOf(findSites(inputFor(after))), [], after);
    }),
    RUNS,
  );
});

test("edits undone give the same text, and what lies between them stays", () => {
  fc.assert(
    fc.property(scripts, fc.boolean(), (lf, crlf) => {
      const text = crlf ? lf.replaceAll("\n", "\r\n") : lf;
      const edits = editsOf(findSites(inputFor(text))).sort((a, b) => a.start - b.start);
      const after = withEdits(text, edits);
      let shift = 0;
      const back = edits.map(({ start, end, text: put }) => {
        const undo = {
          start: start + shift,
          end: start + shift + put.length,
          text: text.slice(start, end),
        };
        shift += put.length - (end - start);
        return undo;
      });
      assert.equal(withEdits(after, back), text);
      if (crlf) assert.doesNotMatch(after, /[^\r]\n/);
    }),
    RUNS,
  );
});

test("a site that was left out stays, and the others still fit together", () => {
  fc.assert(
    fc.property(scripts, fc.infiniteStream(fc.boolean()), (text, coins) => {
      const all = findSites(inputFor(text));
      const excluded = all.filter(() => coins.next().value === true).map(({ id }) => id);
      const some = findSites(inputFor(text, excluded));
      for (const id of excluded) {
        const site = some.find((one) => one.id === id);
        assert.deepEqual(site?.edits, [], `${id} in ${text}`);
      }
      const after = withEdits(text, editsOf(some));
      if ((parse(text).errors ?? []).length === 0) assert.deepEqual(parse(after).errors ?? [], []);
    }),
    RUNS,
  );
});

test("ids are of a line, and each is there once", () => {
  fc.assert(
    fc.property(scripts, (text) => {
      const sites = findSites(inputFor(text));
      assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
      for (const { kind, edits } of sites) assert.equal(edits.length === 0, kind === "report");
    }),
    RUNS,
  );
});
