import assert from "node:assert/strict";
import { test } from "node:test";
import { startJudging } from "../../../scripts/demo/shorten.ts";

/** The lines that are shown, `…` for each that is left out. */
function shown(lines: readonly string[]): string[] {
  const judge = startJudging();
  return lines.map(judge).map(({ line, talk }) => (talk ? "…" : line));
}

test("the installer's talk is left out, setup.py's own words are not", () => {
  const lines = ["One Venv: installing with pip", "Collecting a", "", "One Venv: done", "and how"];
  assert.deepEqual(shown(lines), [lines[0], "…", "…", lines[3], lines[4]]);
});

test("all that follows an error is shown, pip's and uv's alike", () => {
  for (const error of ["ERROR: no", "error: No solution", "  × No solution"]) {
    const lines = ["One Venv: installing with uv", "Resolving", error, "  because of that"];
    assert.deepEqual(shown(lines), [lines[0], "…", error, lines[3]]);
  }
});

test("what other commands print is left alone", () => {
  const lines = ["Central venv: healthy", "  Python 3.11.7, 9 packages"];
  assert.deepEqual(shown(lines), lines);
});
