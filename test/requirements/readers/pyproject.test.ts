import assert from "node:assert/strict";
import { test } from "node:test";
import { readPyproject } from "../../../src/requirements/readers/pyproject.ts";
import { said } from "./said.ts";

const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
  ["nothing", ""],
  ["a file for tools only", "[tool.black]\nline-length = 100\n"],
  [
    "PEP 621",
    `[project]
dependencies = [
  "flask[async] >= 2 ; python_version < '3.12'",  # why
  'six',
  """
requests""",
]
optional-dependencies.Dev_x = ["pytest"]
[build-system]
requires = ["setuptools>=61"]
`,
    '3:4 flask[async]>=2 ; python_version < "3.12"',
    "4:4 six",
    "6:1 requests",
    "8:33 pytest (optional dev-x)",
    "10:14 setuptools>=61 (build)",
  ],
  [
    "what PEP 621 does not allow",
    '[project]\ndependencies = ["a ==", 1]\nrequires-python = "3.9"\n[project.optional-dependencies]\nx = "y"\n',
    "2:18 ? expected a version specifier, @ or a semicolon or the end",
    "2:25 ? expected a requirement in quotes",
    "3:20 ? requires-python: not a valid version specifier",
    "5:6 ? expected a list of requirements",
  ],
  [
    "PEP 735 with includes",
    '[dependency-groups]\nTest_All = ["pytest", {include-group = "Lint"}]\nlint = ["ruff==1"]\n',
    "2:14 pytest (group test-all)",
    "3:10 ruff==1 (group lint)",
  ],
  [
    "PEP 735 with mistakes",
    '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}]\nc = [{include-group = "d"}, {x = 1}, 2]\nA = []\n',
    "2:6 ? the groups include each other: a → b → a",
    "3:6 ? the groups include each other: b → a → b",
    "4:6 ? there is no group d",
    "4:29 ? expected a requirement in quotes",
    "4:38 ? expected a requirement in quotes",
    "5:1 ? A and a are the same name for a group",
  ],
  [
    "uv's sources",
    `[project]
dependencies = ["torch>=2", "own", "member", "named", "other @ https://h/o.zip"]
[dependency-groups]
lint = ["tool"]
[tool.uv.sources]
Torch = { git = "https://h/t.git", rev = "abc", subdirectory = "py" }
own = { path = "../own", editable = true }
member = { workspace = true }
named = { index = "corp" }
other = { path = "never" }
tool = [{ url = "https://h/tool.zip", group = "lint" }]
[[tool.uv.index]]
name = "corp"
url = "https://corp/simple"
[tool.uv]
dev-dependencies = ["pytest"]
constraint-dependencies = ["x<2"]
`,
    "2:18 torch>=2 @ git+https://h/t.git@abc#subdirectory=py",
    "2:30 -e own @ ../own",
    "2:37 member",
    "2:47 named",
    "2:56 other @ https://h/o.zip",
    "4:10 tool @ https://h/tool.zip (group lint)",
    "9:1 note: uv takes this package from one index only",
    "14:8 --extra-index-url https://corp/simple",
    "16:22 pytest (group dev)",
    "17:29 note: uv's constraint-dependencies: this requires nothing by itself",
  ],
  [
    "uv sources by marker",
    '[project]\ndependencies = ["a"]\n[tool.uv.sources]\na = [{ path = "x", marker = "os_name == \'nt\'" }, { path = "y" }]\n',
    "2:18 a",
    "4:1 ? a source that depends on a marker",
  ],
  [
    "Poetry",
    `[tool.poetry.dependencies]
python = "^3.9"
a = "^1.2"
b = { version = "~1", extras = ["y", "x"], optional = true }
c = [{ version = "^1", python = "<3.8" }, { version = "^2", markers = "os_name == 'nt' or extra == 'z'", python = ">=3.8" }]
d = { path = "../d", develop = true }
e = ">=1 || <0.5"
f = 1
"g g" = "*"
[tool.poetry.extras]
more = ["B"]
[tool.poetry.dependencies.h]
git = "git@h:o/r.git"
tag = "v1"
[tool.poetry.dev-dependencies]
i = "*"
[tool.poetry.group.Docs.dependencies]
j = { version = "*", source = "corp", allow-prereleases = true }
[[tool.poetry.source]]
name = "corp"
url = "https://corp/simple"
priority = "supplemental"
`,
    "3:1 a>=1.2,<2.0",
    "4:1 b[x,y]>=1,<2 (optional more)",
    '5:6 c>=1,<2 ; python_version < "3.8"',
    '5:43 c>=2,<3 ; (os_name == "nt" or extra == "z") and python_version >= "3.8"',
    "6:1 -e d @ ../d",
    '7:1 ? one requirement cannot say "or": >=1 || <0.5',
    "8:1 ? a dependency is a constraint or a table",
    '9:1 ? "g g" is no package name',
    "12:1 h @ git+ssh://git@h/o/r.git@v1",
    "16:1 i (group dev)",
    "18:1 j (group docs)",
    "18:22 note: Poetry takes this package from one index only",
    "18:39 note: Poetry takes pre-releases of this package",
    "21:8 --extra-index-url https://corp/simple",
  ],
  [
    "Poetry beside [project]",
    `[project]
dependencies = ["a>=1", "b"]
[tool.poetry.dependencies]
a = { path = "../a" }
c = "^1"
`,
    "2:18 a>=1 @ ../a",
    "2:26 b",
    "4:1 note: Poetry takes only the source from here: the package is declared by the standard table",
    "5:1 note: Poetry does not read this: the standard table declares the group without it",
  ],
  [
    "what setuptools reads from files",
    `[project]
dynamic = ["dependencies", "version"]
[tool.setuptools.dynamic]
dependencies = { file = ["requirements.txt", "more.txt"] }
optional-dependencies.dev = { file = "dev.txt" }
`,
    "4:27 include requirements.txt",
    "4:47 include more.txt",
    "5:39 include dev.txt (optional dev)",
  ],
  [
    "dependencies that a build computes",
    '[build-system]\nbuild-backend = "hatchling.build"\n[project]\ndynamic = ["dependencies"]\n',
    "4:13 ? dependencies are computed by hatchling.build when the project is built",
  ],
  [
    "dependencies that setup.py has",
    '[project]\ndynamic = ["dependencies"]\n',
    "2:13 note: dependencies stand in setup.py or setup.cfg",
  ],
  [
    "the groups of PDM and Hatch",
    '[tool.pdm.dev-dependencies]\ntest = ["pytest", "-e file:///x#egg=x"]\n[tool.hatch.envs.lint]\ndependencies = ["ruff"]\n',
    "2:10 pytest (group test)",
    "2:20 -e x @ file:///x#egg=x (group test)",
    "4:18 ruff (group lint)",
  ],
  ["a value that is missing", "[project]\nname = \n", "3:1 ? not valid TOML: Unexpected token"],
];

for (const [what, text, ...expected] of rows) {
  for (const [name, ends] of [
    ["", "\n"],
    [", with CR LF", "\r\n"],
  ] as const) {
    test(`reads ${what}${name}`, () => {
      const read = said(readPyproject("pyproject.toml", text.replaceAll("\n", ends)));
      if (what === "a value that is missing") {
        assert.equal(read.length, 1);
        assert.match(read[0]!, /^\d:\d+ \? not valid TOML: /);
      } else assert.deepEqual(read, expected);
    });
  }
}

test("metadata comes from [project], else from Poetry", () => {
  const project = readPyproject(
    "p",
    '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\n',
  );
  assert.deepEqual(project.metadata, {
    name: "a",
    version: "1",
    requiresPython: { value: ">=3.9", span: { line: 4, column: 20, endLine: 4, endColumn: 25 } },
  });
  const poetry = readPyproject(
    "p",
    '[tool.poetry]\nname = "b"\n[tool.poetry.dependencies]\npython = "~2.7 || ^3.4"\n',
  );
  assert.equal(poetry.metadata?.name, "b");
  assert.equal(
    poetry.metadata?.requiresPython?.value,
    ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,<4.0",
  );
});

test("which group includes which is told, with its place", () => {
  const read = readPyproject(
    "p",
    '[dependency-groups]\nall = [{include-group = "Lint"}]\nlint = []\n',
  );
  const span = { line: 2, column: 8, endLine: 2, endColumn: 32 };
  assert.deepEqual(read.groupIncludes, [
    { group: "all", includes: "lint", span, raw: '{include-group = "Lint"}' },
  ]);
});

test("a table that is nested too deeply is not understood, and nothing breaks", () => {
  const read = readPyproject("p", `a = ${"[".repeat(100_000)}`);
  assert.equal(read.notUnderstood.length, 1);
});
