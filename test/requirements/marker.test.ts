import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseMarker, printMarker } from "../../src/requirements/marker.ts";
import { subjectsOf, variablesOf } from "../../src/requirements/marker-variables.ts";
import { damaged, markerText } from "./arbitraries.ts";
import { marker } from "./parsed.ts";

test("a marker is printed in its normal form", () => {
  for (const [text, expected] of [
    ["os.name=='a'", 'os_name == "a"'],
    ["python_implementation  not \t in'x'", 'platform_python_implementation not in "x"'],
    [
      "((os_name=='a')) and (os_name=='b' or os_name=='c')",
      'os_name == "a" and (os_name == "b" or os_name == "c")',
    ],
    ["(os_name=='a' and os_name=='b')", 'os_name == "a" and os_name == "b"'],
    ["extra=='Foo_Bar'", 'extra == "foo-bar"'],
  ] as const) {
    assert.equal(printMarker(marker(text)), expected);
  }
});

test("a failure says where", () => {
  for (const [text, offset] of [
    ["", 0],
    ["os_name", 7],
    ["os_name == 'a' or", 17],
    ["os_name == 'a' xor os_name == 'b'", 15],
    ["os_name == 'a' and (os_name == 'b'", 19],
    ["os_name = 'a'", 8],
    ["name == 'a'", 0],
  ] as const) {
    const failed = parseMarker(text);
    assert.ok(isFailure(failed));
    assert.equal(failed.offset, offset, text);
  }
});

test("what a marker speaks of", () => {
  const both = marker("python_version < '3' and sys_platform == 'win32'");
  assert.deepEqual([...variablesOf(both)], ["python_version", "sys_platform"]);
  assert.deepEqual([...subjectsOf(both)], ["python", "platform"]);
  assert.deepEqual([...subjectsOf(marker("extra == 'x'"))], ["extra"]);
});

test("parentheses without end are a failure, not an exception", () => {
  assert.ok(isFailure(parseMarker("(".repeat(100_000))));
});

test("reading never throws, and what is printed reads back as the same", () => {
  fc.assert(
    fc.property(
      fc.oneof(markerText, damaged(markerText), fc.string({ unit: "binary" })),
      (text) => {
        const read = parseMarker(text);
        if (isFailure(read)) assert.ok(read.offset >= 0 && read.offset <= text.length);
        else assert.equal(printMarker(marker(printMarker(read))), printMarker(read));
      },
    ),
    { numRuns: 2000 },
  );
});
