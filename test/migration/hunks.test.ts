import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withEdits } from "../../src/migration/edit.ts";
import { hunksOf } from "../../src/migration/hunks.ts";
import type { Edit } from "../../src/migration/site.ts";

const TEXT = "one\ntwo\r\nthree\nfour";
const edit = (from: string, text: string): Edit => {
  const start = TEXT.indexOf(from);
  return { start, end: start + from.length, text };
};

for (const [what, edits, expected] of [
  ["a word", [edit("two", "2")], [[2, ["two"], ["2"]]]],
  ["whole lines go", [edit("two\r\nthree\n", "")], [[2, ["two", "three"], []]]],
  ["a line comes", [{ start: 4, end: 4, text: "new\n" }], [[2, [], ["new"]]]],
  ["two on one line", [edit("th", "T"), edit("ee", "E")], [[3, ["three"], ["TrE"]]]],
  [
    "two stretches",
    [edit("one", "1"), edit("four", "4")],
    [
      [1, ["one"], ["1"]],
      [4, ["four"], ["4"]],
    ],
  ],
  ["none", [], []],
] as [string, Edit[], [number, string[], string[]][]][]) {
  test(`the lines that edits change: ${what}`, () => {
    const found = hunksOf(TEXT, edits).map(({ line, before, after }) => [line, before, after]);
    assert.deepEqual(found, expected);
  });
}

test("put in the place of the old lines, the new ones make the new text", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "\n"), { maxLength: 20 })
    .map((all) => all.join(""));
  const span = fc.tuple(fc.nat(6), fc.nat(6), text);
  fc.assert(
    fc.property(text, fc.array(span, { maxLength: 3 }), (old, spans) => {
      let at = 0;
      const edits = spans.flatMap(([gap, length, put]): Edit[] => {
        const start = at + gap;
        at = start + length;
        return at <= old.length ? [{ start, end: at, text: put }] : [];
      });
      const lines = old.replace(/\n$/, "").split("\n");
      for (const { line, before, after } of [...hunksOf(old, edits)].reverse()) {
        assert.deepEqual(lines.slice(line - 1, line - 1 + before.length), before);
        lines.splice(line - 1, before.length, ...after);
      }
      const now = withEdits(old, edits).replace(/\n$/, "");
      // Whether the file ends with an empty line is all that lines cannot tell.
      assert.equal(lines.join("\n").replace(/\n+$/, ""), now.replace(/\n+$/, ""));
    }),
  );
});
