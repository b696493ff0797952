import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseMarker, printMarker } from "../../src/requirements/marker.ts";
import { parseRequirement, printRequirement } from "../../src/requirements/requirement.ts";
import { writtenSpecifiers } from "../../src/requirements/specifier.ts";
import { damaged, requirementText } from "./arbitraries.ts";
import { requirement } from "./parsed.ts";

test("requirements are printed in their normal form", () => {
  for (const [text, expected] of [
    [
      " Foo.Bar [b , a,b] >= 1.0 , <2 ; python_version<'3' ",
      'Foo.Bar[a,b]<2,>=1.0; python_version < "3"',
    ],
    ["foo (>=1.0)", "foo>=1.0"],
    ["foo[]", "foo"],
    ["foo>=1.0,", "foo>=1.0"],
    ['name@http://foo.com;extra=="x"', 'name @ http://foo.com;extra=="x"'],
    ["name@http://foo.com ;extra=='x'", 'name @ http://foo.com ; extra == "x"'],
    ["foo===x,,>=1", "foo===x,>=1"],
  ] as const) {
    assert.equal(printRequirement(requirement(text)), expected);
  }
});

test("a failure says where", () => {
  for (const [text, offset] of [
    ["", 0],
    ["foo[a,]", 6],
    ["foo[a b]", 6],
    ["foo[a", 5],
    ["foo>=1.0+cu118", 8],
    ["foo>=1.0.*", 8],
    ["foo>=1,,<2", 7],
    ["foo (>=1", 8],
    ["foo @", 5],
    ["foo @ http://a.b x", 17],
    ["foo 1.0", 4],
    ["foo; bar == 'x'", 5],
    ["foo==1.0 --hash=x", 9],
    ["demo===x,y", 9],
  ] as const) {
    const failed = parseRequirement(text);
    assert.ok(isFailure(failed), text);
    assert.equal(failed.offset, offset, text);
  }
});

test("the parts stand where they are said to stand", () => {
  const text = " foo [a] (>=1.0 ,<2) ; os_name=='x' ";
  const { slices } = requirement(text);
  assert.deepEqual(
    Object.values(slices).map((slice) => slice && text.slice(slice.start, slice.end)),
    ["foo", "[a]", ">=1.0 ,<2", null, "os_name=='x'"],
  );
});

test("reading never throws, slices hold their parts, and printing reads back", () => {
  fc.assert(
    fc.property(
      fc.oneof(requirementText, damaged(requirementText), fc.string({ unit: "binary" })),
      (text) => {
        const read = parseRequirement(text);
        if (isFailure(read)) {
          assert.ok(read.offset >= 0 && read.offset <= text.length);
          return;
        }
        const { name, url, marker } = read.slices;
        assert.equal(text.slice(name.start, name.end), read.name);
        if (url !== null) assert.equal(text.slice(url.start, url.end), read.url);
        if (marker !== null && read.marker !== null) {
          const again = parseMarker(text.slice(marker.start, marker.end));
          assert.ok(!isFailure(again) && printMarker(again) === printMarker(read.marker));
        }
        for (const one of read.specifier) {
          const slice = text.slice(one.start, one.end);
          assert.ok(slice.startsWith(one.operator) && slice.endsWith(one.version));
        }
        const printed = printRequirement(read);
        assert.equal(printRequirement(requirement(printed)), printed);
        assert.equal(writtenSpecifiers(read.specifier) === "", read.slices.specifier === null);
      },
    ),
    { numRuns: 3000 },
  );
});
