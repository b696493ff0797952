// A heavier set from the index that this machine is set up for: one lock, built with uv and with
// pip, leads to the same packages and to the same imports; then the same offline from its wheels.
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, test } from "node:test";
import { noNetwork, refused } from "../python/faults.ts";
import { pythons } from "../python/pythons.ts";
import { addHands, environment, run, scratch, write } from "../python/repository.ts";
import { NO_UV, uvFolder } from "../python/uv.ts";

const SET = [
  "numpy",
  "pandas",
  "scikit-learn",
  "pillow",
  "fastapi",
  "uvicorn[standard]",
  "sqlalchemy",
  "alembic",
  "psycopg2-binary",
  "httpx",
  "requests",
  "pydantic-settings",
  "pyyaml",
  "jinja2",
  "click",
  "pytest",
];
const MODULES =
  "numpy pandas sklearn PIL fastapi uvicorn sqlalchemy alembic psycopg2 httpx requests pydantic_settings yaml jinja2 click pytest";

const uv = await uvFolder();
// Not the newest: the newest may be ahead of what is published as wheels.
const python =
  (await pythons()).findLast(({ version }) => version[1] < 13) ?? (await pythons()).at(-1)!;
const env = environment({ PIP_DEFAULT_TIMEOUT: "60" });
delete env.CI;
if (uv !== undefined) env.PATH = `${uv}${delimiter}${env.PATH}`;
const reached = await run(
  [python.path, "-m", "pip", "download", "--no-deps", "--dest", scratch(), "six"],
  { env },
);
const skip = uv === undefined ? NO_UV : reached.code !== 0 && "no package index can be reached";
const noNamespace = await refused();

describe("a heavier set from one lock", { skip }, () => {
  const repository = () => {
    const root = join(scratch(), "repo");
    addHands(root);
    write(root, { "build/python/requirements.txt": `${SET.join("\n")}\n` });
    return root;
  };
  const setup = async (root: string, ...more: string[]) => {
    const words = [python.path, join(root, "build/python/setup.py"), ...more];
    const outcome = await run(words, { cwd: root, env });
    assert.equal(outcome.code, 0, `${more.join(" ")}: ${outcome.stdout}${outcome.stderr}`);
    return outcome.stdout;
  };
  const packages = async (root: string) => {
    const code =
      "import importlib.metadata as m; print(*sorted(d.metadata['Name'].lower() + ' ' + d.version for d in m.distributions() if d.metadata['Name'] not in ('pip', 'setuptools', 'wheel')), sep='\\n')";
    const runner = join(root, "build/python/run.py");
    const { stdout } = await run([runner, "-c", code], { env });
    const imported = await run([runner, "-c", `import ${MODULES.replaceAll(" ", ", ")}`], { env });
    assert.equal(imported.code, 0, imported.stderr);
    return stdout.trim().split("\n");
  };
  const roots = { uv: repository(), pip: repository(), offline: repository() };

  for (const locker of ["uv", "pip"] as const) {
    test(`locked by ${locker}, built with uv and with pip`, async () => {
      for (const root of [roots.uv, roots.pip]) {
        rmSync(join(root, "build/python/venv"), { recursive: true, force: true });
      }
      await setup(roots.uv, "lock", "--installer", locker);
      const lock = "build/python/requirements.lock";
      cpSync(join(roots.uv, lock), join(roots.pip, lock));
      const begun = performance.now();
      await setup(roots.uv, "--locked", "--installer", "uv");
      const between = performance.now();
      await setup(roots.pip, "--locked", "--installer", "pip");
      const [one, two] = [await packages(roots.uv), await packages(roots.pip)];
      assert.deepEqual(one, two);
      assert.ok(one.length > SET.length, "what they need came along");
      for (const root of [roots.uv, roots.pip]) {
        assert.match(await setup(root, "check"), /^healthy: /);
        assert.match(await setup(root, "--locked"), /is up to date/);
      }
      const [a, b] = [between - begun, performance.now() - between].map((ms) =>
        (ms / 1000).toFixed(0),
      );
      console.log(
        `locked by ${locker}: ${one.length} packages, the same with uv (${a} s) and pip (${b} s)`,
      );
    });
  }

  test("vendored, then built with the network unreachable", { skip: noNamespace }, async () => {
    const lock = "build/python/requirements.lock";
    cpSync(join(roots.uv, lock), join(roots.offline, lock));
    await setup(roots.offline, "vendor");
    for (const installer of ["uv", "pip"]) {
      rmSync(join(roots.offline, "build/python/venv"), { recursive: true, force: true });
      const words = noNetwork([
        python.path,
        join(roots.offline, "build/python/setup.py"),
        ...["--offline", "--locked", "--installer", installer],
      ]);
      const outcome = await run(words, { cwd: roots.offline, env });
      assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
      assert.deepEqual(await packages(roots.offline), await packages(roots.uv), installer);
    }
  });
});
