import assert from "node:assert/strict";
import { chmodSync, mkdirSync, realpathSync, renameSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, test } from "node:test";
import { pythons } from "./pythons.ts";
import { environment, type Outcome, repository, run, ways, write } from "./repository.ts";

const report = `import json, os, sys
print(json.dumps({"argv": sys.argv, "prefix": sys.prefix, "path": sys.path, "cwd": os.getcwd(),
    "unbuffered": sys.stdout.write_through, "executable": sys.executable,
    "env": {k: os.environ.get(k) for k in ("PYTHONPATH", "PATH", "VIRTUAL_ENV", "PYTHONHOME")}}))
`;

function seen(outcome: Outcome) {
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(outcome.stderr, "");
  return JSON.parse(outcome.stdout);
}

for (const python of await pythons()) {
  const root = realpathSync(repository(python));
  const venv = join(root, "build/python/venv");
  write(root, {
    "report.py": report,
    "app/__main__.py": report,
    "folder/note.txt": "",
    "tools/report.py": report,
    "tool.txt": "not a program",
    "build/python/venv/bin/tool": `#!/moved/away/bin/python3\n${report}`,
    "build/python/venv/bin/wrapped": `#!/bin/sh\n'''exec' "/moved/away/python" "$0" "$@"\n' '''\n${report}`,
    "build/python/venv/bin/app": "#!/bin/sh\necho the program app\n",
    "build/python/venv/bin/folder": "#!/bin/sh\necho the program folder $#\n",
    "build/python/venv/bin/report.py": "#!/bin/sh\necho the program report.py\n",
    "build/python/venv/bin/plain": "no program",
  });
  for (const name of ["tool", "wrapped", "app", "folder", "report.py"]) {
    chmodSync(join(venv, "bin", name), 0o755);
  }
  for (const [way, words] of ways(python)) {
    describe(`${way} with Python ${python.name}`, { concurrency: 3 }, () => {
      const call = (more: string[], options: Parameters<typeof run>[1] = {}) =>
        run([...words, ...more], { cwd: root, env: environment(), ...options });

      test("a script gets every argument, the venv's Python and the caller's folder", async () => {
        const args = ["--flag", "-m", "-", "a b", "", "it's", '"q"', "$HOME", "*", "é\n", "--"];
        const it = seen(await call(["report.py", ...args]));
        assert.deepEqual(it.argv, ["report.py", ...args]);
        assert.equal(it.prefix, venv);
        assert.equal(it.executable, join(venv, "bin/python3"));
        assert.equal(it.cwd, root);
        assert.equal(it.env.PYTHONPATH, root);
        assert.equal(it.env.VIRTUAL_ENV, venv);
        assert.equal(it.env.PATH, join(venv, "bin") + delimiter + environment().PATH);
      });

      test("what the caller has set stands first, each folder once", async () => {
        const env = environment({
          PYTHONPATH: `/first${delimiter}${root}`,
          PYTHONHOME: "/nowhere",
        });
        if (way === "python run.py") delete env.PYTHONHOME; // the outer Python itself would fail
        const it = seen(await call(["report.py"], { env }));
        assert.equal(it.env.PYTHONPATH, `/first${delimiter}${root}`);
        assert.equal(it.env.PYTHONHOME, null);
        const other = seen(
          await call(["report.py"], { env: environment({ PYTHONPATH: "/a::/b" }) }),
        );
        assert.equal(other.env.PYTHONPATH, `/a::/b:${root}`);
        const empty = seen(await call(["report.py"], { env: environment({ PYTHONPATH: "" }) }));
        assert.equal(empty.env.PYTHONPATH, root);
      });

      test("called from within, it changes nothing more", async () => {
        const again = [...words.map((word) => (word.endsWith("run.py") ? join(root, word) : word))];
        const code = `import subprocess, sys; sys.exit(subprocess.call(${JSON.stringify([...again, "report.py"])}))`;
        const it = seen(await call(["-c", code]));
        assert.equal(it.env.PYTHONPATH, root);
        assert.equal(it.env.PATH, join(venv, "bin") + delimiter + environment().PATH);
      });

      test("python3 by name is the venv's", async () => {
        const code =
          "import subprocess; subprocess.call(['python3', '-c', 'import sys; print(sys.prefix)'])";
        assert.equal((await call(["-c", code])).stdout, `${venv}\n`);
      });

      test("-c, -m, -u, - and a folder go to Python as they are", async () => {
        const c = seen(await call(["-c", report, "-x", "--y"]));
        assert.deepEqual(c.argv, ["-c", "-x", "--y"]);
        const m = seen(await call(["-m", "tools.report", "-m", "x"]));
        assert.deepEqual(m.argv, [join(root, "tools/report.py"), "-m", "x"]);
        const u = seen(await call(["-u", "report.py", "-u"]));
        assert.deepEqual([u.argv, u.unbuffered], [["report.py", "-u"], true]);
        const stdin = seen(await call(["-", "one"], { input: report }));
        assert.deepEqual(stdin.argv, ["-", "one"]);
        assert.deepEqual(seen(await call(["app", "two"])).argv, ["app", "two"]);
        assert.match((await call(["-V"])).stdout, /^Python 3/);
      });

      test("a program of the venv runs by its bare name, from any folder", async () => {
        for (const name of ["tool", "wrapped"]) {
          const it = seen(await call([name, "-q", "a b"]));
          assert.deepEqual(it.argv, [join(venv, "bin", name), "-q", "a b"]);
          assert.equal(it.prefix, venv);
        }
        assert.equal((await call(["folder", "a", "b c"])).stdout, "the program folder 2\n");
      });

      test("a file here, a folder with __main__.py and a path are no program names", async () => {
        assert.deepEqual(seen(await call(["report.py"])).argv, ["report.py"]);
        assert.deepEqual(seen(await call(["app"])).argv, ["app"]);
        assert.equal((await call(["bin/tool"])).code, 2);
        assert.equal((await call(["plain"])).code, 2);
        assert.equal((await call([""])).code !== 0, true);
        assert.equal((await call(["nothing-such"])).code, 2);
      });

      test("no arguments: usage and exit code 1", async () => {
        const it = await call([]);
        assert.deepEqual([it.code, it.stdout], [1, ""]);
        assert.match(it.stderr, /^usage: build\/python\/run.py /);
      });

      test("an exit code is passed on", async () => {
        for (const code of [0, 1, 3, 120, 255]) {
          assert.equal((await call(["-c", `import sys; sys.exit(${code})`])).code, code);
        }
      });
    });
  }

  test(`pythonpath.txt with Python ${python.name}`, async () => {
    const lines = [
      "# roots",
      "",
      "libs/a",
      "./libs/b/",
      " libs/c \t",
      "libs/a",
      ".",
      "libs/c#",
      "libs/d  # services/x",
      "/abs/olute",
      "libs/é ü",
      "../beside",
      "  # more",
      "last",
    ];
    const expected = ["", "/libs/a", "/libs/b", "/libs/c", "/libs/c#", "/libs/d"]
      .map((path) => root + path)
      .concat("/abs/olute", ...["/libs/é ü", "/../beside", "/last"].map((path) => root + path))
      .join(delimiter);
    for (const end of ["\n", "\r\n"]) {
      write(root, { "build/python/pythonpath.txt": lines.join(end) });
      for (const [way, words] of ways(python)) {
        const outcome = await run([...words, "report.py"], { cwd: root, env: environment() });
        assert.equal(seen(outcome).env.PYTHONPATH, expected, way);
      }
    }
  });

  test(`no venv, or one whose Python is gone, with Python ${python.name}`, async () => {
    const aside = join(root, "aside");
    const call = (words: string[]) => run([...words, "-V"], { cwd: root, env: environment() });
    renameSync(venv, aside);
    for (const [way, words] of ways(python)) {
      const it = await call(words);
      assert.deepEqual([it.code, it.stdout], [127, ""], way);
      assert.equal(
        it.stderr,
        `One Venv: no central venv; make it with: python3 build/python/setup.py (in ${root})\n`,
      );
    }
    mkdirSync(venv);
    for (const [way, words] of ways(python)) {
      const it = await call(words);
      assert.equal(it.code, 127, way);
      assert.match(
        it.stderr,
        /^One Venv: the central venv has no working Python; make it with: .*\n$/,
      );
    }
  });
}
