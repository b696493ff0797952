import assert from "node:assert/strict";
import test from "node:test";
import { isValidName, normalizeName } from "../../src/requirements/name.ts";

test("spellings of one name are one name", () => {
  for (const spelling of ["Foo.Bar", "foo_bar", "FOO--bar", "foo-._-bar"]) {
    assert.equal(normalizeName(spelling), "foo-bar");
  }
});

test("a name begins and ends with a letter or a digit", () => {
  for (const name of ["a", "A1", "zope.interface", "ruamel.yaml-clib", "0x10"])
    assert.ok(isValidName(name));
  for (const name of ["", "-a", "a-", "_a", "a b", "é", "a\n"]) assert.ok(!isValidName(name));
});
