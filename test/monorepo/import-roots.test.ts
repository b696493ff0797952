import assert from "node:assert/strict";
import { test } from "node:test";
import { importRoots } from "../../src/monorepo/import-roots.ts";
import type { Source } from "../../src/monorepo/scan.ts";
import { readRequirementsFile } from "../../src/requirements/readers/requirements-txt.ts";

/** The import roots of a tree of files, each `main.py` and `__main__.py` a script. */
async function rootsOf(
  files: Record<string, string>,
  { roots = [], declared = "" }: { roots?: string[]; declared?: string } = {},
) {
  const scripts = Object.keys(files)
    .filter((path) => /(^|\/)(main|__main__)\.py$/.test(path))
    .map((path) => ({
      path,
      kind: path.endsWith("__main__.py") ? ("package" as const) : ("main block" as const),
      blocks: [],
    }));
  const reading = readRequirementsFile("requirements.txt", declared);
  const scan = {
    walk: {
      files: Object.keys(files),
      links: [],
      environments: [],
      repositories: [],
      unread: [],
      knowsTracked: true,
    },
    scripts,
    sources: [{ reading } as unknown as Source],
  };
  return importRoots(scan, { roots, installed: [] }, async (path) => files[path] ?? "");
}

const folders = async (...args: Parameters<typeof rootsOf>) =>
  (await rootsOf(...args)).needed.map(({ folder }) => folder);

test("a package elsewhere in the repository needs the folder that holds it", async () => {
  const found = await rootsOf({
    "services/a/main.py": "import os\nimport helper\n\nfrom clients.speech import Speech\n",
    "services/a/helper.py": "",
    "generated/python/clients/__init__.py": "",
    "generated/python/clients/speech.py": "",
  });
  assert.deepEqual(found, {
    needed: [
      {
        folder: "generated/python",
        evidence: [
          {
            script: "services/a/main.py",
            file: "services/a/main.py",
            span: { line: 4, column: 1, endLine: 4, endColumn: 34 },
            module: "clients.speech",
          },
        ],
        shadows: [],
      },
    ],
    ambiguous: [],
  });
});

test("modules that the script loads are followed", async () => {
  const found = await rootsOf({
    "a/main.py": "from . import one\nimport pkg.two\n",
    "a/one.py": "",
    "pkg/__init__.py": "import far\n",
    "pkg/two.py": "",
    "lib/far.py": "import further\n",
    "more/further.py": "",
  });
  assert.deepEqual(
    found.needed.map(({ folder, evidence }) => [folder, evidence[0]!.file, evidence[0]!.script]),
    [
      ["lib", "pkg/__init__.py", "a/main.py"],
      ["more", "lib/far.py", "a/main.py"],
    ],
  );
});

test("nothing is needed for what is beside the script, at the root, or not in the repository", async () => {
  assert.deepEqual(
    await rootsOf({
      "a/main.py": "import beside, shared.thing, requests, json, missing\n",
      "a/beside.py": "",
      "shared/thing.py": "",
      "b/json/__init__.py": "",
      "b/queue.py": "",
    }),
    { needed: [], ambiguous: [] },
  );
});

test("a package's __main__ finds the package itself", async () => {
  const files = {
    "tools/census/__main__.py": "from census.count import lines\nimport near\n",
    "tools/census/__init__.py": "",
    "tools/census/count.py": "",
    "tools/census/near.py": "",
  };
  assert.deepEqual(await folders(files), []);
});

test("declared distributions are never looked for in the repository", async () => {
  const files = {
    "a/main.py": "import yaml, flask, foo_bar\n",
    "fakes/yaml.py": "",
    "fakes/flask/__init__.py": "",
    "fakes/foo_bar.py": "",
  };
  assert.deepEqual(await folders(files, { declared: "PyYAML\nFlask==3\nFoo.Bar\n" }), []);
  assert.deepEqual(await folders(files), ["fakes"]);
});

test("imports that may fail, and scripts that set sys.path, propose nothing", async () => {
  const files = {
    "a/main.py": "try:\n    import far\nexcept ImportError:\n    far = None\n",
    "b/main.py": "import sys\nsys.path.insert(0, '../lib')\nimport far\n",
    "lib/far.py": "",
  };
  assert.deepEqual(await folders(files), []);
});

test("a module in two places is reported with both, not guessed", async () => {
  const files = { "a/main.py": "import far\n", "lib/far.py": "", "old/far/__init__.py": "" };
  const found = await rootsOf(files);
  assert.deepEqual(found.needed, []);
  assert.deepEqual(
    found.ambiguous.map(({ module, candidates }) => [module, candidates]),
    [["far", ["lib", "old"]]],
  );
  assert.deepEqual(await folders(files, { roots: ["old"] }), ["old"]);
});

test("a folder that is no package comes before one that is", async () => {
  const files = {
    "a/main.py": "import far\n",
    "lib/far.py": "",
    "pkg/__init__.py": "",
    "pkg/far.py": "",
  };
  assert.deepEqual(await folders(files), ["lib"]);
});

test("a folder without __init__.py is a package for what is imported from it", async () => {
  const files = {
    "a/main.py": "from clients import speech\nimport services\nfrom services import nothing\n",
    "gen/clients/speech.py": "",
    "b/services/x.py": "",
  };
  assert.deepEqual(await folders(files), ["gen"]);
});

test("what an import root would hide is named", async () => {
  const found = await rootsOf({
    "a/main.py": "import far\n",
    "lib/far.py": "",
    "lib/queue.py": "",
    "lib/email/__init__.py": "",
  });
  assert.deepEqual(found.needed[0]!.shadows, ["email", "queue"]);
});

test("modules that import each other are followed once", async () => {
  const files = { "a/main.py": "import x\n", "lib/x.py": "import y\n", "lib/y.py": "import x\n" };
  assert.deepEqual(await folders(files), ["lib"]);
});
