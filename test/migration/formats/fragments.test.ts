import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Document, type Scalar } from "yaml";
import { jsonAt, jsonFragment, readJson } from "../../../src/migration/formats/json-text.ts";
import { yamlFragment } from "../../../src/migration/formats/yaml-fragment.ts";
import { allTexts, isProblem, readYaml } from "../../../src/migration/formats/yaml-text.ts";
import type { Fragment } from "../../../src/migration/fragment.ts";

function fragmentsOf(text: string): (Fragment | null)[] {
  const read = readYaml(text);
  assert.ok(!isProblem(read), `not valid: ${text}`);
  return allTexts(read).map((one) => yamlFragment(text, one));
}

/** Each scalar's text with `word` found in it replaced in the file by `by`. */
function replaced(text: string, word: string, by: string): string {
  for (const fragment of fragmentsOf(text)) {
    const at = fragment?.text.indexOf(word) ?? -1;
    if (fragment === null || at < 0) continue;
    const [start, end] = [fragment.offsets[at]!, fragment.offsets[at + word.length]!];
    return text.slice(0, start) + fragment.escape(by) + text.slice(end);
  }
  throw new Error(`no ${word} in ${text}`);
}

const cases: [string, string, string][] = [
  ["plain", "a: run OLD now # c\n", "a: run X'Y now # c\n"],
  ["plain over two lines", "a: run\n  OLD now\n", "a: run\n  X'Y now\n"],
  ["single", "a: 'it''s OLD now'\n", "a: 'it''s X''Y now'\n"],
  ["double", 'a: "q \\" \\x41 OLD now"\n', 'a: "q \\" \\x41 X\'Y now"\n'],
  ["double with joined lines", 'a: "q \\\n  OLD now"\n', 'a: "q \\\n  X\'Y now"\n'],
  ["literal", "a: |\n  one\n\n    OLD now\n  x\nb: c\n", "a: |\n  one\n\n    X'Y now\n  x\nb: c\n"],
  ["literal, kept and indented", "a: |2+\n    OLD now\n\n\n", "a: |2+\n    X'Y now\n\n\n"],
  ["folded", "a: >-\n  one\n  OLD now\n\n  x\n", "a: >-\n  one\n  X'Y now\n\n  x\n"],
  ["folded, deeper", "a: >\n  one\n    OLD now\n  x\n", "a: >\n  one\n    X'Y now\n  x\n"],
  ["CRLF", "a: |\r\n  one\r\n  OLD now\r\nb: c\r\n", "a: |\r\n  one\r\n  X'Y now\r\nb: c\r\n"],
  ["flow", "a: [x, OLD now, y]\n", "a: [x, X'Y now, y]\n"],
  ["anchor and tag", "a: &b !!str OLD now\nc: *b\n", "a: &b !!str X'Y now\nc: *b\n"],
];
for (const [name, before, after] of cases) {
  test(`YAML, ${name}: a word of the text is found in the file`, () =>
    assert.equal(replaced(before, "OLD", "X'Y"), after));
}

test("a line added to a literal block keeps its indentation and line ends", () => {
  assert.equal(replaced("a: |\r\n  OLD\r\n", "OLD", "x\ny"), "a: |\r\n  x\r\n  y\r\n");
});

const types = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;
const words = fc
  .array(fc.constantFrom("a", "b'", '"c', " ", "  ", "\n", "\n\n", "\\", "é", "😀", "#", "\t"), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

test("every YAML scalar of any style is mapped to its place, and a word of it replaced there", () => {
  let mapped = 0;
  const run = fc.property(
    fc.array(fc.tuple(words, fc.constantFrom(...types)), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    (scalars, crlf) => {
      const document = new Document(scalars.map(([value]) => ({ run: `${value}MARK${value}` })));
      for (const [i, [, type]] of scalars.entries()) {
        (document.getIn([i, "run"], true) as Scalar).type = type;
      }
      const lf = document.toString({ lineWidth: 30 });
      const text = crlf ? lf.replaceAll("\n", "\r\n") : lf;
      const values = fragmentsOf(text);
      assert.equal(values.length, scalars.length * 2);
      for (const i of scalars.keys()) {
        const fragment = values[i * 2 + 1];
        if (fragment === null || fragment === undefined) continue;
        mapped++;
        const at = fragment.text.indexOf("MARK");
        const place = text.slice(fragment.offsets[at]!, fragment.offsets[at + 4]!);
        // A double-quoted text may be joined from lines anywhere.
        assert.equal(place.replace(/\\\r?\n[ \t]*/g, ""), "MARK");
      }
    },
  );
  fc.assert(run, { numRuns: 500 });
  assert.ok(mapped > 900, `${mapped} mapped`);
});

test("a JSON string is mapped through its escapes", () => {
  fc.assert(
    fc.property(words, fc.string({ unit: "binary" }), (value, other) => {
      const text = `{ // c\n "a": [${JSON.stringify(other)}, ${JSON.stringify(`${value}MARK`)},], }`;
      const fragment = jsonFragment(text, jsonAt(readJson(text), "a", 1));
      assert.ok(fragment);
      assert.equal(fragment.text, `${value}MARK`);
      const start = fragment.offsets[value.length]!;
      assert.equal(text.slice(start, fragment.offsets[value.length + 4]!), "MARK");
    }),
  );
});

test("what is not valid is no file to edit, and nothing throws", () => {
  for (const text of ["{", '{"a": }', "", "[1,,2]", "{'a': 1}"]) assert.equal(readJson(text), null);
  for (const text of ["a: [", "a: b: c", "\ta: b", "a: 'x", `${"[".repeat(30_000)}`]) {
    assert.ok(isProblem(readYaml(text)), text.slice(0, 20));
  }
  fc.assert(fc.property(fc.string(), (text) => void [readYaml(text), readJson(text)]));
});
