import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withEdits } from "../../src/migration/edit.ts";
import { findSites } from "../../src/migration/find.ts";
import { readJson } from "../../src/migration/formats/json-text.ts";
import { allTexts, isProblem, readYaml } from "../../src/migration/formats/yaml-text.ts";
import type { Site } from "../../src/migration/site.ts";
import { inputOf } from "./input.ts";

const PATHS = [
  ".github/workflows/ci.yml",
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
  ".circleci/config.yml",
  ".travis.yml",
  "bitbucket-pipelines.yml",
  "services/a/Dockerfile",
  ".dockerignore",
  "compose.yaml",
  ".pre-commit-config.yaml",
  "package.json",
  ".vscode/tasks.json",
  ".vscode/settings.json",
  ".devcontainer/devcontainer.json",
  "Procfile",
  "a.service",
  "tox.ini",
  "run.bat",
  "run.ps1",
  "README.md",
  "docs/x.rst",
  "docs/x.adoc",
  "tools/x.py",
  "pyproject.toml",
  "setup.cfg",
] as const;

/** Pieces that files of all these kinds are made of, whole and broken. */
const PIECES = [
  "python main.py",
  "pip install -r requirements.txt",
  "python -m venv venv",
  ". venv/bin/activate",
  "source venv/bin/activate && pytest",
  "call venv\\Scripts\\activate.bat",
  "venv\\Scripts\\python.exe main.py",
  "if not exist venv (",
  "cd services/a",
  "jobs:\n  a:\n    steps:\n",
  "      - run: ",
  "      - run: |\n          ",
  "    - ",
  "script:\n",
  "steps:\n",
  "default:\n  before_script:\n",
  "FROM python:3.11\n",
  "COPY requirements.txt .\n",
  "RUN pip install -r requirements.txt \\\n",
  '{ "scripts": { "a": "python main.py" } }',
  '"command": "python", "args": ["main.py"]',
  "```bash\n",
  "`python main.py`",
  ".. code-block:: bash\n\n   ",
  "${{ matrix.x }}",
  "$(x.y)",
  "<<EOF\n",
  "EOF\n",
  "\n",
  "\r\n",
  "\t",
  "  ",
  '"',
  "'",
  "#",
  ": ",
  "{",
  "}",
  "[",
  "]",
  "|",
  "&",
  "^",
  "\\",
  "é😀",
  "\u0000",
  "&a ",
  "*a",
  "<<: *a\n",
  "!reference [a, script]",
];
const texts = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 25 })
  .map((pieces) => pieces.join(""));

function sitesOf(path: string, text: string, excluded: readonly string[] = []): readonly Site[] {
  const files = { [path]: text, "main.py": "", "services/a/main.py": "" };
  const input = inputOf(files, {
    accounted: new Set(["requirements.txt", "services/a/requirements.txt"]),
    environments: new Set(["venv"]),
    consoleScripts: new Set(["pytest"]),
    excluded: new Set(excluded),
  });
  return findSites(input).filter((site) => site.path === path);
}

for (const path of PATHS) {
  test(`${path}: whatever its text, nothing throws, edits do not overlap, and twice changes nothing`, () => {
    const law = fc.property(texts, (text) => {
      const sites = sitesOf(path, text);
      const edits = sites.flatMap((site) => site.edits);
      for (const { start, end } of edits)
        assert.ok(0 <= start && start <= end && end <= text.length);
      const done = withEdits(text, edits); // throws where they overlap
      const again = sitesOf(path, done).flatMap((site) => site.edits);
      assert.equal(withEdits(done, again), done);
      assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
      for (const site of sites) {
        assert.ok(site.line >= 1 && site.column >= 1 && site.reason !== "");
        assert.ok(site.kind !== "report" || site.edits.length === 0);
        // Each can be left out, and then makes no edit.
        const left = sitesOf(path, text, [site.id]);
        withEdits(
          text,
          left.flatMap((one) => one.edits),
        );
        for (const one of left) assert.ok(one.id !== site.id || one.edits.length === 0);
      }
    });
    fc.assert(law, { numRuns: 150 });
  });
}

test("a YAML file that is edited is the same YAML but for the texts that were", () => {
  const command = fc.constantFrom(
    "python main.py",
    "pip install -r requirements.txt",
    "python main.py # x",
    "python -m venv venv",
    "echo 'a: b'",
    "pytest -q",
    "cd services/a && python main.py",
    "pip install -U pip",
  );
  let edited = 0;
  const law = fc.property(
    fc.array(fc.tuple(command, fc.constantFrom("plain", "'", '"', "|", ">")), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.boolean(),
    (steps, crlf) => {
      const written = steps.map(([text, style]) => {
        if (style === "plain")
          return text.includes(": ") || text.includes(" #")
            ? `'${text.replaceAll("'", "''")}'`
            : text;
        if (style === "'") return `'${text.replaceAll("'", "''")}'`;
        return style === '"' ? JSON.stringify(text) : `${style}\n          ${text}\n`;
      });
      const lf = `# top\njobs:\n  a: # job\n    steps:\n${written.map((text, i) => `      - name: 'step ${i}' # n\n        run: ${text.trimEnd()}\n`).join("")}`;
      const before = crlf ? lf.replaceAll("\n", "\r\n") : lf;
      const sites = sitesOf(".github/workflows/ci.yml", before);
      const done = withEdits(
        before,
        sites.flatMap(({ edits }) => edits),
      );
      if (done !== before) edited++;
      const after = readYaml(done);
      assert.ok(!isProblem(after), done);
      const values = allTexts(after).map(({ value }) => value);
      const kept = values.filter((value) => !/build\/python|^(run|name)$/.test(value));
      const original = allTexts(readYaml(before) as Exclude<typeof after, { reason: string }>).map(
        ({ value }) => value,
      );
      let at = 0;
      for (const value of kept) {
        const found = original.indexOf(value, at);
        assert.ok(found >= 0, `${value} is new, or out of order, in ${done}`);
        at = found;
      }
      assert.ok(done.split("\n").every((line) => line === "" || !crlf || line.endsWith("\r")));
    },
  );
  fc.assert(law, { numRuns: 300 });
  assert.ok(edited > 150, `${edited} edited`);
});

test("a JSON file that is edited is the same JSON but for the strings that were", () => {
  const text = `{ // c\n "scripts": { "a": "python main.py \\"x\\"", "b": "tsc", },\n}\n`;
  const done = withEdits(
    text,
    sitesOf("package.json", text).flatMap(({ edits }) => edits),
  );
  assert.notEqual(done, text);
  const scripts = readJson(done)?.children?.[0]?.children?.[1];
  assert.deepEqual(
    scripts?.children?.map(({ children }) => children?.map(({ value }) => value)),
    [
      ["a", 'python build/python/run.py main.py "x"'],
      ["b", "tsc"],
    ],
  );
});
