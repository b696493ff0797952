import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { printLiteral, readLiteral } from "../../src/requirements/python-string.ts";

test("escapes mean what they mean in Python", () => {
  assert.equal(readLiteral('"a\\tb\\x41\\101\\u00e9\\U0001f600\\q"'), "a\tbAAé😀\\q");
  assert.equal(readLiteral("'one\\\n line'"), "one line");
});

test("what Python refuses is refused", () => {
  for (const body of ["C:\\", "\\x4", "\\u12", "\\U00110000", "a\nb", "a\0b", "\\N{BULLET}"]) {
    assert.equal(readLiteral(`"${body}"`), null);
  }
});

test("every value reads back from what is printed for it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) =>
      assert.equal(readLiteral(printLiteral(value)), value),
    ),
  );
});

test("double quotes are preferred, and nothing is escaped without need", () => {
  assert.equal(printLiteral("plain"), '"plain"');
  assert.equal(printLiteral('a"b'), "'a\"b'");
  assert.equal(printLiteral("a'\"b"), '"a\'\\x22b"');
  assert.equal(printLiteral("C:\\x"), '"C:\\x5cx"');
  assert.equal(printLiteral("C:\\q"), '"C:\\q"');
});
