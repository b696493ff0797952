import assert from "node:assert/strict";
import { chmodSync, chownSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { applyProposal } from "../../src/commands/apply.ts";
import { assessHealth } from "../../src/commands/health.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { readHands } from "../../src/environment/ground.ts";
import { findInterpreter } from "../../src/environment/interpreter.ts";
import { MessageError } from "../../src/plan/message.ts";
import { tree, withoutRights } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
const proposalOf = async (root: string) => {
  const material = await gather(root, { hands, processes: true });
  return { material, proposal: propose(material, material.decisions, null) };
};
const TWO = { "a/requirements.txt": "six==1.16.0\n", "b/requirements.txt": "idna==3.7\n" };

test("a source that cannot be read is named with the reason, and the others are merged", async (t) => {
  const root = tree(t, TWO);
  for (const folder of ["", "a", "b"]) chmodSync(join(root, folder), 0o755);
  chmodSync(join(root, "b/requirements.txt"), 0);
  const { material, proposal } = await withoutRights(() => proposalOf(root));
  const source = material.scan.sources.find(({ path }) => path === "b/requirements.txt");
  assert.equal(source?.reason, "no permission to read it");
  assert.match(proposal.consolidation.central, /^six==1\.16\.0 {2}# a$/m);
});

test("a source that is not UTF-8 is read as it can be, and that is said", async (t) => {
  const latin = Buffer.from("six==1.16.0  # gr\xfc\xdfe\n", "latin1");
  const root = tree(t, { ...TWO, "c/requirements.txt": latin });
  const { material, proposal } = await proposalOf(root);
  const source = material.sources.find(({ path }) => path === "c/requirements.txt");
  assert.match(source!.reading.notes.map(({ message }) => message).join(), /UTF-8/i);
  assert.match(proposal.consolidation.central, /^six==1\.16\.0 {2}# a, c$/m);
});

test("decisions.json that is no JSON is named, with what to do", async (t) => {
  const root = tree(t, { ...TWO, "build/python/decisions.json": "{ oops" });
  await assert.rejects(proposalOf(root), (error) => {
    assert.ok(error instanceof MessageError);
    assert.match(error.message, /^build\/python\/decisions\.json is not valid JSON.*Mend it/);
    return true;
  });
});

test("a build/python that is not writable stops Apply with its name; no byte changes", async (t) => {
  const root = tree(t, { ...TWO, "build/python/requirements.txt": "# kept by One Venv\n" });
  const home = join(root, "build/python");
  for (const folder of [root, join(root, "build"), home]) {
    chmodSync(folder, 0o555);
    if (process.getuid?.() === 0) chownSync(folder, 65534, 65534);
  }
  for (const folder of ["a", "b"]) chmodSync(join(root, folder), 0o755);
  const before = await readdir(home);
  await withoutRights(async () => {
    const { proposal } = await proposalOf(root);
    await assert.rejects(applyProposal(root, proposal), (error) => {
      assert.ok(error instanceof MessageError);
      assert.match(
        error.message,
        /^Nothing was (written|changed)\. build\/python.*permission denied; make it writable/,
      );
      return true;
    });
  });
  for (const folder of [root, join(root, "build"), home]) chmodSync(folder, 0o755);
  assert.deepEqual(await readdir(home), before);
  assert.equal(readFileSync(join(home, "requirements.txt"), "utf8"), "# kept by One Venv\n");
});

test("a root that is gone is said in plain words", async (t) => {
  const root = tree(t, TWO);
  rmSync(root, { recursive: true });
  await assert.rejects(proposalOf(root), /ENOENT|does not exist/);
  const health = await assessHealth(root, { hands, processes: true });
  assert.equal(health.state, "not consolidated");
});

/** What is found with this PATH; of the usual folders one that holds no Python stands on it. */
async function foundWith(path: string) {
  const { PATH, PYENV_ROOT } = process.env;
  process.env.PATH = `${path}:/opt/homebrew/bin`;
  process.env.PYENV_ROOT = join(path, "none");
  try {
    return await findInterpreter(undefined, process.env, "linux");
  } finally {
    process.env.PATH = PATH;
    if (PYENV_ROOT === undefined) delete process.env.PYENV_ROOT;
    else process.env.PYENV_ROOT = PYENV_ROOT;
  }
}

test("no Python at all", async (t) => {
  const root = tree(t, TWO);
  assert.deepEqual(await foundWith(root), { interpreter: null, tooOld: [] });
});

test("a Python that is too old is seen, and not used", async (t) => {
  const answer = { path: "/opt/old/python3", version: "3.7.17", environment: {} };
  const root = tree(t, { python3: `#!/bin/sh\necho '${JSON.stringify(answer)}'\n` });
  chmodSync(join(root, "python3"), 0o755);
  assert.deepEqual(await foundWith(root), { interpreter: null, tooOld: [answer] });
});

test("files that include each other in a circle, and clash: each is read once, with its own lines", async (t) => {
  const root = tree(t, {
    "a/requirements.txt": "-r base.txt\nx==2\n",
    "a/base.txt": "x==1\n-r requirements.txt\n",
    "a/more.txt": "-r more.txt\ny\n",
    "b/requirements.txt": "-r ../a/base.txt\n-r ../a/more.txt\n-r gone.txt\n",
  });
  const { material, proposal } = await proposalOf(root);
  const { conflicts, ledger } = proposal.consolidation;
  assert.deepEqual(
    conflicts.map(({ sentence }) => sentence),
    ["a/base.txt:1 needs x exactly 1, a/requirements.txt:2 needs x exactly 2"],
  );
  assert.deepEqual(
    ledger.map(({ declaration: { file, raw } }) => `${file}: ${raw}`),
    ["a/base.txt: x==1", "a/more.txt: y", "a/requirements.txt: x==2"],
  );
  assert.deepEqual(
    material.scan.unread.map(({ path }) => path),
    ["b/gone.txt"],
  );
});
