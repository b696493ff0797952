import assert from "node:assert/strict";
import { test } from "node:test";
import { centralChanges } from "../../src/cli/central-changes.ts";

const changes = (before: string, after: string) =>
  centralChanges(before, after).map(({ change, line }) => `${change} ${line}`);

test("a new file: every requirement, without the head", () => {
  assert.deepEqual(changes("", "# kept by One Venv\n\na==1  # x\nb==1  # ., y\n"), [
    "+ a==1  # x",
    "+ b==1  # ., y",
  ]);
});

test("what goes stands before what comes in its place", () => {
  assert.deepEqual(changes("a==1  # x\nb==1  # y\n", "a==2  # x\nb==1  # y\nc==1\n"), [
    "- a==1  # x",
    "+ a==2  # x",
    "+ c==1",
  ]);
});

test("projects that stand below are put beside", () => {
  assert.deepEqual(changes("", "a==1\n    # services/x\n    # services/y\n"), [
    "+ a==1  # services/x, services/y",
  ]);
});

test("line ends alone are no change", () => {
  assert.deepEqual(changes("a==1  # x\r\n", "a==1  # x\n"), []);
});
