import assert from "node:assert/strict";
import { test } from "node:test";
import { decide } from "../../src/consolidation/decide.ts";
import type { Decision } from "../../src/consolidation/decision.ts";
import { NO_DECISIONS } from "../../src/consolidation/decision.ts";
import type { MergeMember } from "../../src/consolidation/source.ts";
import { readSource } from "../../src/requirements/readers/read.ts";
import { decisionsWith, lines, merged, sources } from "./monorepo.ts";

const A = "services/a/requirements.txt";
const B = "services/b/requirements.txt";

/** Sources of any format, from texts by path. */
function anySources(files: Record<string, string>, localPaths: string[] = []) {
  return sources(Object.fromEntries(Object.keys(files).map((path) => [path, ""])), localPaths).map(
    (source) => ({
      ...source,
      reading: readSource(source.path, Buffer.from(files[source.path]!)),
    }),
  );
}

const member = (path: string, name: string, more: Partial<MergeMember> = {}): MergeMember => ({
  ...{ path, name, version: null, requiresPython: null, file: `${path}/pyproject.toml` },
  ...more,
});

/** As pip expands it. */
const VARIABLE = "$" + "{TOKEN}";
const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 2 });

test("main dependencies and groups merge; extras, build requirements and scripts wait to be asked for", () => {
  const files = {
    "lib/pyproject.toml": `[build-system]
requires = ["hatchling"]
[project]
name = "lib"
version = "1"
dependencies = ["httpx>=0.27"]
[project.optional-dependencies]
cli = ["rich"]
[dependency-groups]
test = ["pytest"]
`,
  };
  const { central, ledger } = merged({}, { sources: anySources(files) });
  assert.deepEqual(lines(central), ["httpx>=0.27  # lib", "pytest  # lib"]);
  assert.deepEqual(
    ledger.map(({ declaration, fate }) => [declaration.name, fate]),
    [
      ["hatchling", "information"],
      ["httpx", "kept"],
      ["rich", "optional"],
      ["pytest", "kept"],
    ],
  );
  const ticked = merged(
    {},
    { sources: anySources(files), decisions: { ...NO_DECISIONS, included: ["lib[cli]"] } },
  );
  assert.ok(lines(ticked.central).includes("rich  # lib"));
  const asking = { ...files, [A]: "lib[cli]\n" };
  const asked = merged({}, { sources: anySources(asking), members: [member("lib", "lib")] });
  assert.deepEqual(lines(asked.central), [
    "-e ./lib[cli]  # services/a",
    "httpx>=0.27  # lib",
    "pytest  # lib",
    "rich  # lib",
  ]);
});

test("a requirement that is a member means that member; a path is written from the root", () => {
  const files = {
    [A]: "-e ../../lib\n",
    [B]: "My_Lib>=1\n",
    "c/requirements.txt": "./wheels/x-1.0-py3-none-any.whl\n",
  };
  const input = {
    sources: anySources(files, ["lib", "c/wheels/x-1.0-py3-none-any.whl"]),
    members: [member("lib", "my-lib")],
  };
  const { central, decisions } = merged({}, input);
  assert.deepEqual(lines(central), [
    "-e ./lib  # services/a, services/b",
    "./c/wheels/x-1.0-py3-none-any.whl  # c",
  ]);
  const again = merged({}, { ...input, central, decisions });
  assert.equal(again.central, central);
  assert.deepEqual(again.decisions.decisions, []);
});

test("a path to nothing is not understood, and says where it looked", () => {
  const { ledger } = merged({}, { sources: anySources({ [A]: "-e ../gone\n" }) });
  assert.deepEqual(
    ledger.map(({ fate, reason }) => [fate, reason]),
    [["not understood", "nothing lies at ../gone in this repository"]],
  );
});

test("constraints limit what is needed, and go to constraints.txt where nobody needs it", () => {
  const files = {
    [A]: "flask>=2\n",
    "constraints.txt": "flask<3\nwerkzeug<3\njinja2==3.1\n",
    "c2/constraints.txt": "jinja2==3.0\n",
  };
  const all = anySources(files).map((source) =>
    source.path.includes("constraints") ? { ...source, role: "constraint" as const } : source,
  );
  const { central, constraints, ledger, conflicts } = merged({}, { sources: all });
  assert.deepEqual(conflicts, []);
  assert.deepEqual(lines(central), ["flask>=2,<3  # services/a"]);
  assert.deepEqual(lines(constraints), ["werkzeug<3"]);
  assert.deepEqual(
    ledger.map(({ fate }) => fate),
    ["constraint", "constraint", "constraint", "constraint", "merged"],
  );
});

test("an index that every source has is written; two different ones are a conflict", () => {
  const same = merged({
    [A]: "--index-url https://one.example.org/simple\nflask\n",
    [B]: "-i https://one.example.org/simple\nrich\n",
  });
  assert.deepEqual(same.conflicts, []);
  assert.deepEqual(lines(same.central), [
    "--index-url https://one.example.org/simple  # services/a, services/b",
    "flask  # services/a",
    "rich  # services/b",
  ]);
  const files = {
    [A]: "-i https://one.example.org/simple\nflask\n",
    [B]: "-i https://two.example.org/simple\nrich\n",
  };
  const two = merged(files);
  assert.deepEqual(
    two.conflicts.map(({ kind, name }) => [kind, name]),
    [["index", "--index-url"]],
  );
  const chosen = merged(files, { decisions: decisionsWith(two, "--index-url", "keep", 1) });
  assert.equal(
    lines(chosen.central)[0],
    "--index-url https://two.example.org/simple  # services/a, services/b",
  );
  assert.equal(merged(files, chosen).central, chosen.central, "and it stays");
});

test("an extra index names the packages that it would expose, and the person decides", () => {
  const files = {
    [A]: "--extra-index-url https://extra.example.org/simple\nflask\nours\n",
    [B]: "rich\nflask\n",
  };
  const { conflicts } = merged(files);
  assert.equal(conflicts[0]?.kind, "extra-index");
  assert.match(conflicts[0]!.sentence, /asked for rich too/);
  const kept = merged(files, {
    decisions: decisionsWith(merged(files), conflicts[0]!.name, "keep", 0),
  });
  assert.equal(
    lines(kept.central)[0],
    "--extra-index-url https://extra.example.org/simple  # services/a",
  );
  const left = merged(files, {
    decisions: decisionsWith(merged(files), conflicts[0]!.name, "drop"),
  });
  assert.deepEqual(left.conflicts, []);
  assert.ok(!left.central.includes("extra-index"));
});

test("the index stands before the extra indexes", () => {
  const options =
    "--extra-index-url https://b.example.org/simple\n--index-url https://a.example.org/simple\n";
  const { central } = merged({ [A]: `${options}flask\n` });
  assert.deepEqual(
    lines(central).map((line) => line.split(" ")[0]),
    ["--index-url", "--extra-index-url", "flask"],
  );
});

test("one file's --pre does not leak to the others' packages, and that is said", () => {
  const { central, optionNotes } = merged({ [A]: "--pre\nflask\n", [B]: "rich\n" });
  assert.ok(!central.includes("--pre"));
  assert.deepEqual(
    optionNotes.map(({ file, line }) => [file, line]),
    [[A, 1]],
  );
});

test("a literal password is an open conflict, is shown nowhere, and a variable settles it", () => {
  const files = {
    [A]: "x @ https://me:hunter2@example.org/x.zip\n",
    [B]: "--extra-index-url https://me:hunter2@extra.example.org/\ny\n",
  };
  const first = merged(files);
  assert.deepEqual(
    first.conflicts.map(({ kind }) => kind),
    ["secret", "secret"],
  );
  const { sources: _, ...shown } = { ...first, ledger: [], sources: [] };
  const claims = JSON.stringify(
    shown.conflicts.map(({ claims, ...rest }) => ({
      ...rest,
      claims: claims.map(({ declaration, ...claim }) => claim),
    })),
  );
  assert.ok(!claims.includes("hunter2"), claims);
  assert.ok(!first.central.includes("hunter2"));
  assert.ok(!JSON.stringify(first.decisions).includes("hunter2"));
  const conflict = first.conflicts.find(({ name }) => name === "x")!;
  assert.match(
    (decide(conflict, "x @ https://me:hunter2@example.org/x.zip") as { problem: string }).problem,
    /password/,
  );
  const decision = decide(conflict, `x @ https://me:${VARIABLE}@example.org/x.zip`) as Decision;
  const next = merged(files, { decisions: { ...first.decisions, decisions: [decision] } });
  assert.deepEqual(
    next.conflicts.map(({ name }) => name),
    ["--extra-index-url https://me:****@extra.example.org/"],
  );
  assert.ok(next.central.includes(`x @ https://me:${VARIABLE}@example.org/x.zip`));
});

test("projects whose Pythons do not meet, and one that the base Python does not fit", () => {
  const old = member("old", "old", { requiresPython: { value: "<3.9", span: at(4) } });
  const young = member("young", "young", { requiresPython: { value: ">=3.12", span: at(6) } });
  const both = merged({}, { members: [old, young] });
  assert.equal(both.conflicts[0]?.kind, "python");
  assert.equal(
    both.conflicts[0]?.sentence,
    "old/pyproject.toml:4 needs Python below 3.9, young/pyproject.toml:6 needs Python 3.12 or newer",
  );
  const one = merged({}, { members: [young] });
  assert.match(one.conflicts[0]!.sentence, /and the base Python is 3\.11\.7$/);
  const left = merged(
    {},
    {
      members: [old, young],
      decisions: {
        ...NO_DECISIONS,
        leftOut: [
          { path: "old", reason: "retired" },
          { path: "young", reason: "later" },
        ],
      },
    },
  );
  assert.deepEqual(left.conflicts, []);
});

test("a clash on another platform is latent: it is said and stops nothing", () => {
  const files = { [A]: "x>=2\n", [B]: 'x<2; sys_platform == "win32"\n' };
  const { conflicts, central, ledger } = merged(files);
  assert.deepEqual(
    conflicts.map(({ kind }) => kind),
    ["latent"],
  );
  assert.deepEqual(lines(central), [
    "x>=2  # services/a",
    'x<2; sys_platform == "win32"  # services/b',
  ]);
  assert.deepEqual(
    ledger.map(({ fate }) => fate),
    ["kept", "kept"],
  );
  const here = merged({ ...files, [B]: 'x<2; sys_platform == "linux"\n' });
  assert.deepEqual(
    here.conflicts.map(({ kind }) => kind),
    ["specifiers"],
  );
  const kept = merged(
    { ...files, [B]: 'x<2; sys_platform == "linux"\n' },
    { decisions: decisionsWith(here, "x", "lowest") },
  );
  assert.deepEqual(
    lines(kept.central),
    ["x<2  # services/a, services/b"],
    "who asked everywhere still gets it everywhere",
  );
});

test("hashes are not written, and that is said once a file", () => {
  const hash = `--hash=sha256:${"a".repeat(64)}`;
  const { central, optionNotes } = merged({ [A]: `x==1 ${hash}\ny==1 ${hash}\nz\n` });
  assert.ok(!central.includes("--hash"));
  assert.deepEqual(
    optionNotes.map(({ file, line, message }) => [file, line, message.slice(0, 34)]),
    [[A, 1, "2 of 3 requirements here are hashe"]],
  );
});
