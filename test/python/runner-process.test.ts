import assert from "node:assert/strict";
import { chmodSync, closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pythons } from "./pythons.ts";
import { environment, repository, run, start, ways, write } from "./repository.ts";

const waits = `import os, signal, sys, time
if "handle" in sys.argv:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(42))
print(os.getpid(), flush=True)
time.sleep(600)
`;

for (const python of await pythons()) {
  const root = repository(python);
  write(root, {
    "waits.py": waits,
    "echo.py": "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())",
    "many.py": "for n in range(200000): print(n)",
    "build/python/venv/bin/dispositions":
      "#!/bin/sh\nexec grep -E '^Sig(Ign|Cgt|Blk)' /proc/self/status\n",
  });
  chmodSync(join(root, "build/python/venv/bin/dispositions"), 0o755);
  for (const [way, words] of ways(python)) {
    describe(`${way} with Python ${python.name}`, { concurrency: 3 }, () => {
      const options = { cwd: root, env: environment() };

      test("replaces itself: the same process, ended by the same signal", async () => {
        for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const) {
          const { child, done } = start([...words, "waits.py"], options);
          child.stdout?.once("data", (text) => {
            assert.equal(Number(text), child.pid);
            child.kill(signal);
          });
          const outcome = await done;
          assert.deepEqual([outcome.code, outcome.signal], [null, signal]);
        }
      });

      test("a handler's exit code is the exit code", async () => {
        const { child, done } = start([...words, "waits.py", "handle"], options);
        child.stdout?.once("data", () => child.kill("SIGTERM"));
        assert.equal((await done).code, 42);
      });

      test("the process list names venv/bin/python3 and the script", async () => {
        const { child, done } = start([...words, "waits.py", "a b"], options);
        const line = await new Promise<string>((resolve) =>
          child.stdout?.once("data", () =>
            resolve(readFileSync(`/proc/${child.pid}/cmdline`, "utf8")),
          ),
        );
        child.kill();
        await done;
        assert.match(line, /\/build\/python\/venv\/bin\/python3\0waits.py\0a b\0$/);
      });

      test("stdin arrives whole, bytes as they are", async () => {
        const input = `#!/bin/sh\n${"x".repeat(100_000)}\n\r\n é`;
        assert.equal((await run([...words, "echo.py"], { ...options, input })).stdout, input);
      });

      test("a closed pipe behaves as with Python itself", async () => {
        const through = (call: string[]) =>
          run(["bash", "-c", '"$@" | head -1; echo "$PIPESTATUS"', "_", ...call], options);
        const [direct, runner] = await Promise.all([
          through([join(root, "build/python/venv/bin/python3"), "many.py"]),
          through([...words, "many.py"]),
        ]);
        assert.equal(runner.stdout, direct.stdout);
        assert.equal(runner.stderr, direct.stderr);
      });

      test("a program of the venv starts with the signals that its caller had", async () => {
        const direct = await run([join(root, "build/python/venv/bin/dispositions")], options);
        const runner = await run([...words, "dispositions"], options);
        assert.equal(runner.stdout, direct.stdout);
      });

      test("an open file of the caller's stays open", async () => {
        const file = openSync(join(root, "echo.py"), "r");
        const code = "import os; print(os.read(3, 6))";
        const outcome = await run([...words, "-c", code], {
          ...options,
          stdio: ["pipe", "pipe", "pipe", file],
        });
        closeSync(file);
        assert.equal(outcome.stdout, "b'import'\n");
      });
    });
  }
}
