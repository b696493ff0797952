import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decode } from "../../../src/requirements/readers/decode.ts";

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : Buffer.from(part))),
  );

const utf32 = (text: string, big: boolean) =>
  [...text].flatMap((char) => {
    const code = char.codePointAt(0)!;
    const four = [code & 255, (code >> 8) & 255, (code >> 16) & 255, 0];
    return big ? four.reverse() : four;
  });

const swapped = (text: string) => [...Buffer.from(text, "utf16le").swap16()];

const rows: readonly (readonly [
  what: string,
  given: Uint8Array,
  text: string,
  encoding: string,
  note?: RegExp,
])[] = [
  ["plain", bytes("flask\r\n"), "flask\r\n", "utf-8"],
  ["nothing", bytes(), "", "utf-8"],
  ["a UTF-8 mark", bytes([0xef, 0xbb, 0xbf], "é"), "é", "utf-8"],
  [
    "UTF-16, little",
    bytes([0xff, 0xfe], [...Buffer.from("flask\r\ná", "utf16le")]),
    "flask\r\ná",
    "utf-16-le",
  ],
  ["UTF-16, big", bytes([0xfe, 0xff], swapped("a🐍")), "a🐍", "utf-16-be"],
  ["UTF-32, little", bytes([0xff, 0xfe, 0, 0], utf32("a🐍", false)), "a🐍", "utf-32-le"],
  ["UTF-32, big", bytes([0, 0, 0xfe, 0xff], utf32("a🐍", true)), "a🐍", "utf-32-be"],
  [
    "latin-1 declared",
    bytes("# coding: latin-1\n# ", [0xe9, 0x80]),
    "# coding: latin-1\n# é\x80",
    "latin-1",
  ],
  [
    "declared as Emacs does",
    bytes("#!/x\n# -*- coding: iso-8859-15 -*-\n#", [0xa4]),
    "#!/x\n# -*- coding: iso-8859-15 -*-\n#€",
    "iso-8859-15",
  ],
  [
    "declared with =",
    bytes("# vim: set fileencoding=cp1252\n#", [0x80]),
    "# vim: set fileencoding=cp1252\n#€",
    "cp1252",
  ],
  [
    "another name of latin-9",
    bytes("# coding: latin9\n#", [0xa4]),
    "# coding: latin9\n#€",
    "iso-8859-15",
  ],
  [
    "declared in the third line",
    bytes("#\n#\n# coding: latin-1\n#", [0xe9]),
    "#\n#\n# coding: latin-1\n#é",
    "latin-1",
    /not UTF-8/,
  ],
  ["declared, not in a comment", bytes("a # coding: koi8-r\n"), "a # coding: koi8-r\n", "utf-8"],
  [
    "declared, unknown",
    bytes("# coding: klingon\nflask"),
    "# coding: klingon\nflask",
    "utf-8",
    /declares klingon/,
  ],
  [
    "declared, untrue",
    bytes("# coding: utf-8\n#", [0xff]),
    "# coding: utf-8\n#ÿ",
    "latin-1",
    /declares utf-8/,
  ],
  [
    "ascii declared, untrue",
    bytes("# coding: ascii\n# é"),
    "# coding: ascii\n# é",
    "utf-8",
    /declares ascii/,
  ],
  ["no UTF-8", bytes("# caf", [0xe9]), "# café", "latin-1", /not UTF-8: read as latin-1/],
  ["half a UTF-16 character", bytes([0xff, 0xfe, 0x61]), "a", "utf-8", /utf-16-le mark/],
  [
    "no UTF-32",
    bytes([0xff, 0xfe, 0, 0, 0xff, 0xff, 0xff, 0xff]),
    "ÿÿÿÿ",
    "latin-1",
    /utf-32-le mark/,
  ],
];

for (const [what, given, text, encoding, note] of rows) {
  test(`decodes ${what}`, () => {
    const decoded = decode(given);
    assert.equal(decoded.text, text);
    assert.equal(decoded.encoding, encoding);
    if (note === undefined) assert.equal(decoded.note, null);
    else assert.match(decoded.note ?? "", note);
  });
}

test("any bytes decode, and valid UTF-8 decodes to what was encoded", () => {
  fc.assert(fc.property(fc.uint8Array(), (given) => typeof decode(given).text === "string"));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!/^\ufeff|coding[:=]/.test(text));
      assert.deepEqual(decode(Buffer.from(text)), { text, encoding: "utf-8", note: null });
    }),
  );
});
