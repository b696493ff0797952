import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findImports } from "../../src/monorepo/import-roots.ts";
import { type Scan, scan } from "../../src/monorepo/scan.ts";
import { repository, tree, withoutRights } from "./tree.ts";

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

test("files reached only through -r belong to what includes them, at any depth", async (t) => {
  const root = tree(t, {
    "services/x/requirements.txt": "-r ../../common/base.list\nflask\n",
    "common/base.list": "-r more.list\n-c limits.list\nsix\n",
    "common/more.list": "attrs\n",
    "common/limits.list": "six<2\n",
    "common/unused.list": "nothing\n",
  });
  assert.deepEqual(said(await scan(root, withGit)), [
    "common/base.list | services/x | included",
    "common/limits.list | services/x | constraint",
    "common/more.list | services/x | included",
    "services/x/requirements.txt | services/x | input",
  ]);
});

test("a source that another one includes stays a source of its own; a diamond is no cycle", async (t) => {
  const root = tree(t, {
    "requirements.txt": "flask\n",
    "requirements-dev.txt": "-r requirements.txt\n-r requirements-test.txt\n",
    "requirements-test.txt": "-r requirements.txt\n",
  });
  const found = await scan(root, withGit);
  assert.deepEqual(
    found.sources.map(({ role }) => role),
    ["input", "input", "input"],
  );
  assert.deepEqual(
    found.sources.flatMap(({ reading }) => reading.notUnderstood),
    [],
  );
});

test("a cycle of includes is an error that names the whole chain, at the line that closes it", async (t) => {
  const root = tree(t, {
    "requirements.txt": "-r a/one.txt\n",
    "a/one.txt": "x\n-r two.txt\n",
    "a/two.txt": "\n-r ../a/one.txt\n",
    "requirements-self.txt": "-r requirements-self.txt\n",
  });
  const errors = (await scan(root, withGit)).sources.flatMap(({ path, reading }) =>
    reading.notUnderstood.map(({ span, reason }) => `${path}:${span.line} ${reason}`),
  );
  assert.deepEqual(errors, [
    "a/two.txt:2 files include each other: a/one.txt → a/two.txt → a/one.txt",
    "requirements-self.txt:1 files include each other: requirements-self.txt → requirements-self.txt",
  ]);
});

test("includes that lead out of the root, to a URL or to nothing are listed as not read", async (t) => {
  const root = tree(t, {
    "a/requirements.txt": [
      "-r ../../other/requirements.txt",
      "-c https://example.org/constraints.txt",
      "-r gone.txt",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip has variables
      "-r ${WHERE}/x.txt",
      "-r /etc/requirements.txt",
      "-r .",
    ].join("\n"),
  });
  const { unread, sources } = await scan(root, withGit);
  const lines = unread.map(({ path, reason, from }) => `${from!.span.line} ${path}: ${reason}`);
  assert.deepEqual(lines, [
    "1 ../../other/requirements.txt: it lies outside the root",
    "2 https://example.org/constraints.txt: it is a URL",
    "3 a/gone.txt: there is no such file",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip has variables
    "4 ${WHERE}/x.txt: its name depends on a variable",
    "5 /etc/requirements.txt: it lies outside the root",
    "6 a: it is a folder",
  ]);
  assert.deepEqual(
    sources.map(({ path }) => path),
    ["a/requirements.txt"],
  );
});

test("an included file counts even where git ignores it", async (t) => {
  const files = {
    ".gitignore": "gen/\n",
    "requirements.txt": "-r gen/requirements.txt\n",
    "gen/requirements.txt": "six\n",
  };
  const root = repository(t, files);
  assert.deepEqual(said(await scan(root, withGit)), [
    "gen/requirements.txt | . | included",
    "requirements.txt | . | input",
  ]);
});

test("one file with two names counts once; a link that leads out of the root is not read", async (t) => {
  const outside = tree(t, { "requirements.txt": "six\n" });
  const root = tree(t, { "a/requirements.txt": "six\n" });
  symlinkSync("a/requirements.txt", join(root, "requirements.txt"));
  symlinkSync(join(outside, "requirements.txt"), join(root, "a/requirements-out.txt"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, aliases }) => [path, aliases]),
    [["a/requirements.txt", ["requirements.txt"]]],
  );
  assert.deepEqual(unread, [
    {
      path: "a/requirements-out.txt",
      reason: "a link that leads outside the root",
      from: null,
    },
  ]);
});

test("includes through symbolic links lead to the file itself", async (t) => {
  const outside = tree(t, { "base.txt": "six\n" });
  const root = tree(t, {
    "a/requirements.txt": "-r link.txt\n-r folder/more.txt\n-r out/base.txt\n",
    "common/base.txt": "six\n",
    "common/more.txt": "attrs\n",
  });
  symlinkSync("../common/base.txt", join(root, "a/link.txt"));
  symlinkSync("../common", join(root, "a/folder"));
  symlinkSync(outside, join(root, "a/out"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, project, aliases }) => [path, project, aliases]),
    [
      ["a/requirements.txt", "a", []],
      ["common/base.txt", "a", ["a/link.txt"]],
      ["common/more.txt", "a", ["a/folder/more.txt"]],
    ],
  );
  assert.deepEqual(
    unread.map(({ path, reason }) => [path, reason]),
    [["a/out/base.txt", "it lies outside the root"]],
  );
});

test("a link to a file that is not met otherwise is read under its own name, once", async (t) => {
  const root = tree(t, { "common/deps.list": "six\n" });
  symlinkSync("common/deps.list", join(root, "requirements.txt"));
  symlinkSync("common/deps.list", join(root, "requirements-too.txt"));
  symlinkSync("gone", join(root, "requirements-gone.txt"));
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reading }) => [path, reading.declarations.length]),
    [["requirements-too.txt", 1]],
  );
  assert.deepEqual(
    unread.map(({ path, reason }) => [path, reason]),
    [["requirements-gone.txt", "a link that leads nowhere"]],
  );
});

const noPipes = process.platform === "win32" && "named pipes are no files on Windows";
test("a named pipe in place of an include holds nobody up", { skip: noPipes }, async (t) => {
  const root = tree(t, { "requirements.txt": "-r pipe.list\nsix\n" });
  execFileSync("mkfifo", [join(root, "pipe.list")]);
  const { sources } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, reading }) => [path, reading.declarations.length]),
    [
      ["pipe.list", 0],
      ["requirements.txt", 1],
    ],
  );
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

const PIP_COMPILE = (command: string) =>
  `#\n# This file is autogenerated by pip-compile with Python 3.11\n# by the following command:\n#\n#    ${command}\n#\nsix==1.16.0\n    # via -r x\n`;

test("compiled files are tied to their input, wherever the command ran", async (t) => {
  const root = tree(t, {
    "a/requirements.in": "six\n",
    "a/requirements.txt": PIP_COMPILE("pip-compile requirements.in"),
    "b/dev.in": "six\n",
    "b/requirements-dev.txt": PIP_COMPILE(
      "pip-compile --output-file=b/requirements-dev.txt b/dev.in",
    ),
    "c/pyproject.toml": '[project]\nname = "c"\nversion = "1"\ndependencies = ["six"]\n',
    "c/requirements.txt": PIP_COMPILE("pip-compile --extra dev pyproject.toml"),
    "d/requirements.txt": PIP_COMPILE("pip-compile gone.in"),
    "e/requirements.in": "six\n",
    "e/requirements.txt": "six==1.16.0  # via -r requirements.in\n",
    "f/requirements.txt": "six==1.16.0  # via something\n",
    "dev.in": "unrelated-list\n",
  });
  const { sources, unread } = await scan(root, withGit);
  assert.deepEqual(
    sources.map(({ path, role, compiledFrom }) => `${path} ${role} ${compiledFrom}`),
    [
      "a/requirements.in input null",
      "a/requirements.txt compiled a/requirements.in",
      "b/dev.in input null",
      "b/requirements-dev.txt compiled b/dev.in",
      "c/pyproject.toml input null",
      "c/requirements.txt compiled c/pyproject.toml",
      "d/requirements.txt input null",
      "dev.in input null",
      "e/requirements.in input null",
      "e/requirements.txt compiled e/requirements.in",
      "f/requirements.txt input null",
    ],
  );
  assert.deepEqual(unread, []);
});

const counted: [string, string][] = [
  ["requirements-dev.txt", "six\n"],
  ["requirements/base.txt", "six\n"],
  ["test-requirements.txt", "six\n"],
  ["dev_requirements.txt", "six\n"],
  ["requirements.txt", ""],
  ["requirements.in", "# later\n"],
  ["constraints-3.11.txt", "six<2\n"],
  ["upper-constraints.txt", "# none yet\n"],
  ["dev.in", "six>=1\n"],
  ["a/lint.in", "ruff\nmypy\n"],
  ["pyproject.toml", '[project]\nname = "x"\ndependencies = ["six"]\n'],
  ["pyproject.toml", '[dependency-groups]\ndev = ["six"]\n'],
  ["pyproject.toml", "[project\n"],
  ["setup.cfg", "[options]\ninstall_requires =\n    six\n"],
  ["setup.py", 'from setuptools import setup\nsetup(install_requires=["six"])\n'],
  ["Pipfile", '[packages]\nsix = "*"\n'],
  ["environment.yml", "dependencies:\n  - python=3.11\n  - pip:\n      - six\n"],
  ["tool.py", '# /// script\n# dependencies = ["six"]\n# ///\n'],
];
const uncounted: [string, string][] = [
  ["requirements.txt", "The system shall be fast.\nThe system shall be safe and sound.\n"],
  ["docs/requirements.md", "six\n"],
  ["MANIFEST.in", "include README.md\n"],
  ["config.h.in", "#define X @X@\n"],
  ["words.in", "one\ntwo\n"],
  ["main_constraints[default].rejected.txt", "one\ntwo\n"],
  ["packages.txt", "ffmpeg\nlibgl1\n"],
  ["empty.in", ""],
  ["Makefile.in", "CC = @CC@\nCFLAGS = -O2\nall: x\n\techo>=1 x\n"],
  ["notes.txt", "six==1\n"],
  ["pyproject.toml", "[tool.black]\nline-length = 100\n"],
  ["pyproject.toml", '[project]\nname = "x"\n\n[build-system]\nrequires = ["setuptools"]\n'],
  ["setup.cfg", "[flake8]\nmax-line-length = 100\n"],
  ["setup.py", 'from setuptools import setup\nsetup(name="x")\n'],
  ["poetry.lock", "[[package]]\n"],
  ["environment.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n"],
  ["tool.py", "print('# /// script')\n"],
];
for (const [path, text] of counted) {
  test(`${path} with ${JSON.stringify(text)} is a source`, async (t) => {
    const { sources } = await scan(tree(t, { [path]: text }), withGit);
    assert.deepEqual(
      sources.map((source) => source.path),
      [path],
    );
  });
}
for (const [path, text] of uncounted) {
  test(`${path} with ${JSON.stringify(text)} is none`, async (t) => {
    const { sources } = await scan(tree(t, { [path]: text }), withGit);
    assert.deepEqual(
      sources.map((source) => source.path),
      [],
    );
  });
}

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
