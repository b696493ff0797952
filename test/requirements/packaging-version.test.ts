/** Versions: the parameters of packaging's own tests. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  compareVersions,
  isPrerelease,
  parseVersion,
  printBase,
  printVersion,
  type Version,
  withoutLocal,
} from "../../src/requirements/version.ts";
import { checkGroups, ordered, type Row } from "./packaging-groups.ts";
import { version } from "./parsed.ts";

test(`ORDERED_VERSIONS: ${ordered.length ** 2} comparisons`, {
  skip: ordered.length === 0 && "../shared is not here",
}, () => {
  const versions = ordered.map(version);
  for (const [i, a] of versions.entries()) {
    for (const [j, b] of versions.entries()) {
      assert.equal(
        Math.sign(compareVersions(a, b)),
        Math.sign(i - j),
        `${ordered[i]} ${ordered[j]}`,
      );
    }
  }
});

checkGroups(
  ["test_version.py"],
  {
    "test_version.py::TestVersion::test_valid_versions": (row) => void version(row.version),
    "test_version.py::TestVersion::test_invalid_versions": (row) =>
      assert.equal(parseVersion(row.version), null),
    // Python stops at 4,300 digits, which is a limit of its own and no rule of PEP 440.
    "test_version.py::TestVersion::test_oversized_version_raises_valueerror": (row) =>
      assert.equal(printVersion(version(row.version)).length > 4300, true),
    "test_version.py::TestVersion::test_normalized_versions": (row) =>
      assert.equal(printVersion(version(row.version)), row.normalized),
    "test_version.py::TestVersion::test_version_str_repr": (row) =>
      assert.equal(printVersion(version(row.version)), row.expected),
    "test_version.py::TestVersion::test_version_hash": (row) =>
      assert.equal(compareVersions(version(row.version), version(row.version)), 0),
    "test_version.py::TestVersion::test_version_public": (row) =>
      assert.equal(printVersion(withoutLocal(version(row.version))), row.public),
    "test_version.py::TestVersion::test_version_base_version": (row) =>
      assert.equal(printBase(version(row.version)), row.base_version),
    "test_version.py::TestVersion::test_version_epoch": part("epoch"),
    "test_version.py::TestVersion::test_version_release": part("release"),
    "test_version.py::TestVersion::test_version_local": (row) =>
      assert.equal(version(row.version).local?.join(".") ?? null, row.local),
    "test_version.py::TestVersion::test_version_pre": (row) => {
      const { pre } = version(row.version);
      assert.deepEqual(pre && [pre.phase, pre.number], row.pre);
    },
    "test_version.py::TestVersion::test_version_is_prerelease": (row) =>
      assert.equal(isPrerelease(version(row.version)), row.expected),
    "test_version.py::TestVersion::test_version_dev": part("dev"),
    "test_version.py::TestVersion::test_version_is_devrelease": (row) =>
      assert.equal(version(row.version).dev !== null, row.expected),
    "test_version.py::TestVersion::test_version_post": part("post"),
    "test_version.py::TestVersion::test_version_is_postrelease": (row) =>
      assert.equal(version(row.version).post !== null, row.expected),
    "test_version.py::test_from_parts": ({ args, string }) => {
      const [letter, number] = args.pre ?? [];
      const spelled =
        `${args.epoch ?? 0}!${args.release.join(".")}${letter ?? ""}${number ?? ""}` +
        `${args.post == null ? "" : `.post${args.post}`}${args.dev == null ? "" : `.dev${args.dev}`}` +
        (args.local == null ? "" : `+${args.local}`);
      assert.equal(printVersion(version(spelled)), printVersion(version(string)));
    },
    "test_version.py::test_pickle_roundtrip": (row) =>
      assert.equal(printVersion(version(row.version)), row.version),
  },
  {
    "test_version.py::TestVersion::test_non_string_versions_raise_invalid_version":
      "arguments that are no strings, which the types rule out",
    "test_version.py::TestVersion::test_dunder_op_returns_notimplemented":
      "Python's operator protocol",
    "test_version.py::TestVersion::test_compare_other": "Python's operator protocol",
    "test_version.py::TestVersion::test_base_version_notimplemented_with_non_base_version":
      "Python's operator protocol",
  },
);

function part(name: keyof Version): (row: Row) => void {
  return (row) => assert.deepEqual(version(row.version)[name], row[name]);
}
