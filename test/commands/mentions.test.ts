import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionsOf } from "../../src/commands/mentions.ts";

const SOURCES = new Set([
  "requirements.txt",
  "a/requirements.txt",
  "b/requirements.txt",
  "a/dev.txt",
]);

/** A line of a file, and the sources that it names; of a reported line too where `*` stands before. */
const cases: [string, string, string[], string[]][] = [
  [
    "a/deploy.py",
    'open("requirements.txt")',
    ["a/requirements.txt"],
    ["a/requirements.txt", "b/requirements.txt", "requirements.txt"],
  ],
  [
    "c/deploy.py",
    'open("requirements.txt")',
    ["requirements.txt"],
    ["a/requirements.txt", "b/requirements.txt", "requirements.txt"],
  ],
  ["c/x.cfg", "file = ../a/requirements.txt", ["a/requirements.txt"], ["a/requirements.txt"]],
  ["x.yml", "- services/$" + "{{ matrix.x }}/requirements.txt", [], []],
  [
    "x.yml",
    "- $" + "{{ matrix.x }}/requirements.txt",
    ["a/requirements.txt", "b/requirements.txt"],
    ["a/requirements.txt", "b/requirements.txt"],
  ],
  ["Makefile", "\tcp $(SERVICE)/dev.txt out", ["a/dev.txt"], ["a/dev.txt"]],
  ["Makefile", "\tcp */dev.txt out", ["a/dev.txt"], ["a/dev.txt"]],
  [
    "BUILD.bazel",
    'requirements_lock = "//:requirements.txt",',
    ["requirements.txt"],
    ["a/requirements.txt", "b/requirements.txt", "requirements.txt"],
  ],
  ["Makefile", "\t@echo see requirements.txt", [], []],
  ["Makefile", "# see requirements.txt", [], []],
  ["README.md", "see requirements.txt", [], []],
  ["CODEOWNERS", "requirements.txt @me", [], []],
  ["a/x.cfg", "file = requirements.txt.bak", [], []],
  ["a/x.cfg", "x = *", [], []],
];

for (const [path, text, named, reported] of cases) {
  test(`what ${path} names: ${text.trim()}`, () => {
    const place = new Set([`${path}:1`]);
    const none = new Set<string>();
    const of = (spoken: Parameters<typeof mentionsOf>[2]) =>
      [...mentionsOf([{ path, line: 1, text }], SOURCES, spoken).keys()].sort();
    assert.deepEqual(of({ settled: none, reported: none }), named);
    assert.deepEqual(of({ settled: none, reported: place }), reported);
    assert.deepEqual(of({ settled: place, reported: place }), []);
  });
}
