import assert from "node:assert/strict";
import { test } from "node:test";
import type { MigrationProposal, Ticked } from "../../../src/commands/migration.ts";
import type { Answers, Listing } from "../../../src/editor/list/listing.ts";
import { rowsOf, stillMeant, toggle } from "../../../src/editor/list/listing.ts";
import {
  changeOf,
  migrationListing,
  tickedWith,
} from "../../../src/editor/list/migration-listing.ts";
import type { Site } from "../../../src/migration/site.ts";

const MAKEFILE = "a:\n\tpython3 a.py\nb:\n\tpip install x\nc:\n\tpython3 a.py\n";

const site = (path: string, line: number, more: Partial<Site>): Site => ({
  ...{ id: `${path}:${line}`, path, line, column: 1, kind: "rewrite", text: `line ${line}` },
  ...{ reason: `Reason ${line}.`, edits: [], alternative: null, listed: [], names: [] },
  ...{ stillNames: [], creates: [] },
  ...more,
});
const edit = (from: string, to: string, nth = 0) => {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = MAKEFILE.indexOf(from, start + 1);
  return { start, end: start + from.length, text: to };
};
const sites = [
  site("Makefile", 2, {
    edits: [edit("python3", "run\nrun")],
    alternative: [edit("python3", "py")],
  }),
  site("Makefile", 4, { kind: "offer", edits: [edit("pip install x", "true")] }),
  site("Makefile", 6, { edits: [edit("python3", "run", 1)], listed: [5] }),
  site("notes.txt", 1, { kind: "report" }),
];
/** A stand-in for what gathering and planning give. */
const proposal: MigrationProposal = {
  root: "/r",
  sites,
  removals: [
    { path: "a/requirements.txt", kind: "source", lost: "3 lines.", inTheWay: [] },
    {
      ...{ path: "requirements.txt", kind: "source", lost: "1 line." },
      inTheWay: [
        { path: "Dockerfile", line: 3, reason: "It copies it." },
        { path: "b.sh", line: 9, reason: "It installs it." },
      ],
    },
    { path: "venv", kind: "environment", lost: "Python 3.11.", inTheWay: [] },
  ],
  ticked: { sites: new Set(), alternatives: new Set(), removals: new Set() },
  ...{ first: [], notes: [] },
  plan: { title: "Migrate Call Sites", changes: [] },
  first: ["First this."],
  notes: [],
};
const initial: Ticked = {
  sites: new Set(["Makefile:2", "Makefile:6"]),
  alternatives: new Set(),
  removals: new Set(),
};
const none: Answers = { toggled: new Set(), seconds: new Set() };
const listing = (answers: Answers) =>
  migrationListing({ ...proposal, ticked: tickedWith(initial, answers) }, (path) =>
    path === "Makefile" ? MAKEFILE : null,
  );
const shown = ({ groups }: Listing) =>
  groups.flatMap(({ id, rows }) =>
    rows.map(({ label, description, tick }) => `${id}: ${tick ?? "-"} ${label} | ${description}`),
  );

test("rewrites are ticked, offers are not, reports have no box; each has its reason", () => {
  assert.deepEqual(shown(listing(none)), [
    "rewrite: true Makefile:2 | line 2",
    "rewrite: true Makefile:6 | line 6",
    "offer: false Makefile:4 | Reason 4.",
    "remove: false a/requirements.txt | 3 lines.",
    "remove: - requirements.txt | stays: Dockerfile:3 and 1 more",
    "remove: false venv | Python 3.11.",
    "report: - notes.txt:1 | Reason 1.",
  ]);
});

test("answers turn ticks; a ticked environment is deleted after the plan, a file is part of it", () => {
  const toggled = new Set(["Makefile:2", "Makefile:4", "remove venv", "remove a/requirements.txt"]);
  const list = listing({ toggled, seconds: new Set() });
  assert.deepEqual(
    shown(list).filter((row) => row.includes("true")),
    [
      "rewrite: true Makefile:6 | line 6",
      "offer: true Makefile:4 | Reason 4.",
      "remove: true a/requirements.txt | 3 lines.",
      "remove: true venv | Python 3.11.",
    ],
  );
  assert.deepEqual(list.environments, ["venv"]);
  assert.deepEqual(list.first, ["First this."]);
});

test("what stands in the way is a row of its own, with file and line", () => {
  const row = rowsOf(listing(none)).find(({ label }) => label === "b.sh:9");
  assert.deepEqual(
    [row?.path, row?.line, row?.reason, row?.tick],
    ["b.sh", 9, "It installs it.", null],
  );
});

test("every row has an id of its own, rows within others too", () => {
  const ids = rowsOf(listing(none)).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("a change is shown in whole lines, at the line where it will be", () => {
  const rows = (answers: Answers) => new Map(rowsOf(listing(answers)).map((row) => [row.id, row]));
  const first = rows(none).get("Makefile:2")!;
  assert.deepEqual(first.change, {
    now: "\tpython3 a.py",
    planned: "\trun\nrun a.py",
    plannedLine: 2,
  });
  assert.equal(first.form, "first");
  assert.equal(rows(none).get("Makefile:6")!.change!.plannedLine, 7, "one line more stands above");
  const second = { toggled: new Set<string>(), seconds: new Set(["Makefile:2"]) };
  assert.equal(rows(second).get("Makefile:2")!.change!.planned, "\tpy a.py");
  assert.equal(rows(second).get("Makefile:2")!.form, "second");
  assert.equal(rows(second).get("Makefile:6")!.change!.plannedLine, 6);
});

const edges: [string, number, number, string, string, string, number][] = [
  ["\nb", 0, 0, "a", "", "a", 1],
  ["", 0, 0, "a\n", "", "a\n", 1],
  ["a\n", 2, 2, "b\n", "", "b\n", 2],
  ["a\r\nb\r\n", 3, 4, "c", "b\r", "c\r", 2],
];
for (const [text, start, end, put, now, planned, plannedLine] of edges)
  test(`lines of ${JSON.stringify(text)} from ${start}`, () =>
    assert.deepEqual(changeOf(text, [{ start, end, text: put }], []), {
      now,
      planned,
      plannedLine,
    }));

test("what else is ticked on the same lines is shown with it", () => {
  const edits = [{ start: 0, end: 1, text: "x" }];
  const others = [
    { start: 2, end: 3, text: "y" },
    { start: 4, end: 5, text: "z" },
  ];
  assert.equal(changeOf("a b\nc\n", edits, others).planned, "x y");
});

test("ticks follow lines that moved, and are forgotten with lines that went", () => {
  const moved = {
    ...proposal,
    sites: sites
      .filter(({ line }) => line !== 4)
      .map((one) => ({ ...one, id: `${one.path}:${one.line + 10}`, line: one.line + 10 })),
  };
  const answers = {
    toggled: new Set(["Makefile:6", "Makefile:4", "remove venv"]),
    seconds: new Set(["Makefile:2"]),
  };
  const ticked = { ...initial, sites: new Set(["Makefile:12", "Makefile:16"]) };
  const anew = migrationListing({ ...moved, ticked }, () => MAKEFILE);
  const after = stillMeant(listing(answers), anew, answers);
  assert.deepEqual([...after.toggled].sort(), ["Makefile:16", "remove venv"]);
  assert.deepEqual([...after.seconds], ["Makefile:12"]);
});

test("a list that begins with what was left the last time keeps that", () => {
  const answers = { toggled: new Set(["Makefile:6", "Makefile:4"]), seconds: new Set<string>() };
  const left = { ...initial, sites: new Set(["Makefile:2"]) };
  const after = migrationListing({ ...proposal, ticked: left }, () => MAKEFILE);
  const next = stillMeant(listing(answers), after, answers);
  assert.deepEqual([...next.toggled], ["Makefile:4"], "Makefile:6 is unticked already");
});

test("toggling twice changes nothing", () => {
  assert.deepEqual(toggle(toggle(new Set(["a"]), "b"), "b"), new Set(["a"]));
});
