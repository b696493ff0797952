import assert from "node:assert/strict";
import { test } from "node:test";
import { localPaths } from "../../src/requirements/local-path.ts";

const cases: [file: string, link: string, paths: string[] | null][] = [
  ["a/r.txt", "./lib", ["a/lib", "lib"]],
  ["a/r.txt", "../lib[x]", ["lib"]],
  ["a/b/r.txt", "../../lib/", ["lib"]],
  ["r.txt", "./lib", ["lib"]],
  ["a/r.txt", ".", ["a", ""]],
  ["a/r.txt", "..\\lib", ["lib"]],
  ["a/r.txt", "../../lib", []],
  ["a/r.txt", "/lib", null],
  ["a/r.txt", "C:/lib", null],
  ["a/r.txt", "git+https://example.org/x.git", null],
  ["a/r.txt", "file:./lib", null],
];

for (const [file, link, paths] of cases) {
  test(`${link} in ${file}`, () => assert.deepEqual(localPaths(file, link), paths));
}
