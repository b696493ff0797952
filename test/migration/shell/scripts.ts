import fc from "fast-check";

/** Lines that real scripts hold, as statements. */
const STATEMENTS = [
  "python3 services/a/main.py --port 8000",
  'python tools/ports.py "$@" | tee log.txt',
  "python3 -m http.server &",
  'python3 -c "import sys; print(sys.path)"',
  "python3.9 services/a/main.py",
  "venv/bin/python tools/ports.py",
  "./venv/bin/pytest -q",
  "pytest -q tests || exit 1",
  "source venv/bin/activate",
  ". venv/bin/activate",
  "source venv/bin/activate && python tools/ports.py",
  "source venv/bin/activate || { echo 'no venv'; exit 1; }",
  "[ -f venv/bin/activate ] && . venv/bin/activate",
  "deactivate",
  "python3 -m venv venv",
  "test -d venv || python3 -m venv venv",
  "pip install --upgrade pip",
  "pip install -r requirements.txt",
  "pip3 install -q -r requirements.txt >/dev/null 2>&1",
  "venv/bin/pip install -r requirements.txt",
  "pip install requests",
  "pip install undeclared-thing",
  "pip freeze > requirements.txt",
  "rm -rf venv",
  "rm -rf build dist",
  "[ -d venv ] && echo there",
  "if [[ -d venv ]]; then echo there; else echo missing; fi",
  "cd services/a",
  "cd -",
  'cd "$(dirname "$0")/.."',
  "pushd services/b > /dev/null",
  "popd > /dev/null",
  "(cd services/b && python3 main.py)",
  "cd services/a && python3 main.py && cd ../..",
  "bash -c 'source venv/bin/activate && python3 tools/ports.py'",
  'bash -c "python3 tools/ports.py \\"$X\\""',
  "docker run --rm image python3 x.py",
  "ssh host 'python3 x.py'",
  'echo "python3 main.py"',
  "make all",
  "npm run build",
  "PYTHON=python3",
  'PYTHON="${PYTHON:-python3}"',
  '"$PYTHON" tools/ports.py',
  "$PYTHON -m venv venv",
  "VENV=venv",
  '"$VENV/bin/python" tools/ports.py',
  'source "$VENV/bin/activate"',
  'ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"',
  'python3 "$ROOT/tools/ports.py"',
  'source "$ROOT/venv/bin/activate"',
  "X=$(python3 tools/ports.py)",
  "out=`python3 tools/ports.py`",
  "sudo python3 tools/ports.py",
  "conda activate ml",
  "poetry run pytest",
  "uv run tools/ports.py",
  "set -e",
  "# a comment: python3 x.py",
  "true",
  'trap "kill $PID; python3 tools/ports.py" EXIT',
  'eval "python3 tools/ports.py $X"',
  "python3 - <<'EOF'\nprint('python3 x.py')\nEOF",
  "cat <<EOF > run.sh\npython3 x.py\nEOF",
  "bash -s <<'EOF'\npython3 x.py\nEOF",
  "time nice -n 5 python3 tools/ports.py # timed",
  "find . -name '*.py' -exec python3 -m py_compile {} +",
  "! python3 tools/ports.py",
];

const statement = fc.constantFrom(...STATEMENTS);
const simple = fc.constantFrom(...STATEMENTS.filter((text) => !/[\n#&]|<<|^if/.test(text)));

/** Statements in the compound commands of the shell. */
const block: fc.Arbitrary<string> = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    { weight: 6, arbitrary: statement },
    {
      weight: 1,
      arbitrary: fc
        .tuple(simple, simple, fc.constantFrom(" && ", "; ", " || "))
        .map(([a, b, operator]) => a + operator + b),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            "[ ! -d venv ]",
            '[ "$1" = dev ]',
            "command -v python3",
            "! python3 x.py",
          ),
          lines(tie("block")),
        )
        .map(([test, body]) => `if ${test}; then\n${body}\nfi`),
    },
    { weight: 1, arbitrary: lines(tie("block")).map((body) => `for s in a b; do\n${body}\ndone`) },
    { weight: 1, arbitrary: lines(tie("block")).map((body) => `(\n${body}\n)`) },
    { weight: 1, arbitrary: lines(tie("block")).map((body) => `run() {\n${body}\n}\nrun`) },
    {
      weight: 1,
      arbitrary: lines(tie("block")).map((body) => `case "$1" in\n  x)\n${body}\n  ;;\nesac`),
    },
  ),
})).block;

function lines(one: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return (
    fc
      .array(one, { minLength: 1, maxLength: 3 })
      // A comment alone is no body.
      .map((all) => (all.every((text) => text.startsWith("#")) ? "true" : all.join("\n")))
  );
}

/** Shell scripts as people write them, with all that a migration looks for. */
export const scripts: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("#!/usr/bin/env bash\n", "#!/bin/sh\n", ""),
    fc.array(block, { maxLength: 8 }),
  )
  .map(([first, all]) => `${first + all.join("\n")}\n`);
