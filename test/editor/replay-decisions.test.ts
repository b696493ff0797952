import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision, Decisions } from "../../src/consolidation/decision.ts";
import { NO_DECISIONS } from "../../src/consolidation/decision.ts";
import { replayDecisions } from "../../src/editor/replay-decisions.ts";

const decision = (name: string, requirement: string): Decision => ({
  ...{ name, requirement, marker: null, choice: "own", declared: [], reason: null },
});
const decisions = (part: Partial<Decisions>): Decisions => ({ ...NO_DECISIONS, ...part });

test("with nothing changed on disk what was decided in the review stays", () => {
  const start = decisions({ included: ["a[dev]"], decisions: [decision("a", "a==1")] });
  const mine = decisions({
    included: [],
    decisions: [decision("a", "a==2"), decision("b", "b==1")],
    leftOut: [{ path: "old", reason: "dead" }],
  });
  assert.deepEqual(replayDecisions(start, mine, start), mine);
});

test("what changed on disk meanwhile is kept beside it", () => {
  const start = decisions({ decisions: [decision("a", "a==1")] });
  const mine = decisions({ decisions: [decision("a", "a==1"), decision("b", "b==1")] });
  const disk = decisions({
    python: "3.12",
    decisions: [decision("a", "a==3")],
    leftOut: [{ path: "old", reason: "dead" }],
    included: ["a[dev]"],
    lines: { a: "a==3" },
  });
  const replayed = replayDecisions(start, mine, disk);
  assert.deepEqual(replayed.decisions, [decision("a", "a==3"), decision("b", "b==1")]);
  const { decisions: _, ...rest } = replayed;
  const { decisions: __, ...onDisk } = disk;
  assert.deepEqual(rest, onDisk);
});

test("decided in both, the review has the last word", () => {
  const disk = decisions({ decisions: [decision("a", "a==3")] });
  const mine = decisions({ decisions: [decision("a", "a==2")] });
  assert.deepEqual(replayDecisions(NO_DECISIONS, mine, disk).decisions, mine.decisions);
});
