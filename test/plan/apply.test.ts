import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { applyPlan, StalePlanError } from "../../src/plan/apply.ts";
import { readState } from "../../src/plan/file-state.ts";
import type { FileState, Plan } from "../../src/plan/plan.ts";
import { previewUndo, undoLastApply } from "../../src/plan/undo.ts";
import { scratch } from "../scratch.ts";

const file = (text: string, mode = 0o644): FileState => ({ bytes: Buffer.from(text), mode });

async function folder(files: Record<string, string> = {}): Promise<string> {
  const root = scratch();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** Every file below a folder with its bytes and mode, the undo record left out. */
async function snapshot(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const result: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (path.includes(".undo") || !entry.isFile()) continue;
    const { mode } = await stat(path);
    result[path.slice(root.length + 1)] =
      `${(mode & 0o777).toString(8)} ${(await readFile(path)).toString("latin1")}`;
  }
  return result;
}

const plan = (...changes: Plan["changes"][number][]): Plan => ({ title: "Test", changes });

test("applies additions, edits and deletions, and undo brings back every byte and mode", async () => {
  const root = await folder({ "a.sh": "old\r\n\xff", "gone.txt": "bye" });
  await chmod(join(root, "a.sh"), 0o755);
  const before = await snapshot(root);
  const changed = await applyPlan(
    root,
    plan(
      { path: "a.sh", before: await readState(join(root, "a.sh")), after: file("new", 0o755) },
      { path: "gone.txt", before: await readState(join(root, "gone.txt")), after: null },
      { path: "build/python/run.py", before: null, after: file("run", 0o755) },
    ),
  );
  assert.deepEqual(changed, ["a.sh", "gone.txt", "build/python/run.py"]);
  assert.deepEqual(await snapshot(root), { "a.sh": "755 new", "build/python/run.py": "755 run" });

  assert.deepEqual((await previewUndo(root))?.restored, changed);
  const undone = await undoLastApply(root);
  assert.deepEqual(undone, { title: "Test", restored: changed, skipped: [] });
  assert.deepEqual(await snapshot(root), before);
  assert.deepEqual(
    await readdir(root),
    ["a.sh", "gone.txt"],
    "folders that the plan made are gone",
  );
  await assert.rejects(undoLastApply(root), /nothing to undo/);
});

test("undo names and skips a file changed since, and keeps its old bytes", async () => {
  const root = await folder({ "a.txt": "one", "b.txt": "two" });
  await applyPlan(
    root,
    plan(
      { path: "a.txt", before: file("one"), after: file("ONE") },
      { path: "b.txt", before: file("two"), after: file("TWO") },
    ),
  );
  await writeFile(join(root, "a.txt"), "mine");
  assert.deepEqual(await undoLastApply(root), {
    title: "Test",
    restored: ["b.txt"],
    skipped: ["a.txt"],
  });
  assert.equal(await readFile(join(root, "a.txt"), "utf8"), "mine");
  assert.equal(await readFile(join(root, "b.txt"), "utf8"), "two");
  await writeFile(join(root, "a.txt"), "ONE");
  assert.deepEqual((await undoLastApply(root)).restored, ["a.txt"]);
  assert.equal(await readFile(join(root, "a.txt"), "utf8"), "one");
});

test("a plan made from files that changed meanwhile writes nothing", async () => {
  const root = await folder({ "a.txt": "changed", "b.txt": "two" });
  const stale = plan(
    { path: "b.txt", before: file("two"), after: file("TWO") },
    { path: "a.txt", before: file("one"), after: file("ONE") },
  );
  await assert.rejects(applyPlan(root, stale), (error: unknown) => {
    assert.ok(error instanceof StalePlanError);
    assert.deepEqual(error.paths, ["a.txt"]);
    return true;
  });
  assert.equal(await readFile(join(root, "b.txt"), "utf8"), "two");
});

test("a write that fails half-way puts everything back and names the file", async () => {
  const root = await folder({ "a.txt": "one", blocked: "a file where a folder is needed" });
  await applyPlan(root, plan({ path: "a.txt", before: file("one"), after: file("two") }));
  const before = await snapshot(root);
  const failing = plan(
    { path: "a.txt", before: file("two"), after: file("three") },
    { path: "new/b.txt", before: null, after: file("b") },
    { path: "a.txt/c.txt", before: null, after: file("c") },
  );
  await assert.rejects(
    applyPlan(root, failing),
    /Nothing was changed. a\.txt\/c\.txt: a file stands/,
  );
  assert.deepEqual(await snapshot(root), before);
  assert.equal(
    (await previewUndo(root))?.restored[0],
    "a.txt",
    "the record before it still stands",
  );
});

test("a plan with nothing to change leaves no trace", async () => {
  const root = await folder({ "a.txt": "one" });
  const same = { path: "a.txt", before: await readState(join(root, "a.txt")) };
  assert.deepEqual(await applyPlan(root, plan({ ...same, after: same.before })), []);
  assert.deepEqual(await readdir(root), ["a.txt"]);
});

test("a symlink is followed inside the root and refused outside of it", async () => {
  const root = await folder({ "real.txt": "one" });
  const outside = await folder({ "x.txt": "x" });
  await symlink("real.txt", join(root, "link.txt"));
  await symlink(outside, join(root, "out"));
  await applyPlan(root, plan({ path: "link.txt", before: file("one"), after: file("two") }));
  assert.equal(await readFile(join(root, "real.txt"), "utf8"), "two");
  const leaving = plan({ path: "out/x.txt", before: file("x"), after: file("y") });
  await assert.rejects(applyPlan(root, leaving), /leads out of/);
  await rm(outside, { recursive: true });
});

test("a nested repository is never edited", async () => {
  const root = await folder({ "sub/.git": "gitdir: elsewhere", "sub/a.txt": "a" });
  const nested = plan({ path: "sub/a.txt", before: file("a"), after: file("b") });
  await assert.rejects(applyPlan(root, nested), /sub, a repository of its own/);
});

const namespaces = spawnSync("unshare", ["-rm", "true"]).status === 0;

test("a read-only folder: nothing changes and the message says what to do", {
  skip: namespaces ? false : "unshare is refused here",
}, async () => {
  const root = await folder({ "a.txt": "one" });
  const script = `
    import { applyPlan } from ${JSON.stringify(join(import.meta.dirname, "../../src/plan/apply.ts"))};
    const bytes = (text) => ({ bytes: Buffer.from(text), mode: 0o644 });
    await applyPlan(process.argv[1], { title: "t", changes: [{ path: "a.txt", before: bytes("one"), after: bytes("two") }] })
      .catch((error) => { console.log(error.name + ": " + error.message); });`;
  const command =
    'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" --input-type=module -e "$3" "$1"';
  const run = spawnSync(
    "unshare",
    ["-rm", "sh", "-c", command, "sh", root, process.execPath, script],
    { encoding: "utf8" },
  );
  assert.match(
    run.stdout,
    /MessageError: Nothing was written\. .*read-only; make it writable/,
    run.stderr,
  );
  assert.deepEqual(await readdir(root), ["a.txt"]);
});
