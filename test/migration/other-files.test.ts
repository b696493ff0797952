import { type Row, testRows } from "./table.ts";

const hook = (lines: string) => `repos:\n- repo: local\n  hooks:\n  - id: a\n${lines}`;

const rows: readonly Row[] = [
  {
    name: "hooks that needed no venv, and one that did",
    path: ".pre-commit-config.yaml",
    before: `${hook("    entry: pytest -q\n    language: system\n")}  - id: b\n    entry: venv/bin/python tools/gen.py\n    language: system\n  - id: c\n    entry: python tools/gen.py\n    language: python\n`,
    after: `${hook("    entry: build/python/run.py pytest -q\n    language: system\n")}  - id: b\n    entry: build/python/run.py tools/gen.py\n    language: system\n  - id: c\n    entry: python tools/gen.py\n    language: python\n`,
    kinds: "or",
  },
  {
    name: "a script of the repository, and arguments that name a source",
    path: ".pre-commit-config.yaml",
    files: { "tools/gen.py": "#!/usr/bin/env python3\n" },
    before: hook(
      "    entry: ./tools/gen.py\n    language: script\n    args: [-r, requirements.txt]\n    files: ^requirements\\.txt$\n",
    ),
    after: hook(
      "    entry: build/python/run.py ./tools/gen.py\n    language: script\n    args: [-r, requirements.txt]\n    files: ^requirements\\.txt$\n",
    ),
    kinds: "op",
    still: ["requirements.txt"],
  },
  {
    name: "containers have their own Python; what they take from the repository is named",
    path: "compose.yaml",
    before:
      "services:\n  a:\n    build: .\n    command: python main.py\n    volumes: ['./requirements.txt:/r.txt']\n",
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "the platform's requirements",
    path: "services/a/Procfile",
    accounted: ["services/a/requirements.txt", "requirements.txt"],
    before: "# c\nweb: uvicorn main:app\nworker: python main.py\n",
    kinds: "p",
    still: ["services/a/requirements.txt"],
  },
  {
    name: "no source beside it",
    path: "services/a/Procfile",
    before: "web: uvicorn main:app\n",
    kinds: "",
  },
  {
    name: "each command that runs Python",
    path: "deploy/app.service",
    before:
      "[Service]\nEnvironment=PATH=/opt/app/venv/bin:/usr/bin\nExecStartPre=/usr/bin/python3 /opt/app/x.py\nExecStart=/opt/app/venv/bin/uvicorn main:app\nExecStop=/bin/kill $MAINPID\n",
    kinds: "ppp",
  },
  {
    name: "every way to name a file",
    path: "tox.ini",
    accounted: ["requirements.txt", "dev.txt"],
    before:
      "[testenv]\ndeps =\n    -rrequirements.txt\n    -r {toxinidir}/dev.txt\n    # -r requirements.txt\n    pytest\ncommands = pytest\n",
    kinds: "pp",
    still: ["requirements.txt", "dev.txt"],
  },
  {
    name: "metadata of setuptools",
    path: "setup.cfg",
    before: "[options]\ninstall_requires = file: requirements.txt\n",
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "a script that reads a source",
    path: "setup.py",
    before:
      'from setuptools import setup\nsetup(install_requires=open("requirements.txt").read().split())\n',
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "tables of other tools",
    path: "pyproject.toml",
    before:
      '# requirements.txt\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["requirements.txt"]\n',
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "Python that starts Python",
    path: "tools/run.py",
    before:
      'import os, subprocess, sys\nsubprocess.check_call(["python3", "main.py"])\nsubprocess.run(["pip", "install", "-r", "requirements.txt"])\nos.system("python main.py")\nsubprocess.run(f"python main.py {x}", shell=True)\nsubprocess.Popen(["bash", "-c", "python main.py"])\nos.execvp("python3", ["python3", "main.py"])\nsubprocess.run([sys.executable, "main.py"])\nsubprocess.run(["docker", "run", "python"])\nsubprocess.run("docker run x python main.py", shell=True)\nprint("python main.py")\n',
    kinds: "pppppp",
    still: ["requirements.txt"],
  },
];
testRows(rows);
