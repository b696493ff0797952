import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decisions } from "../../src/consolidation/decision.ts";
import { printDecisions, readDecisions } from "../../src/consolidation/decision.ts";
import { decisionsWith, lines, merged } from "./monorepo.ts";

const A = "services/a/requirements.txt";
const B = "services/b/requirements.txt";

test("agreeing pins become one line that says who needs it", () => {
  const { central, conflicts } = merged({ [B]: "Flask==3.0.0\n", [A]: "flask==3.0.0\n" });
  assert.deepEqual(conflicts, []);
  assert.deepEqual(lines(central), ["flask==3.0.0  # services/a, services/b"]);
});

test("ranges that meet are written in their shortest form", () => {
  const { central } = merged({
    [A]: "numpy>=1.20,<2.0.0\n",
    [B]: "numpy>=1.24.0\n",
    "requirements.txt": "numpy\n",
  });
  assert.deepEqual(lines(central), ["numpy>=1.24.0,<2.0.0  # ., services/a, services/b"]);
});

test("extras union, and the alphabet orders the packages", () => {
  const { central } = merged({ [A]: "uvicorn[standard]\nattrs\n", [B]: "uvicorn[dev]>=0.2\n" });
  assert.deepEqual(lines(central), [
    "attrs  # services/a",
    "uvicorn[dev,standard]>=0.2  # services/a, services/b",
  ]);
});

test("a list of projects that is too long stands below its line", () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`services/number-${i}/requirements.txt`, "flask\n"]),
  );
  const { central, decisions } = merged(files);
  assert.match(central, /\nflask\n {4}# services\/number-0\n {4}# services\/number-1\n/);
  assert.equal(merged(files, { central, decisions }).central, central, "and is read back");
});

test("markers about the Python are evaluated, markers about the platform kept", () => {
  const { central, ledger } = merged({
    [A]: 'six; python_version < "3"\ntomli; python_version < "3.12"\npywin32; sys_platform == "win32"\n',
  });
  assert.deepEqual(lines(central), [
    'pywin32; sys_platform == "win32"  # services/a',
    "tomli  # services/a",
  ]);
  assert.deepEqual(
    ledger.map(({ fate }) => fate),
    ["inactive", "kept", "kept"],
  );
});

test("one line for each distinct platform marker", () => {
  const { central, conflicts } = merged({
    [A]: 'torch==2.0; sys_platform == "win32"\ntorch==2.1; sys_platform == "linux"\n',
    [B]: "torch>=2\n",
  });
  assert.deepEqual(conflicts, []);
  assert.deepEqual(lines(central), [
    "torch>=2  # services/b",
    'torch==2.1; sys_platform == "linux"  # services/a',
    'torch==2.0; sys_platform == "win32"  # services/a',
  ]);
});

test("a conflict names the smallest clash with file and line, in a sentence", () => {
  const { conflicts, central, ledger } = merged({
    [A]: "# first\n\n\nnumpy<2\n",
    [B]: "\n\nnumpy>=2\n",
    "services/c/requirements.txt": "numpy>=1.0\n",
  });
  assert.equal(conflicts.length, 1);
  const [conflict] = conflicts;
  assert.equal(conflict!.kind, "specifiers");
  assert.equal(conflict!.sentence, `${A}:4 needs numpy below 2, ${B}:3 needs numpy 2 or newer`);
  assert.deepEqual(
    conflict!.choices.map(({ choice, of, requirement }) => [choice, of, requirement]),
    [
      ["keep", 0, "numpy>=1.0,<2"],
      ["keep", 1, "numpy>=2"],
      ["highest", null, "numpy>=2"],
      ["lowest", null, "numpy>=1.0,<2"],
    ],
  );
  assert.deepEqual(lines(central), [`# undecided: numpy (${conflict!.sentence})`]);
  assert.deepEqual(
    ledger.map(({ fate }) => fate),
    ["conflict", "conflict", "conflict"],
  );
});

test("highest and lowest with pins", () => {
  const files = { [A]: "x==1.0\n", [B]: "x==2.0\n", "c/requirements.txt": "x>=1,<3\n" };
  const { conflicts } = merged(files);
  const found = (choice: string) => conflicts[0]!.choices.find((one) => one.choice === choice)!;
  assert.equal(found("highest").requirement, "x==2.0");
  assert.equal(found("lowest").requirement, "x==1.0");
  assert.deepEqual(
    found("lowest").drops.map(({ file }) => file),
    [B],
  );
});

test("a link against a version, and a link against another, are conflicts", () => {
  const against = merged({ [A]: "x @ https://example.org/x-1.0.zip\n", [B]: "x==1.0\n" });
  assert.equal(against.conflicts[0]!.kind, "url");
  assert.deepEqual(
    against.conflicts[0]!.choices.map(({ requirement }) => requirement),
    ["x @ https://example.org/x-1.0.zip", "x==1.0"],
  );
  const two = merged({
    [A]: "x @ git+https://example.org/x@v1\n",
    [B]: "x @ git+https://example.org/x@v2\n",
  });
  assert.equal(two.conflicts.length, 1);
  const fine = merged({ [A]: "x @ https://example.org/x-1.0.zip\n", [B]: "x\n" });
  assert.deepEqual(fine.conflicts, []);
  assert.deepEqual(lines(fine.central), [
    "x @ https://example.org/x-1.0.zip  # services/a, services/b",
  ]);
});

test("consolidating twice gives the same bytes", () => {
  const files = { [A]: "numpy<2\nflask\n", [B]: "numpy>=2\nrequests[socks]~=2.31\n" };
  const first = merged(files);
  const decisions = decisionsWith(first, "numpy", "highest");
  const second = merged(files, { decisions });
  assert.deepEqual(second.conflicts, []);
  assert.deepEqual(lines(second.central), [
    "flask  # services/a",
    "numpy>=2  # services/a, services/b",
    "requests[socks]~=2.31  # services/b",
  ]);
  assert.deepEqual(
    second.ledger.map(({ fate }) => fate),
    ["decided", "kept", "decided", "kept"],
  );
  const third = merged(files, { central: second.central, decisions: second.decisions });
  assert.equal(third.central, second.central);
  assert.equal(printDecisions(third.decisions), printDecisions(second.decisions));
  assert.deepEqual(
    readDecisions(printDecisions(third.decisions)),
    JSON.parse(printDecisions(third.decisions)),
  );
});

/** What stands in the repository once these files were consolidated and applied. */
function applied(files: Record<string, string>, edit = (text: string) => text) {
  const { central, decisions } = merged(files);
  return { central: edit(central), decisions };
}

test("a derived line changed by hand is a decision, and stays", () => {
  const files = { [A]: "flask>=2\n" };
  const changed = applied(files, (text) => text.replace("flask>=2", "flask==2.3.3"));
  const again = merged(files, changed);
  assert.deepEqual(lines(again.central), ["flask==2.3.3  # services/a"]);
  assert.deepEqual(
    again.decisions.decisions.map(({ choice }) => choice),
    ["edited"],
  );
  assert.equal(merged(files, again).central, again.central);
});

test("a decision is asked again only when what it rests on changed", () => {
  const files = { [A]: "numpy<2\n", [B]: "numpy>=2\n" };
  const decisions = decisionsWith(merged(files), "numpy", "lowest");
  const moved = merged({ ...files, [A]: "# a comment\nnumpy<2\n" }, { decisions });
  assert.deepEqual(moved.conflicts, [], "a line that moved asks nothing");
  const changed = merged({ ...files, [A]: "numpy<1\n" }, { decisions });
  assert.equal(changed.conflicts.length, 1);
});

test("a derived line whose projects declare something new is derived anew", () => {
  const now = applied({ [A]: "flask>=2\nrich\n" });
  const later = merged({ [A]: "flask>=3\n" }, now);
  assert.deepEqual(lines(later.central), ["flask>=3  # services/a"]);
});

test("a person's own lines, comments, order and grouping survive", () => {
  const files = { [A]: "flask\nzope.interface\n", [B]: "alembic\n" };
  const mine = "\n# web\nflask  # services/a\n\n# tools that I want everywhere\nipython>=8\n";
  const written = applied(files);
  const central = written.central.replace("flask  # services/a\n", "") + mine;
  const again = merged(files, { ...written, central });
  assert.deepEqual(again.conflicts, []);
  assert.ok(again.central.endsWith(mine), again.central);
  const grown = merged({ ...files, [B]: "alembic\nblack\n" }, { ...written, central });
  assert.deepEqual(lines(grown.central), [
    "alembic  # services/b",
    "black  # services/b",
    "zope-interface  # services/a",
    "flask  # services/a",
    "ipython>=8",
  ]);
});

test("a person's own line merges like any other and clashes like any other", () => {
  const now = applied({ [A]: "rich\n" }, (text) => `${text}flask<2\n`);
  const fine = merged({ [A]: "rich\nflask\n" }, now);
  assert.deepEqual(lines(fine.central), ["flask  # services/a", "rich  # services/a", "flask<2"]);
  const { conflicts } = merged({ [A]: "rich\nflask>=3\n" }, now);
  assert.equal(
    conflicts[0]?.sentence,
    "services/a/requirements.txt:2 needs flask 3 or newer, build/python/requirements.txt:6 needs flask below 2",
  );
});

test("a line that a plan removed the source of is the declaration", () => {
  const now = applied({ [A]: "flask==3.0\n", [B]: "rich\n" });
  const removed: Decisions = { ...now.decisions, removed: [{ path: A, project: "services/a" }] };
  const later = merged({ [B]: "rich\n" }, { ...now, decisions: removed });
  assert.deepEqual(lines(later.central), ["flask==3.0  # services/a", "rich  # services/b"]);
  assert.deepEqual(later.conflicts, []);
});

test("a source that vanished otherwise is asked about", () => {
  const now = applied({ [A]: "flask==3.0\n", [B]: "rich\n" });
  const asked = merged({ [B]: "rich\n" }, now);
  assert.deepEqual(
    asked.conflicts.map(({ kind, name }) => [kind, name]),
    [["vanished", "flask"]],
  );
  const kept = merged(
    { [B]: "rich\n" },
    { ...now, decisions: decisionsWith(asked, "flask", "keep") },
  );
  assert.deepEqual(lines(kept.central), ["flask==3.0", "rich  # services/b"]);
  assert.deepEqual(merged({ [B]: "rich\n" }, kept).conflicts, []);
  const dropped = merged(
    { [B]: "rich\n" },
    { ...now, decisions: decisionsWith(asked, "flask", "drop") },
  );
  assert.deepEqual(lines(dropped.central), ["rich  # services/b"]);
});

test("text typed where the proposal is undecided is a decision", () => {
  const files = { [A]: "numpy<2\n", [B]: "numpy>=2\n" };
  const first = merged(files);
  const typed = first.central.replace(/# undecided: numpy .*/, "numpy==1.26.4");
  const next = merged(files, { central: typed, open: ["numpy"], decisions: first.decisions });
  assert.deepEqual(next.conflicts, []);
  assert.deepEqual(lines(next.central), ["numpy==1.26.4  # services/a, services/b"]);
  assert.deepEqual(
    next.decisions.decisions.map(({ choice }) => choice),
    ["own"],
  );
});

test("text typed over a derived line of the proposal is a decision too", () => {
  const files = { [A]: "flask>=2\n", [B]: "numpy>=2\nnumpy<2\n" };
  const first = merged(files);
  const typed = first.central.replace("flask>=2", "flask==2.3");
  const next = merged(files, { central: typed, open: ["numpy"], decisions: first.decisions });
  assert.deepEqual(
    lines(next.central).map((line) => line.slice(0, 18)),
    ["flask==2.3  # serv", "# undecided: numpy"],
  );
});

test("constraints, compiled pins, build requirements and a left-out source do not merge", () => {
  const files = { [A]: "flask\n", [B]: "rich\n" };
  const { central, ledger } = merged(files, {
    decisions: {
      ...merged(files).decisions,
      lines: {},
      leftOut: [{ path: B, reason: "a copy for an old image" }],
    },
  });
  assert.deepEqual(lines(central), ["flask  # services/a"]);
  assert.deepEqual(
    ledger.map(({ fate, reason }) => [fate, reason]),
    [
      ["kept", null],
      ["left out", "a copy for an old image"],
    ],
  );
});

test("a pin of a removed source holds against what other sources still declare", () => {
  const now = applied({ [A]: "flask==3.0\n", [B]: "flask>=2\n" });
  const removed = [{ path: A, project: "services/a", declares: ["flask"] }];
  const later = (text: string) =>
    merged({ [B]: text }, { ...now, decisions: { ...now.decisions, removed } });
  assert.deepEqual(lines(later("flask>=2\n").central), ["flask==3.0  # services/a, services/b"]);
  assert.match(
    later("flask>=4\n").conflicts[0]!.sentence,
    /requirements\.txt:5 needs flask .*3\.0/,
  );
});

test("a removed source that is there again declares for itself", () => {
  const now = applied({ [A]: "flask==3.0\n" });
  const removed = [{ path: A, project: "services/a", declares: ["flask"] }];
  const back = merged(
    { [A]: "flask==3.1\n" },
    { ...now, decisions: { ...now.decisions, removed } },
  );
  assert.deepEqual(lines(back.central), ["flask==3.1  # services/a"]);
  assert.deepEqual(back.decisions.removed, []);
});
