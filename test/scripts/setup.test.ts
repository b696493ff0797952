import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const setup = join(import.meta.dirname, "..", "..", "scripts", "setup.mjs");

/** What setup.mjs says on a machine that has only these programs, sh scripts that we make. */
function setupWith(programs: Record<string, string>, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "setup-"));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const run = spawnSync(process.execPath, [setup, ...args], {
    env: { PATH: folder },
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return { code: run.status, said: run.stderr };
}

const onPosix = { skip: process.platform === "win32" && "programs here are sh scripts" };

test("a task that is not there is named", () => {
  const { code, said } = setupWith({}, "nothing");
  assert.equal(code, 1);
  assert.match(said, /^usage: .* there is no scripts\/nothing\.ts\n$/);
});

test("no git", onPosix, () => {
  const { code, said } = setupWith({}, "test");
  assert.deepEqual({ code, said }, { code: 1, said: "One Venv needs git, and found none.\n" });
});

test("no Python", onPosix, () => {
  const { code, said } = setupWith({ git: "exit 0" }, "test");
  assert.equal(code, 1);
  assert.equal(said, "One Venv needs Python 3.9 or newer: found none.\n");
});

test("a Python that is too old", onPosix, () => {
  const { code, said } = setupWith({ git: "exit 0", python3: "echo 3.8" }, "test");
  assert.equal(code, 1);
  assert.equal(said, "One Venv needs Python 3.9 or newer: python3 is 3.8.\n");
});

test("arguments and the exit code go through", onPosix, () => {
  const enough = { git: "exit 0", python3: "echo 3.12" };
  const { code, said } = setupWith(enough, "test", "no-such-part");
  assert.equal(code, 2);
  assert.match(said, /^There is no part no-such-part;/);
});
