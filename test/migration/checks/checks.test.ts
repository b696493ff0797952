import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { buildCall, hasCheck } from "../../../src/migration/checks/addition.ts";
import { checksToAdd } from "../../../src/migration/checks/checks.ts";
import { withEdits } from "../../../src/migration/edit.ts";

const CI = ".github/workflows/ci.yml";
const PRE_COMMIT = ".pre-commit-config.yaml";

const ask = (files: Record<string, string>, otherCi: string[] = []) =>
  checksToAdd({
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    otherCi: new Set(otherCi),
    python: "3.11",
  });

/** What the file at `path` becomes. */
const added = (path: string, text: string) => {
  const one = ask({ [path]: text }).find((addition) => addition.path === path);
  assert.ok(one, `nothing for ${path}`);
  return withEdits(text, one.edits);
};

const calls: [string, string | null][] = [
  ["python3 build/python/setup.py", "python3 build/python/setup.py"],
  ["python build/python/setup.py --locked && make", "python build/python/setup.py"],
  ["cd x; py -3 ../build/python/setup.py", "py -3 ../build/python/setup.py"],
  ['"$PYTHON" "$ROOT/build/python/setup.py"', '"$ROOT/build/python/setup.py"'],
  ["python3.11 ./build/python/setup.py\nmake", "python3.11 ./build/python/setup.py"],
  ["python build/python/setup.py check", null],
  ["python build/python/setup.py lock", null],
  ["python setup.py install", null],
  ["python build/python/setup.python", null],
];
for (const [command, expected] of calls)
  test(`what builds in ${JSON.stringify(command)}`, () =>
    assert.equal(buildCall(command), expected));

const has: [string, boolean][] = [
  ["      - run: python build/python/setup.py check\n", true],
  ["  - 'python3 \"$CI/build/python/setup.py\" check'\n", true],
  ["  # - run: python build/python/setup.py check\n", false],
  ["      - run: python build/python/setup.py\n", false],
];
for (const [text, expected] of has)
  test(`${text.trim()}: ${expected ? "is" : "is not"} a check`, () =>
    assert.equal(hasCheck({ path: CI, text }), expected));

/** Files, and the same with the check. */
const tables: [string, string, string, string][] = [
  [
    "behind the step that builds, in its folder and words; comments and spacing stay",
    CI,
    `on: [push]
jobs:
  test:
    steps:
      - uses: actions/checkout@v4   # the code

      - name: Build
        working-directory: tools
        run: |
          set -e
          python3 ../build/python/setup.py --locked

      # then the tests
      - run: make test
`,
    `on: [push]
jobs:
  test:
    steps:
      - uses: actions/checkout@v4   # the code

      - name: Build
        working-directory: tools
        run: |
          set -e
          python3 ../build/python/setup.py --locked

      - name: The central venv is what the files say
        working-directory: tools
        run: python3 ../build/python/setup.py check

      # then the tests
      - run: make test
`,
  ],
  [
    "dashes that are not indented, Windows line ends, no line end at the end",
    CI,
    "on: push\r\njobs:\r\n  a:\r\n    steps:\r\n    - uses: x\r\n    - run: python build/python/setup.py",
    "on: push\r\njobs:\r\n  a:\r\n    steps:\r\n    - uses: x\r\n    - run: python build/python/setup.py\r\n    - name: The central venv is what the files say\r\n      run: python build/python/setup.py check\r\n",
  ],
  [
    "a job of its own where no job builds",
    CI,
    "on: push\njobs:\n    lint:\n        runs-on: x\n        steps:\n            - run: make lint\n",
    `on: push
jobs:
    lint:
        runs-on: x
        steps:
            - run: make lint

    one-venv:
      runs-on: ubuntu-latest
      steps:
        - uses: actions/checkout@v4
        - uses: actions/setup-python@v5
          with:
            python-version: "3.11"
        - run: python build/python/setup.py
        - run: python build/python/setup.py check
`,
  ],
  [
    "GitLab: a line behind the one that builds",
    ".gitlab-ci.yml",
    "test:\n  script:\n    - python3 build/python/setup.py\n    - make test\n",
    "test:\n  script:\n    - python3 build/python/setup.py\n    - python3 build/python/setup.py check\n    - make test\n",
  ],
  [
    "GitLab: a job of its own in a stage that there is",
    ".gitlab-ci.yml",
    "stages: [lint, ship]\nlint:\n  stage: lint\n  script: make lint\n",
    `stages: [lint, ship]
lint:
  stage: lint
  script: make lint

one-venv:
  stage: ship
  image: python:3.11
  script:
    - python build/python/setup.py
    - python build/python/setup.py check
`,
  ],
  [
    "pre-commit: a local hook behind the others",
    PRE_COMMIT,
    "repos:\n- repo: https://example.invalid/hooks\n  rev: v1\n  hooks:\n  - id: one  # first\n",
    `repos:
- repo: https://example.invalid/hooks
  rev: v1
  hooks:
  - id: one  # first
- repo: local
  hooks:
    - id: one-venv-check
      name: the central venv is what the files say
      entry: python3 build/python/setup.py check
      language: system
      pass_filenames: false
      always_run: true
`,
  ],
];
for (const [name, path, before, after] of tables)
  test(`${name}; never twice`, () => {
    const text = added(path, before);
    assert.equal(text, after);
    assert.notDeepEqual(parse(text), parse(before), "it is still YAML, and says more");
    assert.deepEqual(
      ask({ [path]: text }).filter((one) => one.path === path),
      [],
    );
  });

test("one workflow is advised: that which builds, else the first that runs on changes", () => {
  const job = (on: string, run: string) =>
    `on: ${on}\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;
  const file = (name: string) => `.github/workflows/${name}.yml`;
  const advised = (files: Record<string, string>) =>
    ask(files)
      .filter((one) => one.advised)
      .map(({ path }) => path);
  const build = "python build/python/setup.py";
  const plain = { [file("a")]: job("release", "x"), [file("b")]: job("[push]", "x") };
  assert.deepEqual(advised(plain), [file("b")]);
  assert.deepEqual(advised({ ...plain, [file("c")]: job("pull_request", build) }), [file("c")]);
  assert.deepEqual(advised({ [file("a")]: job("release", build) }), []);
});

test("new files are offered, not advised, and are YAML that has the check", () => {
  const files = ask({});
  assert.deepEqual(
    files.map(({ path, advised }) => [path, advised]),
    [
      [".github/workflows/one-venv.yml", false],
      [PRE_COMMIT, false],
    ],
  );
  for (const { path, edits } of files) {
    const text = withEdits("", edits);
    assert.ok(parse(text));
    assert.equal(hasCheck({ path, text }), true);
  }
});

test("what cannot be written is told with what to add by hand, and has no edit", () => {
  const broken = ask({ [CI]: "jobs:\n  a: [\n" });
  assert.match(broken[0]!.reason, /^Line \d+ is not understood: .* Add "python build/);
  const flow = ask({ [PRE_COMMIT]: "repos: []\n" });
  assert.match(flow.find(({ path }) => path === PRE_COMMIT)!.reason, /no list of repos/);
  const other = ask({ "azure-pipelines.yml": "steps: []\n" }, ["azure-pipelines.yml"]);
  assert.match(other[0]!.reason, /does not write this kind of CI file/);
  for (const one of [broken[0]!, other[0]!]) assert.deepEqual(one.edits, []);
});
