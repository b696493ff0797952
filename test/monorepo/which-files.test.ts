import assert from "node:assert/strict";
import { test } from "node:test";
import { scan } from "../../src/monorepo/scan.ts";
import { tree } from "./tree.ts";

const withGit = { git: true };

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
  ["tool_requirements/mypy.txt", "mypy==1.14.1\n"],
  ["grader_reqs/940.txt", "numpy\n"],
  ["pip_package_lists/main/all.txt", "numpy==1.26.4\n"],
  ["ci_tools.txt", "black==24.1.0\nwheel\n"],
  ["site.pip.txt", "-r base.txt\nsix==1.16.0\n"],
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
  ["nested_requirements/warnings.txt", "none\n"],
  ["tools.txt", "hammer\nsaw\n"],
  ["pip.txt", "Press play, then pip install what you need.\n"],
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
