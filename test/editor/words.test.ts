import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitWords } from "../../src/editor/words.ts";

const table: [string, string[] | null][] = [
  ["", []],
  ["   ", []],
  ["a b", ["a", "b"]],
  ["  a\tb\n", ["a", "b"]],
  ["'a b' c", ["a b", "c"]],
  ['"a \\"b\\" \\\\" c', ['a "b" \\', "c"]],
  ["'a\\b'", ["a\\b"]],
  ['"a\\b"', ["a\\b"]],
  ["a\\ b", ["a b"]],
  ["--name='a b'c", ["--name=a bc"]],
  ["''", [""]],
  ['"" a', ["", "a"]],
  ["$HOME *", ["$HOME", "*"]],
  ["'open", null],
  ['a "open', null],
  ["ends\\", null],
];

for (const [text, words] of table) {
  test(`${JSON.stringify(text)} is ${JSON.stringify(words)}`, () => {
    assert.deepEqual(splitWords(text), words);
  });
}

test("quoted words come back as they were", () => {
  const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      assert.deepEqual(splitWords(words.map(quoted).join(" ")), words);
    }),
  );
});
