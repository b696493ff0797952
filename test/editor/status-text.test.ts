import assert from "node:assert/strict";
import { test } from "node:test";
import type { Health } from "../../src/commands/health.ts";
import { applies, statusText } from "../../src/editor/status-text.ts";

const health = (state: Health["state"], ...messages: string[]): Health => ({
  state,
  reasons: messages.map((message) => ({ code: "any", message, mend: "build" })),
  report: null,
});
const standing = (state: Health["state"], ...messages: string[]) => ({
  sources: 3,
  health: health(state, ...messages),
  building: false,
});

const table: [Health["state"], string, string][] = [
  ["not consolidated", "$(layers) 3 requirement sources, no central venv", "oneVenv.consolidate"],
  ["no venv", "$(circle-slash) No central venv", "oneVenv.build"],
  ["healthy", "$(check) Central venv", "oneVenv.runScript"],
  ["out of date", "$(sync) Central venv out of date", "oneVenv.build"],
  ["sources changed", "$(git-compare) Requirements changed", "oneVenv.consolidate"],
  ["broken", "$(error) Central venv broken", "oneVenv.build"],
  ["not checked", "$(shield) Central venv not checked", "workbench.trust.manage"],
];

for (const [state, text, command] of table) {
  test(`${state}: the text, a reason, and the click that does the next useful thing`, () => {
    const shown = statusText(standing(state), null);
    assert.equal(shown.text, text);
    assert.equal(shown.command, command);
    assert.match(shown.reason, /^[A-Z].*\.$/);
    assert.match(shown.click, /^A click .*\.$/);
    assert.equal(shown.warn, state === "broken");
  });
}

test("while it is built the click shows what is said", () => {
  const shown = statusText({ ...standing("no venv"), building: true }, null);
  assert.equal(shown.text, "$(sync~spin) Building central venv");
  assert.equal(shown.command, "oneVenv.showLog");
});

test("reasons of setup.py become sentences, each a paragraph", () => {
  const shown = statusText(standing("out of date", "a is missing", "b changed."), null);
  assert.equal(shown.reason, "A is missing.\n\nB changed.");
});

test("another selected Python is shown of a healthy venv, and the click selects the venv", () => {
  const shown = statusText(standing("healthy"), "/usr/bin/python3");
  assert.equal(shown.text, "$(info) Central venv not selected");
  assert.equal(shown.command, "oneVenv.selectInterpreter");
  assert.match(shown.reason, /is \/usr\/bin\/python3\.$/);
  const broken = statusText(standing("broken"), "/usr/bin/python3");
  assert.equal(broken.command, "oneVenv.build", "what is broken is mended first");
  assert.match(broken.reason, /is \/usr\/bin\/python3\.$/);
});

test("One Venv applies from two sources on, or where there is a central file", () => {
  assert.equal(applies({ sources: 0, health: health("not consolidated") }), false);
  assert.equal(applies({ sources: 1, health: health("not consolidated") }), false);
  assert.equal(applies({ sources: 2, health: health("not consolidated") }), true);
  assert.equal(applies({ sources: 0, health: health("not checked") }), true);
});

test("what neither a build nor a consolidation mends has a list of its own, with each command", () => {
  const reasons = [
    { code: "tracked-environment", message: "git tracks a", mend: 'git rm -r --cached "a"' },
    { code: "wheelhouse-behind", message: "missing in deps: b", mend: "setup.py vendor" },
  ];
  const health: Health = { state: "sources changed", reasons, report: null };
  const shown = statusText({ sources: 3, health, building: false }, null);
  assert.equal(shown.text, "$(tools) Central venv: 2 things to mend");
  assert.equal(shown.command, "oneVenv.mend");
  assert.match(shown.reason, /^Git tracks a\. Mend it with: git rm -r --cached "a"$/m);
  const more = [...reasons, { code: "out-of-date", message: "changed", mend: "setup.py" }];
  const behind: Health = { state: "out of date", reasons: more, report: null };
  const sync = statusText({ sources: 3, health: behind, building: false }, null);
  assert.equal(sync.command, "oneVenv.build", "what a click can mend comes first");
});
