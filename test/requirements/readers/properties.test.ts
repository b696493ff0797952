/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: requirements files have variables written like this */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Declaration, Reading, Span } from "../../../src/requirements/declaration.ts";
import { decode } from "../../../src/requirements/readers/decode.ts";
import { isArchive } from "../../../src/requirements/readers/pip-link.ts";
import { readSource, readText } from "../../../src/requirements/readers/read.ts";
import { readRequirementsFile } from "../../../src/requirements/readers/requirements-txt.ts";
import { requirementsText } from "../../oracle/requirements-lines.ts";

const files = [
  ..."requirements.txt pyproject.toml setup.cfg setup.py Pipfile environment.yml x.py poetry.lock".split(
    " ",
  ),
];

/** Pieces that the formats are made of, so that random texts reach deep into the readers. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  "pyproject.toml": [
    ...[
      "[project]\n",
      "dependencies = [",
      "]",
      "'a>=1'",
      '"b ; os_name==\\"nt\\""',
      ",",
      "\n",
      "[dependency-groups]\n",
    ],
    ...[
      "g = [",
      "{include-group='g'}",
      "[tool.poetry.dependencies]\n",
      "a = '^1'\n",
      "b = {path='x'}\n",
      "c = [{version='*'}]\n",
    ],
    ...[
      "[tool.uv.sources]\n",
      "a = {git='u'}\n",
      "python = '^3'\n",
      "requires-python = '>=3'\n",
      "'''",
      "[[x]]\n",
      "x.y = 1\n",
    ],
  ],
  "setup.cfg": [
    ...[
      "[options]\n",
      "install_requires =",
      "\n  a>=1",
      "\n  b # c",
      "; d",
      "file: r.txt",
      "\n",
      "[options.extras_require]\n",
    ],
    ...["x = y\n", "# c\n", "[metadata]\nname = n\n", "python_requires = >=3\n", "%(x)s", ":", "="],
  ],
  "setup.py": [
    ...[
      "setup(",
      ")",
      "install_requires=",
      "extras_require=",
      "[",
      "]",
      "'a>=1'",
      '"b"',
      ",",
      "{",
      "}",
      ":",
      "x = ",
      "x",
    ],
    ...[
      "\n",
      "+",
      "open('requirements.txt')",
      "**",
      "*",
      "f'{x}'",
      "'''a\nb'''",
      "dict(",
      "if x:\n  ",
      "def f():\n  return ",
      "\\",
    ],
  ],
  Pipfile: [
    ...[
      "[packages]\n",
      "a = '*'\n",
      "b = {version='>=1', extras=['x']}\n",
      "[dev-packages]\n",
      "c = {git='u'}\n",
      "[[source]]\nurl='u'\n",
    ],
    ...["[requires]\npython_version='3.9'\n", "d = 1\n", "'e e' = '1'\n", "}", "'"],
  ],
  "environment.yml": [
    ...[
      "dependencies:\n",
      "  - a=1\n",
      "  - pip:\n",
      "    - b>=1 # c\n",
      "    - '-r x.txt'\n",
      '    - "d\\\\\n      e"\n',
      "&x ",
      "*x",
    ],
    ...[
      "  - python=3.9\n",
      "    - |\n      f\n      g\n",
      "- ",
      ": ",
      "{",
      "}",
      "\t",
      "#",
      "    - >-\n      h\n       i\n",
    ],
  ],
  "x.py": [
    ...[
      "# /// script\n",
      "# ///\n",
      "# dependencies = [",
      "#  'a>=1',\n",
      "# ]\n",
      "#\n",
      "# requires-python = '>=3'\n",
      "x\n",
      "\r\n",
    ],
    ...["# [tool.uv.sources]\n", "# a = {path='x'}\n", "# '''", "#\u2028# "],
  ],
};

const texts = (file: string): fc.Arbitrary<string> => {
  if (file === "requirements.txt") return requirementsText;
  const made = fc.array(fc.constantFrom(...(pieces[file] ?? ["a"])), { maxLength: 30 });
  return fc.oneof(
    made.map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 60 }),
  );
};

const lineEnds = fc.constantFrom("\n", "\r\n", "\r");

for (const file of files) {
  test(`reading ${file} never throws on any bytes`, () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (bytes) => readSource(file, bytes).file === file,
      ),
    );
  });

  test(`what is read from ${file} stands where it says`, () => {
    fc.assert(
      fc.property(texts(file), lineEnds, (drawn, ends) => {
        const text = drawn.replaceAll("\n", ends);
        for (const { span, raw } of placesOf(readText(file, text))) {
          assert.equal(slice(text, span), raw);
        }
      }),
      { numRuns: 500 },
    );
  });
}

function placesOf(read: Reading): { span: Span; raw: string }[] {
  return [
    ...read.declarations,
    ...read.references,
    ...read.options,
    ...read.notUnderstood,
    ...read.notes,
  ];
}

/** The text of a span, found as an editor finds it: by lines that end in LF, CR LF or CR. */
function slice(text: string, { line, column, endLine, endColumn }: Span): string {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  if (lines.length === 0) lines.push("");
  if (line === endLine) return (lines[line - 1] ?? "").slice(column - 1, endColumn - 1);
  const inner = lines.slice(line, endLine - 1).join("");
  return (
    lines[line - 1]!.slice(column - 1) + inner + (lines[endLine - 1] ?? "").slice(0, endColumn - 1)
  );
}

/** A declaration as a line of a requirements file. */
function printed(one: Declaration): string {
  const extras = one.extras.length > 0 ? `[${one.extras.join(",")}]` : "";
  const marker = one.marker === null ? "" : ` ; ${one.marker}`;
  const rest = [
    ...one.hashes.map((hash) => `--hash=${quoted(hash)}`),
    ...(one.configSettings ?? []).map((set) => `--config-settings=${quoted(set)}`),
  ];
  const options = rest.map((option) => ` ${option}`).join("");
  // pip reads extras behind a path, and behind a file URL that is editable.
  const behind = /^[a-z+]+:/i.test(one.link ?? "") && !one.editable ? "" : extras;
  const target = one.link === null ? one.name + extras + one.specifier : one.link + behind;
  const direct = one.link !== null && one.name !== null && one.specifier === "";
  const whole = direct ? `${one.name}${extras} @ ${one.link}` : target;
  return one.editable ? `-e ${quoted(whole + marker)}${options}` : `${whole}${marker}${options}`;
}

function quoted(text: string): string {
  return /^[\w:/.@#=+-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

test("a declaration printed as a line reads back as the same", () => {
  let compared = 0;
  fc.assert(
    fc.property(requirementsText, (text) => {
      for (const one of readRequirementsFile("r.txt", text).declarations) {
        // pip reads what ends in brackets as a path with extras, a backslash at the end as a
        // continuation, a name like `a.zip` alone as a file,
        // and ignores the marker of an editable path.
        const unclear =
          /[[\]\s]|\\$/.test(one.link ?? "") ||
          (one.link === null && isArchive(one.name! + one.specifier)) ||
          (one.editable && one.marker !== null && one.name === null);
        if (unclear) continue;
        const [again] = readRequirementsFile("r.txt", printed(one)).declarations;
        assert.ok(again !== undefined, printed(one));
        assert.deepEqual(
          { ...again, raw: "", span: null },
          { ...one, raw: "", span: null },
          printed(one),
        );
        compared++;
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(compared > 500, `${compared} compared`);
});

test("the same text in another encoding reads the same", () => {
  fc.assert(
    fc.property(requirementsText, (text) => {
      fc.pre(text.isWellFormed() && !text.startsWith("\ufeff") && !/coding[:=]/.test(text));
      const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
      assert.equal(decode(utf16).text, text);
      assert.deepEqual(
        readSource("requirements.txt", utf16),
        readSource("requirements.txt", Buffer.from(text)),
      );
    }),
  );
});

const monsters = [
  "a",
  "[",
  "a[",
  " ",
  "\\",
  "#",
  " #",
  "-",
  "--a ",
  '"',
  "(",
  "@",
  ";",
  "==1,",
  "./",
  "a\\\n",
  "[a]\n",
  "\n",
  "\r",
  "${A}",
];

for (const file of files) {
  test(`a huge ${file} is read in time`, () => {
    for (const unit of monsters) {
      const start = performance.now();
      readText(file, unit.repeat(20_000 / unit.length));
      assert.ok(performance.now() - start < 5000, JSON.stringify(unit));
    }
  });
}
