import assert from "node:assert/strict";
import { test } from "node:test";
import { withEntries, withPythonpath } from "../../src/editor/import-roots/entries.ts";

test("what a person has stays, what we wrote follows", () => {
  assert.deepEqual(withEntries(["mine"], [], ["a"]), ["mine", "a"]);
  assert.deepEqual(withEntries(["a", "mine", "b"], ["a", "b"], ["b", "c"]), ["mine", "b", "c"]);
  assert.deepEqual(withEntries(["a"], [], ["a"]), ["a"]);
  assert.deepEqual(withEntries(["a", "mine"], ["a"], []), ["mine"]);
});

const table: [string, string, string[], string[], string | null][] = [
  ["an empty file", "", [], ["/r", "/r/a"], "PYTHONPATH=/r:/r/a\n"],
  ["no line yet", "KEY=1", [], ["/r"], "KEY=1\nPYTHONPATH=/r\n"],
  ["line ends stay", "KEY=1\r\n", [], ["/r"], "KEY=1\r\nPYTHONPATH=/r\r\n"],
  ["a person's own", "PYTHONPATH=src\nKEY=1\n", [], ["/r"], "PYTHONPATH=src:/r\nKEY=1\n"],
  ["quotes", "export PYTHONPATH = 'a:b'\n", [], ["/r"], "export PYTHONPATH=a:b:/r\n"],
  ["blanks", "", [], ["/my r"], 'PYTHONPATH="/my r"\n'],
  ["ours follows", "PYTHONPATH=/r:/r/a:x\n", ["/r", "/r/a"], ["/r"], "PYTHONPATH=/r:x\n"],
  ["a comment is none", "# PYTHONPATH=/r\n", [], ["/r"], "# PYTHONPATH=/r\nPYTHONPATH=/r\n"],
  ["another name is none", "MY_PYTHONPATH=x\n", [], ["/r"], "MY_PYTHONPATH=x\nPYTHONPATH=/r\n"],
  ["nothing to do", "PYTHONPATH=/x:/r\n", ["/r"], ["/r"], null],
  [
    "the last counts",
    "PYTHONPATH=a\nPYTHONPATH=b\n",
    [],
    ["/r"],
    "PYTHONPATH=a\nPYTHONPATH=b:/r\n",
  ],
];

for (const [name, text, ours, wanted, expected] of table) {
  test(`PYTHONPATH in an env file: ${name}`, () => {
    const change = withPythonpath(text, ours, wanted, ":");
    assert.equal(change?.text ?? null, expected);
    if (change) {
      assert.ok(
        change.text.split(/\r?\n/).includes(change.line),
        "the line that is shown is written",
      );
      assert.equal(withPythonpath(change.text, wanted, wanted, ":"), null, "once is enough");
    }
  });
}
