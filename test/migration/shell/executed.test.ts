import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { withEdits } from "../../../src/migration/edit.ts";
import { findSites } from "../../../src/migration/find.ts";
import { pythons } from "../../python/pythons.ts";
import { scratch } from "../../scratch.ts";
import { inputOf } from "../input.ts";

/** Says who called it: the folder, the arguments, what stands on stdin, and ends as it is told. */
const REPORT = `import os, sys
print(os.path.relpath(os.getcwd(), os.environ["TOP"]), sys.argv, flush=True)
if not sys.stdin.isatty() and "stdin" in sys.argv: print(sys.stdin.read())
try: import only_in_venv
except ImportError: print("a Python without the packages")
sys.exit(int(os.environ.get("CODE", "0")))
`;

const SCRIPTS: Readonly<Record<string, string>> = {
  "from the root": `source venv/bin/activate
python tools/report.py "a b" 'c' $# "$@"
CODE=3 python tools/report.py || echo "failed with $?"
`,
  "below a cd": `set -e
cd "$(dirname "$0")/.."
. venv/bin/activate
(cd services/a && python3 main.py)
pushd services/b > /dev/null
python3 main.py one
popd > /dev/null
python3 -m tools.report two
`,
  "the folder of the script in a variable": `DIR="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)"
source "$DIR/../venv/bin/activate"
cd /
python3 "$DIR/../tools/report.py"
`,
  "variables and functions": `ROOT="$(cd "$(dirname "\${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/venv"
PY="\${PY:-$VENV/bin/python}"
[ -d "$VENV" ] || { echo "no venv"; exit 1; }
run() { "$PY" "$@"; }
main() { cd "$ROOT"; run tools/report.py "$1"; }
main x
ARGS=(--port "80 80")
"$PY" "$ROOT/tools/report.py" "\${ARGS[@]}"
`,
  "pipes, loops and substitutions": `source venv/bin/activate
out=$(python3 tools/report.py | head -n 1); echo "[$out]"
for s in a b; do (cd services/$s && python3 main.py); done
printf '1\\n2\\n' | while read -r n; do python3 tools/report.py "$n" < /dev/null; done
printf '3\\n4\\n' | xargs -n 1 python3 tools/report.py
find services -name main.py | sort | xargs -I {} python3 {} found
python3 tools/report.py stdin <<< "here"
python3 - <<'EOF'
print('python3 in a here-document')
EOF
if ! CODE=1 python3 tools/report.py; then echo not; fi
python3 -c "
import sys
print('more lines')
"
`,
  "nested shells, the background and a trap": `source venv/bin/activate
trap 'python3 tools/report.py bye' EXIT
bash -c 'source venv/bin/activate && python3 tools/report.py inner'
bash -c "python3 tools/report.py \\"$HOME_LIKE\\""
python3 tools/report.py & wait $!
env A=1 nice -n 1 timeout 300 python3 tools/report.py
exec 3< <(python3 tools/report.py); cat <&3
exit 4
`,
  "an exit code as the last word": `source venv/bin/activate
CODE=5 python3 tools/report.py
`,
  "guards that follow": `if [[ ! -f venv/bin/activate ]]; then echo "make it"; exit 2; fi
source venv/bin/activate || exit 1
test -x venv/bin/python && echo there
venv/bin/python tools/report.py
`,
};

const [python] = await pythons();
const skip = process.platform === "win32" ? "bash" : python === undefined && "no Python";
const top = scratch();
const environments = ["venv", "build/python/venv"];
if (skip === false) {
  for (const env of environments) makeEnvironment(join(top, env));
  copyFileSync("src/python/run.py", join(top, "build/python/run.py"));
  chmodSync(join(top, "build/python/run.py"), 0o755);
}
for (const path of ["tools/report.py", "services/a/main.py", "services/b/main.py"]) {
  write(path, REPORT);
}
after(() => rmSync(top, { recursive: true, force: true }));

/** A venv with one package, and without pip. */
function makeEnvironment(path: string): void {
  execFileSync(python!.path, ["-m", "venv", "--without-pip", path]);
  const [major, minor] = python!.version;
  writeFileSync(join(path, `lib/python${major}.${minor}/site-packages/only_in_venv.py`), "");
}

function write(path: string, text: string): void {
  mkdirSync(join(top, dirname(path)), { recursive: true });
  writeFileSync(join(top, path), text);
}

function outcomeOf(text: string) {
  write("scripts/run.sh", text);
  const { stdout, stderr, status } = spawnSync("bash", ["scripts/run.sh", "first", "second one"], {
    cwd: top,
    encoding: "utf8",
    env: {
      ...{ PATH: `${dirname(python!.path)}:/usr/bin:/bin`, TOP: top, HOME_LIKE: "a b", HOME: top },
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  return { stdout, stderr, status };
}

for (const [name, body] of Object.entries(SCRIPTS)) {
  test(`does the same after its migration: ${name}`, { skip }, () => {
    const text = `#!/usr/bin/env bash\n${body}`;
    const input = inputOf(
      { "scripts/run.sh": text },
      {
        tree: new Set([
          ...["scripts/run.sh", "tools/report.py"],
          ...["services/a/main.py", "services/b/main.py"],
        ]),
        environments: new Set(["venv"]),
      },
    );
    const sites = findSites(input);
    const migrated = withEdits(
      text,
      sites.flatMap(({ edits }) => edits),
    );
    assert.deepEqual(
      sites.filter(({ kind }) => kind === "report"),
      [],
    );
    const before = outcomeOf(text);
    assert.doesNotMatch(before.stdout, /without the packages/);
    const old = migrated.match(/(?<!\/)\bvenv\/|(?<!\/)\bpython3? (?!in )/g);
    assert.equal(old, null, migrated);
    assert.deepEqual(outcomeOf(migrated), before, migrated);
  });
}
