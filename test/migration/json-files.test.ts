import { type Row, testRows } from "./table.ts";

const WS = "$" + "{workspaceFolder}";

const rows: readonly Row[] = [
  {
    name: "what only Windows runs",
    path: "package.json",
    before: '{ "scripts": {\n"a": "venv\\\\Scripts\\\\python tools\\\\gen.py"\n} }\n',
    after: '{ "scripts": {\n"a": "python build\\\\python\\\\run.py tools\\\\gen.py"\n} }\n',
    kinds: "o",
  },
  {
    name: "what lint-staged and husky run at a commit",
    path: "package.json",
    before:
      '{ "lint-staged": {\n"*.py": ["python -m flake8", "prettier"] },\n"husky": { "hooks": { "pre-commit": "venv/bin/python tools/gen.py" } } }\n',
    after:
      '{ "lint-staged": {\n"*.py": ["build/python/run.py -m flake8 --extend-exclude build/python", "prettier"] },\n"husky": { "hooks": { "pre-commit": "build/python/run.py tools/gen.py" } } }\n',
    kinds: "or",
  },
  {
    name: "a launch that types a command into a terminal",
    path: ".vscode/launch.json",
    before: `{ "configurations": [\n{ "type": "node-terminal", "command": "python tools/gen.py" },\n{ "type": "node", "command": "x" }] }\n`,
    after: `{ "configurations": [\n{ "type": "node-terminal", "command": "python ${WS}/build/python/run.py tools/gen.py" },\n{ "type": "node", "command": "x" }] }\n`,
    kinds: "r",
  },
  {
    name: "a task that is another on Windows",
    path: ".vscode/tasks.json",
    before: `{ "tasks": [{ "type": "shell", "command": "venv/bin/python tools/gen.py",\n"windows": { "command": "venv\\\\Scripts\\\\python tools\\\\gen.py" } }] }\n`,
    after: `{ "tasks": [{ "type": "shell", "command": "${WS}/build/python/run.py tools/gen.py",\n"windows": { "command": "python build\\\\python\\\\run.py tools\\\\gen.py" } }] }\n`,
    kinds: "ro",
  },
  {
    name: "interpreters, programs, and what only looks like it",
    path: ".vscode/settings.json",
    environments: ["venv", ".venv"],
    before: `{\n  // ours\n  "python.pythonPath": "venv/bin/python3",\n  "python.testing.pytestPath": "${WS}/venv/bin/pytest",\n  "black-formatter.interpreter": ["./.venv/bin/python"],\n  "x": "${WS}\\\\venv\\\\Scripts\\\\python.exe",\n  "files.exclude": { "venv/": true },\n  "y": "node_modules/bin/python",\n  "mypy.interpreter": "/usr/bin/python3",\n  "z": "${WS}/venv/bin/nothing",\n}\n`,
    after: `{\n  // ours\n  "python.pythonPath": "build/python/venv/bin/python3",\n  "python.testing.pytestPath": "${WS}/build/python/venv/bin/pytest",\n  "black-formatter.interpreter": ["./build/python/venv/bin/python"],\n  "x": "${WS}\\\\build\\\\python\\\\venv\\\\Scripts\\\\python.exe",\n  "files.exclude": { "venv/": true },\n  "y": "node_modules/bin/python",\n  "mypy.interpreter": "/usr/bin/python3",\n  "z": "${WS}/venv/bin/nothing",\n}\n`,
    kinds: "rrrrpp",
    still: ["venv"],
  },
  {
    name: "a folder below the root",
    path: "services/a/.vscode/settings.json",
    environments: ["services/a/venv"],
    before: `{ "python.defaultInterpreterPath": "${WS}/venv/bin/python" }\n`,
    after: `{ "python.defaultInterpreterPath": "${WS}/../../build/python/venv/bin/python" }\n`,
    kinds: "r",
  },
  {
    name: "a workspace of one folder",
    path: "my.code-workspace",
    before: `{ "folders": [{ "path": "." }], "settings": { "python.pythonPath": "${WS}/venv/bin/python" }, "tasks": { "tasks": [{ "type": "process", "command": "python3", "args": ["main.py"] }] } }\n`,
    after: `{ "folders": [{ "path": "." }], "settings": { "python.pythonPath": "${WS}/build/python/venv/bin/python" }, "tasks": { "tasks": [{ "type": "process", "command": "python3", "args": ["${WS}/build/python/run.py", "main.py"] }] } }\n`,
    kinds: "rr",
  },
  {
    name: "a workspace of several folders",
    path: "my.code-workspace",
    before: `{ "folders": [{ "path": "a" }, { "path": "b" }], "settings": { "python.pythonPath": "${WS}/venv/bin/python" } }\n`,
    kinds: "p",
  },
  {
    name: "tasks of every kind",
    path: ".vscode/tasks.json",
    before: `{ "tasks": [\n{ "type": "shell", "command": "pip install -r requirements.txt" },\n{ "type": "shell", "command": "python", "args": ["tools/gen.py"] },\n{ "type": "shell", "command": "python tools/gen.py && python main.py" },\n{ "type": "shell", "command": "${WS}/venv/bin/python -m pytest" },\n{ "type": "process", "command": "${WS}/venv/bin/pytest", "args": [] },\n{ "type": "process", "command": "pytest" },\n{ "type": "process", "command": "python", "args": ["-m", "pip", "install", "-r", "requirements.txt"] },\n{ "type": "process", "command": "python", "args": ["-m", "pip", "install", "x"] },\n{ "type": "process", "command": "python", "args": ["--version"] },\n{ "type": "process", "command": "python3.9", "args": ["main.py"] },\n{ "type": "shell", "command": "docker run x python main.py" },\n] }\n`,
    after: `{ "tasks": [\n{ "type": "shell", "command": "python3 ${WS}/build/python/setup.py" },\n{ "type": "shell", "command": "python", "args": ["${WS}/build/python/run.py", "tools/gen.py"] },\n{ "type": "shell", "command": "python ${WS}/build/python/run.py tools/gen.py && python ${WS}/build/python/run.py main.py" },\n{ "type": "shell", "command": "${WS}/build/python/run.py -m pytest" },\n{ "type": "process", "command": "${WS}/build/python/run.py", "args": ["pytest"] },\n{ "type": "process", "command": "python3", "args": ["${WS}/build/python/run.py", "pytest"] },\n{ "type": "process", "command": "python", "args": ["${WS}/build/python/setup.py"] },\n{ "type": "process", "command": "python", "args": ["-m", "pip", "install", "x"] },\n{ "type": "process", "command": "python", "args": ["--version"] },\n{ "type": "process", "command": "python3.9", "args": ["main.py"] },\n{ "type": "shell", "command": "docker run x python main.py" },\n] }\n`,
    kinds: "rrrrrrorpp",
  },
  {
    name: "commands in the container, settings and lists",
    path: ".devcontainer/devcontainer.json",
    before:
      `{\n  "onCreateCommand": "pip install --user -r requirements.txt",\n  "postStartCommand": { "a": "python main.py", "b": ["python", "main.py"] },\n  "customizations": { "vscode": { "settings": { "python.pythonPath": "$` +
      `{containerWorkspaceFolder}/venv/bin/python" } } } // c\n}\n`,
    after:
      `{\n  "onCreateCommand": "python3 build/python/setup.py",\n  "postStartCommand": { "a": "build/python/run.py main.py", "b": ["python", "main.py"] },\n  "customizations": { "vscode": { "settings": { "python.pythonPath": "$` +
      `{containerWorkspaceFolder}/build/python/venv/bin/python" } } } // c\n}\n`,
    kinds: "rrpr",
  },
  {
    name: "scripts of npm",
    path: "web/package.json",
    before: `{ "scripts": {\n  "gen": "python ../tools/gen.py && tsc",\n  "act": "source ../venv/bin/activate && python ../main.py",\n  "dev": "concurrently \\"python ../main.py\\" vite",\n  "env": "cross-env A=1 python3 ../main.py",\n  "no": "npm run x -- python"\n} }\n`,
    after: `{ "scripts": {\n  "gen": "python ../build/python/run.py ../tools/gen.py && tsc",\n  "act": "../build/python/run.py ../main.py",\n  "dev": "concurrently \\"python ../build/python/run.py ../main.py\\" vite",\n  "env": "cross-env A=1 python3 ../build/python/run.py ../main.py",\n  "no": "npm run x -- python"\n} }\n`,
    kinds: "rrrrr",
  },
  {
    name: "not valid JSON",
    path: "package.json",
    before: `{ "scripts": { "a": "python main.py" \n`,
    kinds: "p",
  },
  {
    name: "not valid JSON, and nothing of Python",
    path: ".vscode/tasks.json",
    before: "{",
    kinds: "",
  },
];
testRows(rows);
