import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findImports } from "../../src/monorepo/import-roots.ts";
import { type Scan, scan } from "../../src/monorepo/scan.ts";
import { tree, withoutRights } from "./tree.ts";

const withGit = { git: true };

/** One line for each source: path, project, role. */
const said = ({ sources }: Scan) =>
  sources.map(({ path, project, role }) => `${path} | ${project} | ${role}`);

test("sources belong to their folder, or to the parent of a folder named requirements", async (t) => {
  const root = tree(t, {
    "requirements.txt": "a\n",
    "services/x/requirements-dev.txt": "b\n",
    "services/x/requirements/base.txt": "c\n",
    "services/x/requirements/ci/test.txt": "e\n",
    "requirements/docs/words.txt": "What follows is prose.\nIt goes on and on.\n",
    "build/python/requirements.txt": "a==1  # .\n",
    "constraints.txt": "d<2\n",
  });
  assert.deepEqual(said(await scan(root, withGit)), [
    "build/python/requirements.txt | . | central",
    "constraints.txt | . | constraint",
    "requirements.txt | . | input",
    "services/x/requirements-dev.txt | services/x | input",
    "services/x/requirements/base.txt | services/x | input",
    "services/x/requirements/ci/test.txt | services/x | input",
  ]);
});

test("limits that One Venv keeps in build/python are no source, a person's own are", async (t) => {
  const root = tree(t, {
    "build/python/requirements.txt": "# kept by One Venv\nsix\n",
    "build/python/constraints.txt": "# Limits, kept by One Venv.\nidna<3\n",
    "build/python/own-constraints.txt": "idna<3\n",
  });
  assert.deepEqual(said(await scan(root, withGit)), [
    "build/python/own-constraints.txt | build/python | constraint",
    "build/python/requirements.txt | . | central",
  ]);
});

test("an unreadable source is a source that says why", async (t) => {
  const root = tree(t, { "requirements.txt": "six\n" });
  chmodSync(root, 0o755);
  chmodSync(join(root, "requirements.txt"), 0);
  const { sources, unread } = await withoutRights(() => scan(root, withGit));
  assert.deepEqual(
    sources.map(({ path, reason, reading }) => [path, reason, reading.declarations]),
    [["requirements.txt", "no permission to read it", []]],
  );
  assert.deepEqual(unread, [
    { path: "requirements.txt", reason: "no permission to read it", from: null },
  ]);
});

test("a file that is too large for a source is one that says why", async (t) => {
  const root = tree(t, {
    "requirements.txt": Buffer.alloc(10_000_001, "six\n"),
    "main.py": Buffer.alloc(10_000_001, "if __name__ == '__main__': pass\n"),
  });
  const { sources, scripts, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reason }) => ({ path, reason })),
    [{ path: "requirements.txt", reason: "it is larger than 10 MB" }],
  );
  assert.deepEqual(scripts, []);
  assert.equal(unread.length, 1);
});

test("local paths that exist are named, from the file's folder and from the root", async (t) => {
  const root = tree(t, {
    "services/a/requirements.txt": "-e ../lib\n./here[x]\n./lib2\n./gone\n../../../out\n",
    "services/lib/setup.py": "",
    "services/a/here/setup.py": "",
    "lib2/setup.py": "",
  });
  const { sources } = await scan(root, withGit);
  const source = sources.find(({ path }) => path === "services/a/requirements.txt");
  assert.deepEqual(source!.localPaths, ["lib2", "services/a/here", "services/lib"]);
});

test("scripts are files with a __main__ block, and packages with a __main__.py", async (t) => {
  const root = tree(t, {
    "a/main.py": 'print(1)\nif __name__ == "__main__":\n    main()\n',
    "a/no.py": '"""if __name__ == "__main__": no"""\n',
    "a/latin.py": Buffer.from(
      '# -*- coding: latin-1 -*-\nx = "\xe9"\nif __name__ == "__main__": pass\n',
      "latin1",
    ),
    "pkg/__main__.py": "print(1)\n",
  });
  const { scripts } = await scan(root, withGit);
  assert.deepEqual(
    scripts.map(({ path, kind, blocks }) => [path, kind, blocks.map(({ line }) => line)]),
    [
      ["a/latin.py", "main block", [3]],
      ["a/main.py", "main block", [2]],
      ["pkg/__main__.py", "package", []],
    ],
  );
});

test("call-site files are known by name, place or first line", async (t) => {
  const root = tree(t, {
    ".github/workflows/ci.yml": "",
    ".vscode/tasks.json": "{}",
    "bin/start": "#!/usr/bin/env bash\npython3 x.py\n",
    "bin/other": "#!/usr/bin/env python3\n",
    LICENSE: "MIT\n",
    "a/Dockerfile.dev": "",
    "deploy/app.service": "",
    "docs/notes.md": "",
    "k8s/deployment.yml": "",
  });
  const { callSiteFiles } = await scan(root, withGit);
  assert.deepEqual(
    callSiteFiles.map(({ path, kind }) => `${path} ${kind}`),
    [
      ".github/workflows/ci.yml github",
      ".vscode/tasks.json vscode",
      "a/Dockerfile.dev docker",
      "bin/start shell",
      "deploy/app.service systemd",
      "docs/notes.md document",
    ],
  );
});

test("several environments, Conda and Poetry locks are named with their paths", async (t) => {
  const root = tree(t, {
    "a/venv/pyvenv.cfg": "version = 3.11.7\n",
    "b/.venv/pyvenv.cfg": "version = 3.9.1\n",
    "build/python/venv/pyvenv.cfg": "version = 3.11.7\n",
    "a/poetry.lock": "",
    "b/poetry.lock": "",
    "uv.lock": "",
    "conda-lock.yml": "",
  });
  const { environments, antiPatterns, locks, condaFiles } = await scan(root, withGit);
  assert.deepEqual(
    environments.map(({ path, python }) => [path, python]),
    [
      ["a/venv", "3.11.7"],
      ["b/.venv", "3.9.1"],
    ],
  );
  assert.deepEqual(
    antiPatterns.map(({ kind, paths }) => [kind, paths]),
    [
      ["several environments", ["a/venv", "b/.venv"]],
      ["Conda", ["conda-lock.yml"]],
      ["Poetry lock", ["a/poetry.lock", "b/poetry.lock"]],
    ],
  );
  assert.deepEqual(
    locks.map(({ kind }) => kind),
    ["poetry", "poetry", "conda", "uv"],
  );
  assert.deepEqual(condaFiles, ["conda-lock.yml"]);
});

test("a scan survives JSON", async (t) => {
  const root = tree(t, { "requirements.txt": "-r gone.txt\nsix\n", "main.py": "" });
  const found = await scan(root, withGit);
  assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
});

test("the example is found as its README describes it", async () => {
  const root = join(import.meta.dirname, "../../examples/monorepo");
  const found = await scan(root, withGit);
  assert.deepEqual(
    found.scripts.map(({ path }) => path),
    [
      "build/build.py",
      "census/__main__.py",
      "control/deployment/deploy.py",
      "services/speech-to-text/main.py",
      "services/text-to-speech/main.py",
      "services/vision-ai/main.py",
    ],
  );
  assert.deepEqual(found.unread, []);
  const { needed, ambiguous } = await findImports(found);
  assert.deepEqual(
    needed.map(({ folder, evidence }) => [
      folder,
      evidence.map(({ file, span }) => `${file}:${span.line}`),
    ]),
    [["generated/python/clients", ["services/vision-ai/main.py:7"]]],
  );
  assert.deepEqual(ambiguous, []);
  assert.deepEqual(
    found.projects.flatMap(({ member }) => member?.name ?? []),
    ["monorepo-clients"],
  );
});

test("a scan can be given up at any moment", async (t) => {
  const names = Array.from({ length: 400 }, (_, number) => [`d${number}/main.py`, "import os\n"]);
  const root = tree(t, Object.fromEntries(names));
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 5);
  await assert.rejects(scan(root, { git: true, signal: abort.signal }), /enough/);
});

test("members are projects with package metadata, whether or not they declare anything", async (t) => {
  const root = tree(t, {
    "libs/a/pyproject.toml":
      '[project]\nname = "Lib.A"\nversion = "1.2"\nrequires-python = ">=3.9"\n',
    "libs/a/setup.py": 'from setuptools import setup\nsetup(name="other")\n',
    "libs/b/setup.cfg": "[metadata]\nname = b\nversion = 2\n[options]\ninstall_requires = six\n",
    "services/x/requirements.txt": "six\n",
  });
  const { projects } = await scan(root, withGit);
  assert.deepEqual(
    projects.map(({ path, sources, member }) => [
      path,
      sources,
      member && `${member.name} ${member.version} ${member.requiresPython?.value} ${member.file}`,
    ]),
    [
      ["libs/a", [], "Lib.A 1.2 >=3.9 libs/a/pyproject.toml"],
      ["libs/b", ["libs/b/setup.cfg"], "b 2 undefined libs/b/setup.cfg"],
      ["services/x", ["services/x/requirements.txt"], null],
    ],
  );
});

test("what a setup.py computes is no doubt where a pyproject.toml declares the dependencies", async (t) => {
  const setup = "from setuptools import setup\nsetup(**more())\n";
  const root = tree(t, {
    "a/setup.py": setup,
    "a/pyproject.toml": '[project]\nname = "a"\nversion = "1"\ndependencies = ["six"]\n',
    "b/setup.py": setup,
    "c/setup.py": setup.replace("**more()", "install_requires=['six'] + more()"),
    "c/pyproject.toml": '[project]\nname = "c"\nversion = "1"\ndependencies = ["six"]\n',
    "b/pyproject.toml": '[project]\nname = "b"\nversion = "1"\ndynamic = ["dependencies"]\n',
  });
  const { sources } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reading: { notUnderstood, notes } }) => [
      path,
      notUnderstood.length,
      notes.length,
    ]),
    [
      ["a/pyproject.toml", 0, 0],
      ["b/setup.py", 1, 0],
      ["c/pyproject.toml", 0, 0],
      ["c/setup.py", 0, 1],
    ],
  );
});

test("files that a setup.cfg names count for the group that names them", async (t) => {
  const root = tree(t, {
    "setup.cfg":
      "[options]\ninstall_requires = file: a.list\n[options.extras_require]\nx = file: b.list\n",
    "a.list": "six\n",
    "b.list": "attrs\n",
  });
  const { sources } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, role, reading }) => [path, role, reading.declarations[0]?.group.name]),
    [
      ["a.list", "included", null],
      ["b.list", "included", "x"],
      ["setup.cfg", "input", undefined],
    ],
  );
});
