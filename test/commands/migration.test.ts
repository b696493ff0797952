import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { applyMigration, firstTicks, proposeMigration } from "../../src/commands/migration.ts";
import { propose } from "../../src/commands/propose.ts";
import { readDecisions } from "../../src/consolidation/decision.ts";
import { StalePlanError } from "../../src/plan/apply.ts";
import { undoLastApply } from "../../src/plan/undo.ts";
import { git, repository } from "../monorepo/tree.ts";
import { commit, consolidated, gathered, SCRIPT, snapshot } from "./migrating.ts";

const A = "a/requirements.txt";
const BASE = { [A]: "six==1.16.0\n", "a/main.py": "import six\n" };

test("edits, removals and notes are one plan, and undo brings back every byte and mode", async (context) => {
  const root = await consolidated(context, {
    ...BASE,
    "run.sh": SCRIPT,
    "crlf.ksh": SCRIPT.replaceAll("\n", "\r\n"),
    "latin.sh": Buffer.from(SCRIPT.replace("set -e", "echo \xfcber"), "latin1"),
  });
  chmodSync(join(root, "run.sh"), 0o750);
  commit(root);
  const before = snapshot(root);
  const material = await gathered(root);
  const proposal = await proposeMigration(material, firstTicks(material, new Set([A])));
  assert.deepEqual(proposal.first, []);
  const kept = proposal.removals.find(({ path }) => path === A)?.inTheWay;
  assert.deepEqual([...proposal.ticked.removals], [A], JSON.stringify(kept));
  await applyMigration(proposal);
  assert.ok(!existsSync(join(root, A)));
  const run = readFileSync(join(root, "run.sh"), "utf8");
  assert.equal(
    run,
    "#!/bin/sh\nset -e\npython3 build/python/setup.py\nbuild/python/run.py a/main.py\n",
  );
  assert.equal(statSync(join(root, "run.sh")).mode & 0o777, 0o750);
  const latin = readFileSync(join(root, "latin.sh")).toString("latin1");
  assert.equal(latin, run.replace("set -e", "echo \xfcber"));
  assert.equal(readFileSync(join(root, "crlf.ksh"), "utf8"), run.replaceAll("\n", "\r\n"));
  const decisions = readDecisions(readFileSync(join(root, "build/python/decisions.json"), "utf8"));
  assert.ok(!("problem" in decisions));
  assert.deepEqual(decisions.removed, [{ path: A, project: "a", declares: ["six"] }]);

  const again = await gathered(root);
  assert.deepEqual((await proposeMigration(again, firstTicks(again))).plan.changes, []);
  const consolidation = propose(again.material, again.material.decisions, null);
  assert.deepEqual(consolidation.plan.changes, [], "the central file stands for what is gone");

  await undoLastApply(root);
  assert.deepEqual(snapshot(root), before);
});

test("whatever is ticked: applied and undone, every byte is what it was", async (context) => {
  const root = await consolidated(context, {
    ...BASE,
    "b/requirements.txt": "-r ../a/requirements.txt\nidna==3.7\n",
    "one.sh": SCRIPT,
    "two.sh": `${SCRIPT}pip install -r b/requirements.txt\npython3 b/x.py\n`,
    "b/x.py": "",
    "b/deep/three.sh": '#!/bin/bash\ncd "$(dirname "$0")"\npython3 ../x.py\n',
  });
  const before = snapshot(root);
  const material = await gathered(root);
  const ids = material.sites.map(({ id }) => id);
  assert.ok(ids.length > 4, ids.join(" "));
  const paths = [A, "b/requirements.txt"];
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids), fc.subarray(ids), fc.subarray(paths), async (...some) => {
      const [sites, alternatives, removals] = some.map((list) => new Set(list));
      const ticked = { sites: sites!, alternatives: alternatives!, removals: removals! };
      const proposal = await proposeMigration(material, ticked);
      const written = await applyMigration(proposal);
      for (const path of proposal.ticked.removals) assert.ok(!existsSync(join(root, path)));
      if (written.length > 0) await undoLastApply(root);
      assert.deepEqual(snapshot(root), before);
    }),
    { numRuns: 25 },
  );
});

test("a file that changed between preview and apply is named, and nothing is written", async (context) => {
  const root = await consolidated(context, { ...BASE, "run.sh": SCRIPT, "two.sh": SCRIPT });
  const material = await gathered(root);
  const proposal = await proposeMigration(material, firstTicks(material, new Set([A])));
  writeFileSync(join(root, "run.sh"), `${SCRIPT}# more\n`);
  const before = snapshot(root);
  await assert.rejects(applyMigration(proposal), (error) => {
    assert.ok(error instanceof StalePlanError);
    assert.deepEqual(error.paths, ["run.sh"]);
    return true;
  });
  assert.deepEqual(snapshot(root), before);
});

test("a symlinked script is edited once, where it is; the link stays", async (context) => {
  const root = await consolidated(context, { ...BASE, "run.sh": SCRIPT });
  symlinkSync("run.sh", join(root, "link.sh"));
  commit(root);
  const material = await gathered(root);
  const proposal = await proposeMigration(material, firstTicks(material));
  assert.deepEqual([...new Set(proposal.sites.map(({ path }) => path))], ["run.sh"]);
  await applyMigration(proposal);
  assert.ok(lstatSync(join(root, "link.sh")).isSymbolicLink());
  assert.match(readFileSync(join(root, "link.sh"), "utf8"), /build\/python\/run\.py a\/main\.py/);
});

test("a read-only file is named, and nothing is written", async (context) => {
  const root = await consolidated(context, { ...BASE, "run.sh": SCRIPT, "two.sh": SCRIPT });
  chmodSync(join(root, "run.sh"), 0o444);
  const before = snapshot(root);
  const material = await gathered(root);
  const proposal = await proposeMigration(material, firstTicks(material, new Set([A])));
  await assert.rejects(applyMigration(proposal), /run\.sh: .*read-only.*make it writable/);
  assert.deepEqual(snapshot(root), before);
});

test("what lies in a repository of its own is shown, and not edited", async (context) => {
  const root = await consolidated(context, { ...BASE, "lib/run.sh": SCRIPT, "lib/x": "" });
  git(join(root, "lib"), "init", "--quiet");
  const material = await gathered(root);
  const inside = material.sites.filter(({ path }) => path === "lib/run.sh");
  assert.ok(inside.length > 0);
  for (const { kind, reason } of inside) {
    assert.equal(kind, "report");
    assert.match(reason, /^It lies in lib, a repository of its own/);
  }
});

test("before a consolidation the sites are shown, and nothing is written", async (context) => {
  const root = repository(context, { ...BASE, "run.sh": SCRIPT });
  const material = await gathered(root);
  const proposal = await proposeMigration(material, firstTicks(material));
  assert.match(proposal.first[0]!, /^Consolidation comes first .* would change\.$/);
  assert.ok(proposal.sites.length > 0);
  const before = snapshot(root);
  await assert.rejects(applyMigration(proposal), /Consolidation comes first/);
  assert.deepEqual(snapshot(root), before);
});
