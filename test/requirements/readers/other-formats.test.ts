import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvironment } from "../../../src/requirements/readers/environment-yml.ts";
import { hasScriptBlock, readScript } from "../../../src/requirements/readers/pep723.ts";
import { readPipfile } from "../../../src/requirements/readers/pipfile.ts";
import { readSource, readText } from "../../../src/requirements/readers/read.ts";
import { said } from "./said.ts";

const CONDA = "note: a Conda package: pip cannot install it from here";

test("reads a Pipfile", () => {
  const text = `[[source]]
url = "https://public/simple"
name = "pypi"
[[source]]
url = "https://corp/simple"
name = "corp"
[packages]
flask = "*"
requests = {version = ">=2,<3", extras = ["socks"], markers = "python_version < '3'", sys_platform = "== 'win32'"}
a = {git = "https://h/a.git", ref = "v1", editable = true}
b = "1.0"
c = "^1"
d = {path = ".", editable = true, index = "corp"}
[dev-packages]
pytest = ">=7"
[docs]
sphinx = "~=5.0"
[scripts]
run = "python x.py"
[requires]
python_version = "3.10"
`;
  const read = readPipfile("Pipfile", text);
  assert.deepEqual(said(read), [
    "5:8 --extra-index-url https://corp/simple",
    "8:1 flask",
    '9:1 requests[socks]>=2,<3 ; python_version < "3" and sys_platform == "win32"',
    "10:1 -e a @ git+https://h/a.git@v1",
    "11:1 b==1.0",
    '12:1 ? "^1" is no version specifier',
    "13:1 -e d @ .",
    "13:35 note: Pipenv takes this package from one index only",
    "15:1 pytest>=7 (group dev)",
    "17:1 sphinx~=5.0 (group docs)",
  ]);
  assert.equal(read.metadata?.requiresPython?.value, "==3.10.*");
});

test("a broken Pipfile is one entry", () => {
  const [only, ...more] = said(readPipfile("Pipfile", "[packages]\na = \n"));
  assert.match(only ?? "", /^\d:\d+ \? not valid TOML: /);
  assert.deepEqual(more, []);
});

test("reads environment.yml: pip's lines, Conda's packages, Python", () => {
  const text = `name: x
channels: [conda-forge]
dependencies:
  - python=3.10
  - numpy=1.20
  - conda-forge::scipy>=1  # why
  - pip:
      - flask==2.0  # c
      - "requests >=2 # d"
      - -r requirements.txt
      - --extra-index-url https://corp
      - git+https://h/x.git#egg=x
      - 'bad =='
      - {a: b}
  - other: []
  - [a]
`;
  for (const ends of ["\n", "\r\n"]) {
    const read = readEnvironment("environment.yml", text.replaceAll("\n", ends));
    assert.deepEqual(said(read), [
      `5:5 ${CONDA}`,
      `6:5 ${CONDA}`,
      "8:9 flask==2.0",
      "9:10 requests>=2",
      "10:9 include requirements.txt",
      "11:9 --extra-index-url https://corp",
      "12:9 x @ git+https://h/x.git#egg=x",
      "13:10 ? expected a version specifier, @ or a semicolon or the end",
      "14:9 ? expected a package, or a list of lines under pip:",
      "15:5 ? expected a package, or a list of lines under pip:",
      "16:5 ? expected a package, or a list of lines under pip:",
    ]);
    assert.deepEqual(read.metadata?.requiresPython, {
      value: "==3.10.*",
      span: { line: 4, column: 5, endLine: 4, endColumn: 16 },
    });
  }
});

const pythons: readonly (readonly [string, string | undefined])[] = [
  ["python", undefined],
  ["python=3.10", "==3.10.*"],
  ["python =3.8", "==3.8.*"],
  ["python 3.10", "==3.10.*"],
  ["python=3.10.4=h12_0", "==3.10.4.*"],
  ["python=3.10.*", "==3.10.*"],
  ["python==3.10.4", "==3.10.4"],
  ["python>=3.9,<3.12", ">=3.9,<3.12"],
  ["conda-forge::python>=3.9", ">=3.9"],
];

for (const [spec, bound] of pythons) {
  test(`Conda's ${spec} bounds Python by ${bound}`, () => {
    const read = readEnvironment("e", `dependencies:\n  - ${JSON.stringify(spec)}\n`);
    assert.equal(read.metadata?.requiresPython?.value, bound);
    assert.deepEqual(said(read), []);
  });
}

for (const spec of ["python=3.9|3.10", "python[version='>=3']", "python-dateutil=2", "3.10"]) {
  test(`${spec} is a Conda package like others`, () => {
    assert.deepEqual(said(readEnvironment("e", `dependencies:\n  - ${JSON.stringify(spec)}\n`)), [
      `2:5 ${CONDA}`,
    ]);
  });
}

test("YAML that is none is one entry; YAML of others is none", () => {
  assert.match(
    said(readEnvironment("e", "dependencies: [\n")).join(),
    /^2:1 \? not valid YAML: [^,]+$/,
  );
  assert.deepEqual(said(readEnvironment("e", "services:\n  - web\n")), []);
  assert.deepEqual(said(readEnvironment("e", "{{ template: [\n")), []);
  assert.deepEqual(said(readEnvironment("e", "- a\n")), []);
  assert.deepEqual(said(readEnvironment("e", "")), []);
});

test("Conda's own pip is nothing to mind", () => {
  const text = "dependencies:\n- pip\n- pip>=23\n- pip-tools\n";
  assert.deepEqual(said(readEnvironment("e", text)), [
    "4:3 note: a Conda package: pip cannot install it from here",
  ]);
});

test("an environment file that is too long, or says its dependencies twice, is not guessed at", () => {
  const long = `dependencies:\n${"- a\n".repeat(60_000)}`;
  assert.match(said(readEnvironment("e", long)).join(), /^1:1 \? longer than 200000 characters/);
  const twice = "dependencies:\n- pip:\n  - a\ndependencies:\n- pip:\n  - b\n";
  assert.deepEqual(said(readEnvironment("e", twice)), [
    "3:5 a",
    "4:1 ? a second list of dependencies",
  ]);
});

const block = `#!/usr/bin/env python
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "requests<3",
#
#   "rich ; os_name=='nt'",
# ]
# [tool.uv.sources]
# rich = { path = "../rich" }
# ///
import requests
`;

test("reads the block of a script, by the places in the file", () => {
  for (const ends of ["\n", "\r\n"]) {
    const read = readScript("x.py", block.replaceAll("\n", ends));
    assert.deepEqual(said(read), [
      "5:6 requests<3 (script)",
      '7:6 rich @ ../rich ; os_name == "nt" (script)',
    ]);
    assert.deepEqual(
      read.declarations.map((one) => one.raw),
      ["requests<3", "rich ; os_name=='nt'"],
    );
    assert.deepEqual(read.metadata?.requiresPython, {
      value: ">=3.11",
      span: { line: 3, column: 22, endLine: 3, endColumn: 28 },
    });
  }
});

const noBlocks = [
  "# /// script\n# dependencies = ['a']\n", // no end
  "# /// script\n#dependencies = ['a']\n# ///\n", // no blank after #
  " # /// script\n # dependencies = ['a']\n # ///\n", // indented
  "# /// script \n# dependencies = ['a']\n# ///\n", // something after the type
  "# /// script\n# ///\n", // no content
  "# /// other\n# dependencies = ['a']\n# ///\n",
];

for (const text of noBlocks) {
  test(`no script block: ${JSON.stringify(text)}`, () => {
    assert.equal(hasScriptBlock(text), false);
    assert.deepEqual(said(readScript("x.py", text)), []);
  });
}

test("the last closing line ends a block; two blocks are an error", () => {
  const inner = "# /// script\n# dependencies = ['a']\n# ///\n# ///\n";
  assert.match(said(readScript("x.py", inner)).join(), /not valid TOML/);
  const two =
    "# /// script\n# dependencies = []\n# ///\n\n# /// script\n# dependencies = ['a']\n# ///\n";
  assert.deepEqual(said(readScript("x.py", two)), [
    "5:1 ? a second script block: PEP 723 allows one",
  ]);
});

test("a block that is no TOML is one entry with the file's own text", () => {
  const read = readScript("x.py", "# /// script\n# dependencies = [1\n# ///\n");
  assert.equal(read.notUnderstood.length, 1);
  assert.match(read.notUnderstood[0]!.reason, /not valid TOML/);
});

test("locks are recognised and hold no declarations", () => {
  for (const name of ["poetry.lock", "uv.lock", "Pipfile.lock", "pylock.toml"]) {
    const read = readText(`a/${name}`, "[[package]]\nname = 'a'\n");
    assert.equal(read.format, name);
    assert.deepEqual(said(read), []);
  }
  assert.equal(readText("pylock.dev.toml", "").format, "pylock.toml");
});

test("a source is read by its name, decoded as pip decodes", () => {
  const read = readSource("a/requirements-dev.txt", Buffer.from("# caf\xe9\nflask", "latin1"));
  assert.deepEqual(said(read), ["1:1 note: not UTF-8: read as latin-1", "2:1 flask"]);
  const mark = readSource("pyproject.toml", Buffer.from("\ufeff[project]\ndependencies=['a']\n"));
  assert.deepEqual(said(mark), ["2:16 a"]);
});
