// Every script judged by the central venv's Python, none of them run. One repository holds all the
// cases, each in a folder of its own, and is verified once with every Python of this machine.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { DISTRIBUTIONS } from "../../src/monorepo/distribution-names.ts";
import { type Python, pythons } from "./pythons.ts";
import { environment, repository, run, scratch, write } from "./repository.ts";
import { CASES } from "./verify-cases.ts";

interface Problem {
  kind: string;
  file: string;
  line: number;
  column: number;
  module: string | null;
  message: string;
  provides: { distribution: string; from: string }[];
  folders: string[];
}

interface Verdict {
  schema: number;
  ok: boolean;
  python: string;
  venv: { code: string }[];
  scripts: { path: string; kind: string; ok: boolean; files: number; problems: number[] }[];
  problems: Problem[];
  notes: { kind: string; file: string; line: number; module: string; message: string }[];
  accidental: {
    distribution: string;
    through: string[];
    seed: boolean;
    uses: { file: string; line: number; module: string }[];
  }[];
}

const every = await pythons();
const newest = every.at(-1)!;
const env = environment();
delete env.CI;

/** The words of a distribution's folder in site-packages. */
const distribution = (name: string, files: string[], ...metadata: string[]) => ({
  [`${name}-1.0.dist-info/METADATA`]: [
    "Metadata-Version: 2.1",
    `Name: ${name}`,
    ...metadata,
    "",
    "",
  ].join("\n"),
  [`${name}-1.0.dist-info/RECORD`]: files.map((file) => `${file},,\n`).join(""),
  ...Object.fromEntries(
    files.filter((file) => file.endsWith(".py")).map((file) => [file, "1 / 0  # never run\n"]),
  ),
});

/** What stands in the central venv; a module that were run would end in an error. */
const INSTALLED = {
  ...distribution(
    "web",
    ["web/__init__.py", "web/routes/__init__.py"],
    "Requires-Dist: wire>=1",
    "Requires-Dist: spare; extra == 'more'",
  ),
  ...distribution("wire", ["wire.py"]),
  ...distribution("spare", ["spare.py"]),
  ...distribution("cloud_one", ["cloud/one/__init__.py"]),
  ...distribution("lazy", ["lazy/__init__.py"]),
  "lazy/__init__.py": "import sys\nsys.modules['lazy.made'] = object()\n1 / 0\n",
  ...distribution("compiled", ["compiled/__init__.abi3.so"]),
  "compiled/__init__.abi3.so": "",
  ...distribution("old_space", ["space/__init__.py", "space/here.py"]),
  "space/__init__.py": "__import__('pkg_resources').declare_namespace(__name__)\n",
  "away.pth": "away\n# a comment\n\n",
  "away/by_path.py": "",
  "code.pth": "import os; raise SystemExit('a .pth file was run')\n",
  "__editable__.member.pth":
    "import __editable___member_finder; __editable___member_finder.install()\n",
};

async function prepared(python: Python): Promise<string> {
  const root = repository(python);
  const venv = join(root, "build/python/venv");
  const site = join(venv, "lib", readdirSync(join(venv, "lib"))[0]!, "site-packages");
  write(site, INSTALLED);
  write(site, {
    "__editable___member_finder.py": `MAPPING: dict = ${JSON.stringify({ member: join(root, "members/member") })}\n1 / 0\n`,
  });
  write(root, {
    "build/python/requirements.txt":
      "web>=1  # services\ncloud-one\nlazy\nabsent==1\ncompiled\nold-space\n-c limits.txt\n",
    "build/python/limits.txt": "wire<2\n",
    "build/python/pythonpath.txt": "libs/rooted\n",
    "libs/rooted/rooted.py": "",
    "libs/unrooted/unrooted.py": "",
    "libs/unrooted/unrooted_package/__init__.py": "",
    "members/member/__init__.py": "import nowhere_in_member\n",
    "shared/__init__.py": "",
    "shared/fine.py": "VALUE = 1\n",
    "shared/needs.py": "import os\n\nimport numpy as np\n",
    "shared/ring_a.py": "from shared import ring_b\n",
    "shared/ring_b.py": "from shared import ring_a\n",
    "plain/inner.py": "",
    "services/old/venv/pyvenv.cfg": "version = 3.9.1\n",
    "services/old/venv/script.py": "import nothing\nif __name__ == '__main__': pass\n",
    "services/old/venv/lib/python3.9/site-packages/inhouse_thing-2.0.dist-info/RECORD":
      "inhouse/__init__.py,,\n",
    "services/old/main.py": "import inhouse\nif __name__ == '__main__': pass\n",
  });
  for (const [name, { files }] of Object.entries(CASES)) write(join(root, "cases", name), files);
  return root;
}

const verify = async (python: Python, root: string, ...more: string[]): Promise<Verdict> => {
  const words = [python.path, join(root, "build/python/setup.py"), "verify", "--json", ...more];
  const outcome = await run(words, { cwd: root, env });
  assert.ok(outcome.code === 0 || outcome.code === 1, outcome.stdout + outcome.stderr);
  assert.equal(outcome.stderr, "");
  const verdict: Verdict = JSON.parse(outcome.stdout);
  assert.equal(verdict.ok, outcome.code === 0);
  return verdict;
};

describe("setup.py verify", { concurrency: 2 }, () => {
  for (const python of every) {
    describe(`Python ${python.name}`, async () => {
      const root = await prepared(python);
      const verdict = await verify(newest, root);
      const minor = python.version[1];

      for (const [
        name,
        { script = "main.py", problems, notes = [], from = 8, below = 99 },
      ] of Object.entries(CASES)) {
        if (minor < from || minor >= below) continue;
        test(name, () => {
          const path = `cases/${name}/${script}`;
          const judged = verdict.scripts.find((one) => one.path === path);
          assert.ok(judged, `${path} was found`);
          const short = (file: string) => file.replace(`cases/${name}/`, "");
          const said = judged.problems.map((number) => {
            const { file, line, kind, module, provides, folders } = verdict.problems[number]!;
            const more = [...provides.map((one) => one.distribution), ...folders];
            return [`${short(file)}:${line}`, kind, module, ...more].filter(Boolean).join(" ");
          });
          assert.deepEqual(said, problems);
          assert.equal(judged.ok, problems.length === 0);
          const noted = verdict.notes.filter(({ file }) => file.startsWith(`cases/${name}/`));
          assert.deepEqual(
            noted.map(({ file, line, kind, module }) => `${short(file)}:${line} ${kind} ${module}`),
            notes,
          );
        });
      }

      test("it is the central Python that judges, and its state is told", () => {
        assert.match(verdict.python, new RegExp(`^${python.version.join("\\.")}\\.`));
        assert.deepEqual(
          verdict.venv.map(({ code }) => code),
          ["no-record"],
        );
      });

      test("what is imported and not declared is named, with what brought it in", () => {
        const named = verdict.accidental.map(({ distribution, through, seed }) => [
          distribution,
          through,
          seed,
        ]);
        assert.deepEqual(named, [
          ["spare", ["web"], false],
          ["wire", ["web"], false],
        ]);
        const uses = verdict.accidental[1]!.uses.map(
          ({ file, line, module }) => `${file}:${line} ${module}`,
        );
        assert.deepEqual(uses, [
          "cases/accidental/main.py:2 wire",
          "cases/accidental/main.py:3 wire",
        ]);
      });

      test("an old environment's metadata tells who provides a module", () => {
        const found = verdict.problems.find(({ file }) => file === "services/old/main.py")!;
        assert.deepEqual(found.provides, [
          { distribution: "inhouse-thing", from: "installed", where: "services/old/venv" },
        ]);
        assert.match(
          found.message,
          /^inhouse is not in the central venv; inhouse-thing provides it/,
        );
      });

      test("scripts in environments and the two hands are none of the repository's", () => {
        const paths = verdict.scripts.map(({ path }) => path);
        assert.deepEqual(
          paths.filter((path) => /venv|build\/python/.test(path)),
          [],
        );
        assert.deepEqual(paths, [...paths].sort());
      });
    });
  }
});

describe("which scripts are judged", async () => {
  const root = await prepared(newest);
  const main = "if __name__ == '__main__':\n    pass\n";
  write(root, {
    ".gitignore": "ignored/\n",
    "ignored/a.py": main,
    "found/a.py": main,
    "found/module.py": "def main(): pass\n",
    "found/named like ümläut.pyw": main,
    "found/app/__main__.py": "",
    "found/old.py": `print 'no'\n${main}`,
  });
  mkdirSync(join(root, "found/loop"));
  symlinkSync("..", join(root, "found/loop/up"));
  symlinkSync("a.py", join(root, "found/link.py"));
  const found = async () =>
    (await verify(newest, root)).scripts
      .map(({ path }) => path)
      .filter((path) => /^(found|ignored)/.test(path));
  const all = [
    "found/a.py",
    "found/app/__main__.py",
    "found/named like ümläut.pyw",
    "found/old.py",
  ];

  test("all, without git; then what git does not ignore, tracked or not", async () => {
    assert.deepEqual(await found(), [...all, "ignored/a.py"]);
    execFileSync("git", ["init", "-q"], { cwd: root });
    assert.deepEqual(await found(), all);
    execFileSync("git", ["add", "-f", "found", "ignored"], { cwd: root });
    assert.deepEqual(await found(), [...all, "ignored/a.py"]);
  });

  test("those that are named, from where the caller stands, or as a list", async () => {
    const words = [newest.path, join(root, "build/python/setup.py"), "verify", "--json"];
    const named = await run([...words, "a.py", "module.py", "app"], {
      cwd: join(root, "found"),
      env,
    });
    const kinds = JSON.parse(named.stdout).scripts.map(
      (one: { path: string; kind: string }) => `${one.path} ${one.kind}`,
    );
    assert.deepEqual(kinds, [
      "found/a.py main block",
      "found/module.py named",
      "found/app/__main__.py package",
    ]);
    const list = await run([...words, "--stdin"], { cwd: scratch(), env, input: '["found/a.py"]' });
    assert.deepEqual(
      JSON.parse(list.stdout).scripts.map((one: { path: string }) => one.path),
      ["found/a.py"],
    );
    const none = await run([...words, "--stdin"], { cwd: scratch(), env, input: "[]" });
    assert.deepEqual(JSON.parse(none.stdout).scripts, [], "an empty list is no wish for all");
  });

  test("what cannot be judged ends with 2 and one line", async () => {
    const words = [newest.path, join(root, "build/python/setup.py"), "verify"];
    const missing = await run([...words, "nowhere.py"], { cwd: root, env });
    assert.deepEqual(
      [missing.code, missing.stderr],
      [2, "One Venv: there is no script nowhere.py\n"],
    );
    const nonsense = await run([...words, "--stdin"], { cwd: root, env, input: "no" });
    assert.equal(nonsense.code, 2);
    assert.match(
      nonsense.stderr,
      /^One Venv: what stands on stdin is not a JSON list of paths: .*\n$/,
    );
    const bare = repository(newest);
    execFileSync("rm", ["-r", join(bare, "build/python/venv")]);
    const without = await run([newest.path, join(bare, "build/python/setup.py"), "verify"], {
      env,
    });
    assert.equal(without.code, 2);
    assert.match(without.stderr, /^One Venv: there is no central venv .*setup\.py\n$/);
  });

  test("for people: file and line, whom it hits, and a last line that counts", async () => {
    const words = [newest.path, join(root, "build/python/setup.py"), "verify"];
    const scripts = ["helper", "accidental", "all-well"].map((name) => `cases/${name}/main.py`);
    const outcome = await run([...words, ...scripts], { cwd: root, env });
    assert.equal(outcome.code, 1);
    assert.match(
      outcome.stdout,
      /^shared\/needs\.py:3:1: numpy is neither .* perhaps numpy provides it\n {2}needed by cases\/helper\/main\.py\n/,
    );
    assert.match(
      outcome.stdout,
      /\ncases\/accidental\/main\.py:2: wire is imported, but not declared: it came in through web \(2 imports\)\n/,
    );
    assert.match(
      outcome.stdout,
      /\n3 scripts judged with Python 3\.\d+\.\d+: 1 does not resolve\n$/,
    );
  });

  test("PYTHONPATH that was there counts, as for the runner", async () => {
    const elsewhere = scratch();
    write(elsewhere, { "from_outside.py": "" });
    write(root, { "found/outside.py": `import from_outside\n${main}` });
    const words = [newest.path, join(root, "build/python/setup.py"), "verify", "found/outside.py"];
    assert.equal((await run(words, { cwd: root, env })).code, 1);
    assert.equal((await run(words, { cwd: root, env: { ...env, PYTHONPATH: elsewhere } })).code, 0);
  });
});

test("many scripts, read in several processes, are judged as few are", async () => {
  const root = repository(newest);
  write(root, { "build/python/requirements.txt": "" });
  const numbers = Array.from({ length: 240 }, (_, n) => n);
  for (const n of numbers) {
    const fault = n % 3 === 0 ? `import nowhere_${n}` : n % 3 === 1 ? "print 'no'" : "import os";
    write(root, { [`many/s${n}.py`]: `${fault}\nif __name__ == "__main__":\n    pass\n` });
  }
  const { scripts, problems } = await verify(newest, root);
  assert.equal(scripts.length, 240);
  for (const { path, problems: own } of scripts) {
    const n = Number(/\d+/.exec(path)![0]);
    const kinds = own.map((number) => `${problems[number]!.file} ${problems[number]!.kind}`);
    assert.deepEqual(kinds, n % 3 === 2 ? [] : [`${path} ${n % 3 === 0 ? "missing" : "syntax"}`]);
  }
});

test("the brain's table of distributions is setup.py's", () => {
  const code = `
import json, runpy, sys
print(json.dumps(runpy.run_path(sys.argv[1])["DISTRIBUTIONS"]))`;
  const file = join(import.meta.dirname, "../../src/python/setup.py");
  const table = JSON.parse(execFileSync(newest.path, ["-c", code, file], { encoding: "utf8" }));
  assert.deepEqual(table, DISTRIBUTIONS);
});
