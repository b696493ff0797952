import assert from "node:assert/strict";
import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { pythons } from "./pythons.ts";
import { environment, repository, run, scratch, ways, write } from "./repository.ts";

const where = "import os, sys; print(repr((sys.prefix, os.environ['PYTHONPATH'], os.getcwd())))";

/** What `where` prints for these paths, as Python writes them. */
const told = async (python: string, ...paths: string[]) => {
  const code = "import sys; print(repr(tuple(sys.argv[1:])))";
  return (await run([python, "-c", code, ...paths])).stdout;
};

const names = [
  `it's a "quoted" name`,
  "naïve-日本語",
  "dollar $HOME `x` star * [a]",
  "new\nline; semi & back\\slash",
  "ends in newline\n",
  "-dash",
];

for (const python of await pythons()) {
  describe(`paths, with Python ${python.name}`, { concurrency: 3 }, () => {
    for (const name of names) {
      test(`a root named ${JSON.stringify(name)}`, async () => {
        const root = realpathSync(repository(python, join(scratch(), name)));
        const venv = join(root, "build/python/venv");
        for (const [way, words] of ways(python)) {
          const outcome = await run([...words, "-c", where], { cwd: root, env: environment() });
          assert.equal(outcome.stdout, await told(python.path, venv, root, root), way);
        }
      });
    }

    test("from any folder, by relative and absolute path", async () => {
      const root = realpathSync(repository(python));
      const venv = join(root, "build/python/venv");
      mkdirSync(join(root, "services/a b"), { recursive: true });
      const calls: [string, string][] = [
        [join(root, "services/a b"), "../../build/python/run.py"],
        [join(root, "build/python"), "./run.py"],
        [join(root, "build/python/venv"), "../run.py"],
        [join(root, "build"), "python/../python/run.py"],
        ["/", join(root, "build/python/run.py")],
      ];
      for (const [cwd, runner] of calls) {
        for (const [way, words] of ways(python, runner)) {
          const outcome = await run([...words, "-c", where], { cwd, env: environment() });
          assert.equal(
            outcome.stdout,
            await told(python.path, venv, root, cwd),
            `${way} ${runner}`,
          );
        }
      }
      const beside = await run(["sh", "run.py", "-c", where], { cwd: join(root, "build/python") });
      assert.match(beside.stdout, /build\/python\/venv/);
    });

    test("through symlinks: a chain of relative ones, an absolute one, a linked folder", async () => {
      const root = realpathSync(repository(python));
      const outside = realpathSync(scratch());
      const venv = join(root, "build/python/venv");
      write(root, { "tools/deep/x": "" });
      symlinkSync("../../build/python/run.py", join(root, "tools/deep/first"));
      symlinkSync("deep/first", join(root, "tools/second"));
      symlinkSync(join(root, "tools/second"), join(outside, "third one"));
      symlinkSync("third one", join(outside, "fourth"));
      symlinkSync(root, join(outside, "linked"));
      const runners = ["tools/second", join(outside, "third one"), join(outside, "fourth")];
      runners.push(join(outside, "linked/build/python/run.py"));
      for (const runner of runners) {
        for (const [way, words] of ways(python, runner)) {
          const outcome = await run([...words, "-c", where], { cwd: root, env: environment() });
          assert.equal(
            outcome.stdout,
            await told(python.path, venv, root, root),
            `${way} ${runner}`,
          );
        }
      }
    });

    test("found on PATH, with CDPATH set, and with an empty environment", async () => {
      const root = realpathSync(repository(python));
      const folder = join(root, "build/python");
      const env = environment({ CDPATH: dirname(root) });
      env.PATH = `${folder}:${env.PATH}`;
      const onPath = await run(["run.py", "-c", where], { cwd: "/", env });
      assert.equal(onPath.stdout, await told(python.path, join(folder, "venv"), root, "/"));
      for (const [way, words] of ways(python)) {
        const cdpath = await run([...words, "-c", where], { cwd: root, env });
        assert.equal(cdpath.stdout, await told(python.path, join(folder, "venv"), root, root), way);
        const bare = await run(
          ["env", "-i", ...words, "-c", "import subprocess; subprocess.call('ls')"],
          {
            cwd: root,
          },
        );
        assert.deepEqual([bare.code, bare.stdout], [0, "build\n"], way);
      }
    });
  });
}
