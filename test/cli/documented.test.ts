import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readArguments } from "../../src/cli/arguments.ts";
import { runCheck } from "../../src/cli/check.ts";
import { consolidationJson } from "../../src/cli/consolidate-json.ts";
import { runLock } from "../../src/cli/lock.ts";
import { runMigrate } from "../../src/cli/migrate.ts";
import { migrationJson } from "../../src/cli/migrate-json.ts";
import type { Output } from "../../src/cli/output.ts";
import { runScan } from "../../src/cli/scan.ts";
import { runUndo } from "../../src/cli/undo.ts";
import { applyProposal } from "../../src/commands/apply.ts";
import { firstTicks, gatherMigration, proposeMigration } from "../../src/commands/migration.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import type { Resolution } from "../../src/commands/resolve.ts";
import { readHands } from "../../src/environment/ground.ts";
import { repository } from "../monorepo/tree.ts";

const root = join(import.meta.dirname, "..", "..");
const docs = readFileSync(join(root, "docs", "cli.md"), "utf8");
const hands = await readHands(join(root, "src", "python"));

/** The keys that a section's tables have in their first column. */
function documented(section: string): string[] {
  const text = docs.split(/^###? /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  const cells = [...text.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell]) => cell!);
  const keys = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, key]) => key!));
  return keys.filter((key) => !key.startsWith("-"));
}

const declaration = documented("JSON");

/** Every key of a JSON value as a path; those of declarations, which are told once, left out. */
function paths(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    return [`${path}[]`, ...value.flatMap((item) => paths(item, `${path}[]`))];
  }
  if (typeof value !== "object" || value === null) return [path];
  const told = /(^|\.)(declarations|ledger)\[\]$/.test(path) ? declaration : ["schema"];
  const entries = Object.entries(value).filter(([key]) => path === "venv" || !told.includes(key));
  const inside = entries.flatMap(([key, item]) =>
    paths(item, path === "" ? key : `${path}.${key}`),
  );
  return path === "" ? inside : [path, ...inside];
}

/** What a command prints with --json. */
async function printed(run: (output: Output) => Promise<number>): Promise<unknown> {
  let found: object = {};
  await run({
    print: () => assert.fail("text beside the JSON"),
    json: (value) => {
      found = value;
    },
  });
  return JSON.parse(JSON.stringify(found));
}

function agree(section: string, ...values: unknown[]): void {
  const keys = [...new Set(values.flatMap((value) => paths(value)))];
  assert.deepEqual(keys.sort(), [...new Set(documented(section))].sort());
}

const files = {
  "requirements.txt": "-r more.txt\n-c constraints.txt\n--pre\nsix==1.16.0\nidna==3.7\n?\n",
  "more.txt": "-r ../outside.txt\n",
  "constraints.txt": "six<2\n",
  "a/pyproject.toml":
    '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.8"\ndependencies = ["six"]\n',
  "b/requirements.txt": "# -*- coding: latin-1 -*-\nsix==1.15.0\n",
  "c/requirements-cpu.txt": "torch==2.1+cpu\n",
  "c/requirements-gpu.txt": "torch==2.1+cu118\n",
  "b/poetry.lock": "",
  "b/environment.yml": "dependencies:\n  - python=3.11\n  - numpy\n  - pip:\n    - six\n",
  "b/main.py": 'import helper\n\nif __name__ == "__main__":\n    pass\n',
  "lib/python/helper/__init__.py": "",
  "venv/pyvenv.cfg": "version = 3.11.7\n",
  "b/venv/pyvenv.cfg": "version = 3.11.7\n",
  Makefile: "build:\n\tpython3 b/main.py\n",
};

test("a declaration's keys", async (context) => {
  const folder = repository(context, { "requirements.txt": "six\n" });
  const found = await printed((output) => runScan(folder, true, output));
  const [source] = (found as { sources: { declarations: object[] }[] }).sources;
  assert.deepEqual(Object.keys(source!.declarations[0]!).sort(), [...declaration].sort());
});

test("scan", async (context) => {
  const folder = repository(context, files);
  symlinkSync(join(folder, "b/requirements.txt"), join(folder, "b/requirements-all.txt"));
  agree("scan", await printed((output) => runScan(folder, true, output)));
});

test("consolidate", async (context) => {
  const folder = repository(context, files);
  const material = await gather(folder, { hands, processes: true });
  const proposal = propose(material, material.decisions, null);
  const conflict = proposal.consolidation.conflicts[0]!;
  const change = { claim: conflict.claims[0]!, gets: "1.16.0" };
  const resolution: Resolution = {
    tool: "uv 1",
    pins: [{ name: "six", version: "1.16.0" }],
    findings: [
      {
        conflict,
        words: { outcome: "unsatisfiable", tool: "uv 1", text: "no", names: [] },
        ...{ lines: [], aside: new Map() },
        suggestions: [
          {
            ...{
              title: "loosen it",
              decisions: [],
              buildConstraint: "setuptools<80",
              python: null,
            },
            ...{ loosened: 1, size: "minor", changes: [change] },
          },
        ],
      },
    ],
  };
  const without = consolidationJson(material, proposal, null, [], []);
  agree("consolidate", without, consolidationJson(material, proposal, resolution, ["a"], ["b"]));
});

test("migrate", async (context) => {
  const folder = repository(context, {
    "requirements.txt": "six\n???\n",
    "run.sh": "#!/bin/sh\npython3 a/main.py\n",
    "a/main.py": "",
  });
  const args = readArguments(["migrate"]);
  assert.ok(typeof args === "object");
  const shown = await printed((output) =>
    runMigrate(folder, { ...args, json: true }, hands, output),
  );
  const material = await gatherMigration(folder, { hands, processes: true });
  const proposal = await proposeMigration(material, firstTicks(material));
  // What a site can have besides, as no file here has all of it.
  const edits = [{ start: 0, end: 1, text: "a" }];
  const whole = { names: ["a"], stillNames: ["a"], listed: [1], alternative: edits, edits };
  const creates = [{ path: "a", project: "b" }];
  const sites = proposal.sites.map((site) => ({ ...site, ...whole, creates }));
  const change = { path: "a", before: null, after: null };
  const more = { ...proposal, sites, notes: ["a"], plan: { title: "", changes: [change] } };
  const outcome = { args, refused: new Map(), impossible: [], written: ["a"] };
  agree(
    "migrate",
    shown,
    migrationJson(more, () => "x\n", outcome),
  );
});

test("check and undo", async (context) => {
  const folder = repository(context, {
    "requirements.txt": "six\n",
    "b/requirements.txt": "six\n",
  });
  const nothing = await printed((output) => runUndo(folder, true, false, output));
  const before = await printed((output) => runCheck(folder, true, hands, output));
  const material = await gather(folder, { hands, processes: true });
  await applyProposal(folder, propose(material, material.decisions, null));
  agree("check", before, await printed((output) => runCheck(folder, true, hands, output)));
  agree("lock", await printed((output) => runLock(folder, true, false, output)), {
    reasons: ["told where it does not fit"],
  });
  agree("undo", nothing, await printed((output) => runUndo(folder, true, false, output)));
});
