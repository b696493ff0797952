import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, setsItsPath } from "../../src/monorepo/import-statements.ts";

const said = (text: string) =>
  importsOf(text).map(({ module, names, level, guarded, span }) => {
    const from = ".".repeat(level) + module;
    return `${span.line}:${span.column} ${[from, ...names].join(" ")}${guarded ? " ?" : ""}`;
  });

const cases: [string, string, string[]][] = [
  ["one module", "import a", ["1:1 a"]],
  ["several, renamed and dotted", "import a.b as c, d", ["1:1 a.b", "1:1 d"]],
  ["names in parentheses", "from a.b import (\n  c as d,\n  e,\n)", ["1:1 a.b c e"]],
  ["everything", "from a import *", ["1:1 a *"]],
  ["relative", "from . import x\nfrom ...a import y", ["1:1 . x", "2:1 ...a y"]],
  ["on one line", "import os; import q", ["1:1 os", "1:12 q"]],
  ["in a function", "def f():\n    import a", ["2:5 a"]],
  [
    "that may fail",
    "try:\n    import a\nexcept ImportError:\n    import b",
    ["2:5 a ?", "4:5 b ?"],
  ],
  ["for types only", "if typing.TYPE_CHECKING:\n    import a\nimport b", ["2:5 a ?", "3:1 b"]],
  ["in strings and comments: none", '"""\nimport a\n"""\n# import b\nx = "import c"', []],
  ["after broken code", "x = (\n\nimport a", ["3:1 a"]],
];
for (const [name, text, expected] of cases) {
  test(`imports ${name}`, () => assert.deepEqual(said(text), expected));
}

test("a file that sets sys.path is known by its words", () => {
  assert.ok(setsItsPath('import sys\nsys.path.insert(0, "lib")'));
  assert.ok(setsItsPath('sys.path += ["lib"]'));
  assert.ok(!setsItsPath("print(sys.path)"));
  assert.ok(!setsItsPath("if x in sys.path == y: pass"));
});
