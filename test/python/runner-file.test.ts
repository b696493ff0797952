import assert from "node:assert/strict";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { everyPython, pythons } from "./pythons.ts";
import { repository, run, scratch } from "./repository.ts";

const source = join(import.meta.dirname, "..", "..", "src", "python");

test("the hands are executable, carry One Venv's mark, and their sh half has no backslash", () => {
  for (const [file, mark] of [
    ["run.py", /^# One Venv runner, version \d+$/m],
    ["setup.py", /^# One Venv setup, version \d+$/m],
  ] as const) {
    const text = readFileSync(join(source, file), "utf8");
    assert.match(text, mark);
    assert.equal(statSync(join(source, file)).mode & 0o111, 0o111);
    assert.doesNotMatch(text, /[^\0-\x7f]/, "plain ASCII, whatever the locale");
  }
  const [half] = readFileSync(join(source, "run.py"), "utf8").split('":"""\n');
  assert.doesNotMatch(half ?? "", /\\/);
});

for (const python of await pythons()) {
  test(`both compile without a warning on Python ${python.name}`, async () => {
    const folder = scratch();
    for (const name of ["run.py", "setup.py"]) {
      copyFileSync(join(source, name), join(folder, name));
      const outcome = await run([
        python.path,
        "-W",
        "error",
        "-m",
        "py_compile",
        join(folder, name),
      ]);
      assert.deepEqual(outcome, { code: 0, signal: null, stdout: "", stderr: "" });
    }
  });
}

test("the other shells of this machine read the sh half alike", async (t) => {
  const [python] = await pythons();
  const root = repository(python!);
  for (const words of [
    ["dash"],
    ["bash"],
    ["busybox", "sh"],
    ["ksh"],
    ["zsh", "--emulate", "sh"],
  ]) {
    const there = (await run(["sh", "-c", `command -v ${words[0]}`])).code === 0;
    if (!there) {
      t.diagnostic(`${words[0]} is not on this machine`);
      continue;
    }
    const call = [
      ...words,
      "build/python/run.py",
      "-c",
      "import sys; print(sys.argv[1:])",
      "a b",
      "",
    ];
    const outcome = await run(call, { cwd: root });
    assert.equal(outcome.stdout, "['a b', '']\n", `${words[0]}: ${outcome.stderr}`);
  }
});

const tooOld = (await everyPython()).filter((python) => python.version[1] < 8);
for (const minor of [6, 7]) {
  const python = tooOld.find((one) => one.version[1] === minor);
  const skip = python ? false : `no Python 3.${minor} on this machine`;
  test(`Python 3.${minor} gets one plain line`, { skip }, async () => {
    for (const name of ["run.py", "setup.py"]) {
      const outcome = await run([python!.path, join(source, name), "x"]);
      assert.deepEqual([outcome.code, outcome.stdout], [1, ""]);
      assert.match(outcome.stderr, /^Python 3\.8 or newer is needed, this is 3\.\d\.\d+\n$/);
    }
  });
}
