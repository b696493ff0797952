import assert from "node:assert/strict";
import { test } from "node:test";
import { baseChoices } from "../../src/editor/base-choices.ts";

const python = (path: string, version: string | null, why: string | null = null) => ({
  ...{ path, version, why },
  source: "PATH",
});
const pythons = [
  python("/opt/3.13", "3.13.1"),
  python("/opt/3.12", "3.12.7"),
  python("/usr/3.12", "3.12.3"),
  python("/opt/3.7", "3.7.9", "is Python 3.7.9; 3.8 or newer is needed"),
];
const paths = (decided: string | null, usual: string | null) =>
  baseChoices(pythons, { decided, usual, planned: true }).map(({ path }) => path);

test("the usual one of the decided version is recommended and first", () => {
  assert.deepEqual(paths("3.12", "/usr/3.12"), ["/usr/3.12", "/opt/3.12", "/opt/3.13", "/opt/3.7"]);
  const [first, ...others] = baseChoices(pythons, {
    ...{ decided: "3.12", usual: "/usr/3.12", planned: true },
  });
  assert.equal(first!.recommended, true);
  assert.ok(others.every(({ recommended }) => !recommended));
});

test("a usual one of another version is not recommended", () => {
  assert.equal(paths("3.12", "/opt/3.13")[0], "/opt/3.12");
});

test("with no version decided every usable one is a choice", () => {
  assert.deepEqual(paths(null, null), ["/opt/3.13", "/opt/3.12", "/usr/3.12", "/opt/3.7"]);
  assert.deepEqual(
    baseChoices(pythons, { decided: null, usual: null, planned: true }).map(({ other }) => other),
    [false, false, false, false],
  );
});

test("where none is of the decided version none is recommended", () => {
  assert.ok(
    baseChoices(pythons, { decided: "3.9", usual: null, planned: true }).every(
      ({ recommended }) => !recommended,
    ),
  );
});

test("before anything is planned every choice means to plan", () => {
  const all = baseChoices(pythons, { decided: null, usual: "/usr/3.12", planned: false });
  assert.equal(all[0]!.path, "/usr/3.12");
  assert.ok(all.every(({ other }) => other));
});
