import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withEdits } from "../../src/migration/edit.ts";
import { editedBytes } from "../../src/migration/edited-bytes.ts";
import type { Edit } from "../../src/migration/site.ts";
import { decode } from "../../src/requirements/readers/decode.ts";

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

/** The bytes of a file, the edits of its text, and the bytes afterwards. */
const cases: [string, Uint8Array, Edit[], Uint8Array | null][] = [
  ["plain", Buffer.from("a\r\nb\t \n"), [edit(3, 4, "X")], Buffer.from("a\r\nX\t \n")],
  ["a mark at the start", Buffer.from("\ufeffab"), [edit(0, 1, "X")], Buffer.from("\ufeffXb")],
  [
    "two at the start, behind the mark",
    Buffer.from("\ufeffab"),
    [edit(0, 0, "1"), edit(0, 0, "2")],
    Buffer.from("\ufeff12ab"),
  ],
  ["a mark stays where all goes", Buffer.from("\ufeffab"), [edit(0, 2, "")], Buffer.from("\ufeff")],
  [
    "two, and one at the end",
    Buffer.from("äöü"),
    [edit(1, 2, "o"), edit(3, 3, "!")],
    Buffer.from("äoü!"),
  ],
  ["two at one place", Buffer.from("ab"), [edit(1, 1, "1"), edit(1, 1, "2")], Buffer.from("a12b")],
  ["a pair of surrogates", Buffer.from("😀a"), [edit(2, 3, "b")], Buffer.from("😀b")],
  ["UTF-16", utf16("echo ä\r\npython x"), [edit(8, 14, "run")], utf16("echo ä\r\nrun x")],
  [
    "UTF-16, big end first",
    utf16("ä python").swap16(),
    [edit(2, 8, "run")],
    utf16("ä run").swap16(),
  ],
  [
    "not UTF-8",
    Buffer.from("\xff python", "latin1"),
    [edit(2, 8, "run")],
    Buffer.from("\xff run", "latin1"),
  ],
  [
    "a declared code page",
    Buffer.from("# coding: cp1252\npython \x80", "latin1"),
    [edit(17, 23, "run")],
    Buffer.from("# coding: cp1252\nrun \x80", "latin1"),
  ],
  ["what latin-1 cannot hold", Buffer.from("\xff a", "latin1"), [edit(2, 3, "€")], null],
];

for (const [what, bytes, edits, after] of cases) {
  test(`edits of the text become edits of the bytes: ${what}`, () => {
    const result = editedBytes(bytes, edits);
    assert.deepEqual(result && Buffer.from(result), after && Buffer.from(after));
  });
}

test("whatever the bytes, only the edits change, or nothing is done", () => {
  const spans = fc.array(fc.tuple(fc.nat(20), fc.nat(5), fc.string({ maxLength: 4 })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), spans, (bytes, wanted) => {
      const { text } = decode(bytes);
      let at = 0;
      const edits = wanted.flatMap(([gap, length, put]): Edit[] => {
        const start = at + gap;
        at = start + length;
        return at <= text.length ? [edit(start, at, put)] : [];
      });
      const result = editedBytes(bytes, edits);
      if (result !== null) assert.equal(decode(result).text, withEdits(text, edits));
      if (edits.length === 0) assert.deepEqual(result, bytes);
    }),
  );
});
