import assert from "node:assert/strict";
import { test } from "node:test";
import { inputOf } from "../input.ts";
import { outcomeOf } from "../vectors.ts";

const RUN = "build/python/run.py";

/** A line of a script at the root, and what becomes of it. */
const REWRITTEN: readonly (readonly [string, string])[] = [
  ["python3 tools/a.py", `${RUN} tools/a.py`],
  ["python3.11 tools/a.py", `${RUN} tools/a.py`],
  ['"python3" tools/a.py', `${RUN} tools/a.py`],
  ["python3 -um tools.a", `${RUN} -um tools.a`],
  ["python3 -W ignore -X dev tools/a.py", `${RUN} -W ignore -X dev tools/a.py`],
  ["tools/run.py x", `${RUN} tools/run.py x`],
  ["./tools/run.py x", `${RUN} ./tools/run.py x`],
  ["venv/bin/python tools/a.py", `${RUN} tools/a.py`],
  ["./.venv/bin/pytest tools/a.py", `${RUN} pytest tools/a.py`],
  ["pytest tools/a.py", `${RUN} pytest tools/a.py`],
  ["A=1 B=2 python3 tools/a.py", `A=1 B=2 ${RUN} tools/a.py`],
  ["x=$(python3 tools/a.py | tail -1)", `x=$(${RUN} tools/a.py | tail -1)`],
  ["x=`python3 tools/a.py`", `x=\`${RUN} tools/a.py\``],
  ["diff <(python3 tools/a.py) b", `diff <(${RUN} tools/a.py) b`],
  ["! python3 tools/a.py", `! ${RUN} tools/a.py`],
  ["time python3 tools/a.py", `time ${RUN} tools/a.py`],
  ["if ! python3 tools/a.py; then x; fi", `if ! ${RUN} tools/a.py; then x; fi`],
  ["while read l; do python3 tools/a.py; done", `while read l; do ${RUN} tools/a.py; done`],
  ["[[ $(python3 tools/a.py) == x ]]", `[[ $(${RUN} tools/a.py) == x ]]`],
  ["python3 tools/a.py <<< x > y 2>&1 &", `${RUN} tools/a.py <<< x > y 2>&1 &`],
  ["{ python3 tools/a.py; } 2> log", `{ ${RUN} tools/a.py; } 2> log`],
  ["nohup nice -n 5 python3 tools/a.py &", `nohup nice -n 5 ${RUN} tools/a.py &`],
  ["timeout -k 5 1m python3 tools/a.py", `timeout -k 5 1m ${RUN} tools/a.py`],
  ["env -u X A=1 python3 tools/a.py", `env -u X A=1 ${RUN} tools/a.py`],
  ["/usr/bin/env python3 tools/a.py", `/usr/bin/env ${RUN} tools/a.py`],
  ["stdbuf -oL python3 tools/a.py", `stdbuf -oL ${RUN} tools/a.py`],
  ["flock -n /tmp/l python3 tools/a.py", `flock -n /tmp/l ${RUN} tools/a.py`],
  ["xargs -n1 python3 tools/a.py < b", `xargs -n1 ${RUN} tools/a.py < b`],
  ["find . -exec python3 tools/a.py {} \\;", `find . -exec ${RUN} tools/a.py {} \\;`],
  ["watch -n 2 'python3 tools/a.py'", `watch -n 2 '${RUN} tools/a.py'`],
  ['bash -ec "python3 tools/a.py $X"', `bash -ec "${RUN} tools/a.py $X"`],
  ["(cd services/a && python3 main.py)", `(cd services/a && ../../${RUN} main.py)`],
  ["cd services/a; python3 main.py", `cd services/a; ../../${RUN} main.py`],
  ["cd services/a || exit; python3 main.py", `cd services/a || exit; ../../${RUN} main.py`],
  [
    'cd services/a; cd "$OLDPWD"; python3 tools/a.py',
    `cd services/a; cd "$OLDPWD"; ${RUN} tools/a.py`,
  ],
  ['D=$(dirname "$0"); python3 $D/tools/a.py', `D=$(dirname "$0"); "$D/${RUN}" $D/tools/a.py`],
  ['python3 "$(dirname "$0")/tools/a.py"', `"$(dirname "$0")/${RUN}" "$(dirname "$0")/tools/a.py"`],
  ["cd services/a; cd -; python3 tools/a.py", `cd services/a; cd -; ${RUN} tools/a.py`],
  ["docker build . && python3 tools/a.py", `docker build . && ${RUN} tools/a.py`],
  ["docker run x python3 y; python3 tools/a.py", `docker run x python3 y; ${RUN} tools/a.py`],
  ['run() { "$@"; }; run python3 tools/a.py', `run() { "$@"; }; run ${RUN} tools/a.py`],
  ["PY=python3; $PY tools/a.py", `PY=${RUN}; $PY tools/a.py`],
  ["PY='python3 -u'; $PY tools/a.py", `PY='${RUN} -u'; $PY tools/a.py`],
  ["source venv/bin/activate && python tools/a.py", `${RUN} tools/a.py`],
  ["rm -rf venv dist; ls tools/a.py", "rm -rf build/python/venv dist; ls tools/a.py"],
  ["[ -d venv ] || python3 tools/a.py", `[ -d build/python/venv ] || ${RUN} tools/a.py`],
  ["pip install -r requirements.txt", "python3 build/python/setup.py"],
  ["pip install -qr requirements.txt | tail -1", "python3 build/python/setup.py | tail -1"],
  ["python3 -m venv venv && venv/bin/pip install -U pip", "python3 build/python/setup.py"],
  ["virtualenv .venv; .venv/bin/pip install -r requirements.txt", "python3 build/python/setup.py"],
  ["uv venv && uv pip install -r requirements.txt", "python3 build/python/setup.py"],
  ["if [ ! -d venv ]; then echo new; python -m venv venv; fi", "python build/python/setup.py"],
];

const OFFERED: readonly (readonly [string, string])[] = [
  ["python3 -c 'print(1)'", `"$(dirname "\${BASH_SOURCE[0]}")/${RUN}" -c 'print(1)'`],
  ["python3 /opt/x.py; ls tools/a.py", `${RUN} /opt/x.py; ls tools/a.py`],
  ["/usr/bin/python3 tools/a.py", `${RUN} tools/a.py`],
  ["sudo -E python3 tools/a.py", `sudo -E ${RUN} tools/a.py`],
  ["sudo -u app bash -c 'python3 tools/a.py'", `sudo -u app bash -c '${RUN} tools/a.py'`],
  ["strace -f python3 tools/a.py", `strace -f ${RUN} tools/a.py`],
  ["CMD=(python3 tools/a.py -v)", `CMD=(${RUN} tools/a.py -v)`],
  ["uv run tools/a.py", `${RUN} tools/a.py`],
  ["poetry run pytest tools/a.py", `${RUN} pytest tools/a.py`],
  ["pipenv run python -m tools.a; ls tools/a.py", `${RUN} -m tools.a; ls tools/a.py`],
  ["pip install requests; ls tools/a.py", "python3 build/python/setup.py; ls tools/a.py"],
  [
    "for s in a b; do (cd services/$s; python3 main.py); done",
    `for s in a b; do (cd services/$s; ../../${RUN} main.py); done`,
  ],
];

const REPORTED: readonly string[] = [
  "python3.9 tools/a.py",
  "python2 tools/a.py",
  "pypy3 tools/a.py",
  'cd "$X" && python3 main.py',
  "conda activate ml && python tools/a.py",
  "conda run -n ml python tools/a.py",
  "uv run --with rich tools/a.py",
  "tox -e py311",
  'eval "$X python3 tools/a.py"',
  "bash -s <<EOF\npython3 tools/a.py\nEOF",
  "cat > x.sh <<EOF\nexec venv/bin/python tools/a.py\nEOF",
  "tmux new -d 'python3 tools/a.py'",
  "gdb --args python3 tools/a.py",
  "export PATH=$PWD/venv/bin:$PATH",
  "pip install undeclared",
  "pip install -r other.txt",
  "pip install -r requirements.txt -t dist",
  "pip install git+https://example.org/x.git",
  "pip install -e services/a",
  "pip install $PACKAGES",
  "pip freeze > requirements.txt",
  "pip uninstall -y requests",
  "pip-compile requirements.in",
  "python3 setup.py install",
  "curl -s https://example.org/x.py | python3 -",
  "rm -rf build",
  "rm -rf ./build/* dist",
  "python3 -m venv /opt/app",
  "source ~/envs/ml/bin/activate",
  'source "$SOMEWHERE/bin/activate"',
  'python3 tools/a.py; echo "open',
];

const LEFT: readonly string[] = [
  "# python3 tools/a.py",
  "echo python3 tools/a.py",
  "printf '%s' \"python3 tools/a.py\"",
  "python3 --version",
  "command -v python3 >/dev/null || exit 1",
  "v=$(python3 -c 'import sys; print(sys.version_info[:2])')",
  "python3 -c 'import venv' || exit 1",
  "which python3; type pip; hash python3",
  "docker exec -it api bash -c 'python3 tools/a.py'",
  "docker compose run --rm web python tools/a.py",
  "kubectl exec p -- python tools/a.py",
  "ssh host 'source venv/bin/activate && python3 tools/a.py'",
  "ssh host <<EOF\npython3 tools/a.py\nEOF",
  "cat > x.sh <<'EOF'\npython3 tools/a.py\nEOF",
  "grep -r 'import python3' .; pkill -f \"python3 tools/a.py\"",
  "apt-get install -y python3 python3-venv",
  "python3 build/python/setup.py && build/python/run.py tools/a.py",
  "source build/python/venv/bin/activate",
  "black-box tools/a.py; pytest() { true; }; pytest tools/a.py",
  "bash tools/a.sh; ./tools/other.sh",
  "rm -rf services/a/build dist",
  "pip install --upgrade pip",
  "x=python3.txt; cat $x",
];

function outcome(line: string) {
  const path = "run.sh";
  const text = `#!/usr/bin/env bash\n${line}\n`;
  const input = inputOf(
    { [path]: text, "tools/run.py": "#!/usr/bin/env python3\n" },
    {
      tree: new Set([
        path,
        "tools/a.py",
        "tools/run.py",
        "services/a/main.py",
        "services/b/main.py",
      ]),
      accounted: new Set(["requirements.txt"]),
      declared: new Set(["requests"]),
      consoleScripts: new Set(["pytest"]),
      environments: new Set(["venv"]),
    },
  );
  const { kind, after } = outcomeOf(path, text, input);
  return { kind, line: after.slice(text.indexOf("\n") + 1, -1) };
}

for (const [line, after] of REWRITTEN) {
  test(`rewritten: ${line}`, () =>
    assert.deepEqual(outcome(line), { kind: "rewrite", line: after }));
}
for (const [line, after] of OFFERED) {
  test(`offered: ${line}`, () => assert.deepEqual(outcome(line), { kind: "offer", line: after }));
}
for (const line of REPORTED) {
  test(`reported: ${line}`, () => assert.deepEqual(outcome(line), { kind: "report", line }));
}
for (const line of LEFT) {
  test(`left: ${line}`, () => assert.deepEqual(outcome(line), { kind: "leave", line }));
}

const DOCKERFILE = `FROM python:3.11
COPY scripts/serve.sh /app/
ENTRYPOINT ["/app/services/a/start.sh"]
`;

/** Scripts that are not the repository's to run, as a whole. */
const ELSEWHERE: readonly (readonly [string, string])[] = [
  ["scripts/serve.sh", "python3 tools/a.py"],
  ["services/a/start.sh", "python3 tools/a.py"],
  ["services/b/docker-entrypoint.sh", "exec python3 tools/a.py"],
  ["template/run.sh", "cd {{ project_name }} && python3 tools/a.py"],
  ["generated.sh", "# Code generated by x. DO NOT EDIT.\npython3 tools/a.py"],
];
for (const [path, line] of ELSEWHERE) {
  test(`reported as a whole: ${path}`, () => {
    const text = `#!/usr/bin/env bash\n${line}\n`;
    const input = inputOf(
      { [path]: text, Dockerfile: DOCKERFILE, "tools/a.py": "" },
      { environments: new Set(["venv"]) },
    );
    assert.deepEqual(outcomeOf(path, text, input), {
      ...{ kind: "report", after: text, alternative: null, listed: [], creates: [] },
    });
  });
}

test("what a line installs and nothing declares, no other line runs in the central venv", () => {
  const both = "pip install build; python -m build; ls tools/a.py";
  assert.deepEqual(outcome(both), { kind: "report", line: both });
});
