/** Markers: the parameters of packaging's own tests. */
import assert from "node:assert/strict";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseMarker, printMarker } from "../../src/requirements/marker.ts";
import { type Environment, evaluateMarker } from "../../src/requirements/marker-evaluate.ts";
import { printLiteral } from "../../src/requirements/python-string.ts";
import { checkGroups, type Row } from "./packaging-groups.ts";
import { marker } from "./parsed.ts";

const linux: Partial<Environment> = {
  implementation_name: "cpython",
  implementation_version: "3.11.7",
  os_name: "posix",
  platform_machine: "x86_64",
  platform_release: "6.5.0",
  platform_system: "Linux",
  platform_version: "#1 SMP",
  python_full_version: "3.11.7",
  platform_python_implementation: "CPython",
  python_version: "3.11",
  sys_platform: "linux",
  extra: "",
};

checkGroups(
  ["test_markers.py"],
  {
    "test_markers.py::TestNode::test_value_serialize_chooses_quote_delimiter": (row) =>
      assert.equal(printLiteral(row.value), row.expected),
    "test_markers.py::TestMarker::test_parses_valid": (row) => void marker(row.marker_string),
    "test_markers.py::TestMarker::test_parses_invalid": (row) =>
      assert.ok(isFailure(parseMarker(row.marker_string))),
    "test_markers.py::TestMarker::test_parses_invalid_trailing_line_break": (row) =>
      assert.ok(isFailure(parseMarker(`python_version >= "3"${row.line_break}`))),
    "test_markers.py::TestMarker::test_parses_trailing_horizontal_whitespace": (row) =>
      assert.equal(
        printMarker(marker(`python_version >= "3"${row.whitespace}`)),
        'python_version >= "3"',
      ),
    "test_markers.py::TestMarker::test_parses_invalid_malformed_quoted_string": (row) =>
      assert.deepEqual(parseMarker(row.marker_string), {
        message: "not a valid quoted string",
        offset: expectedOffset(row.expected),
      }),
    "test_markers.py::TestMarker::test_str_repr_eq_hash": (row) =>
      assert.equal(printMarker(marker(row.marker_string)), row.expected),
    "test_markers.py::TestMarker::test_different_markers_different_hashes": (row) =>
      assert.notEqual(printMarker(marker(row.example1)), printMarker(marker(row.example2))),
    "test_markers.py::TestMarker::test_evaluates": evaluated,
    "test_markers.py::TestMarker::test_parses_pep345_valid": (row) =>
      void marker(row.marker_string),
    "test_markers.py::TestMarker::test_evaluate_pep345_markers": evaluated,
    "test_markers.py::TestMarker::test_parses_setuptools_legacy_valid": (row) =>
      assert.match(printMarker(marker(row.marker_string)), /\bplatform_python_implementation\b/),
    "test_markers.py::TestMarker::test_membership_value_str_normalization": ({ variable }) =>
      assert.equal(printMarker(marker(`"Foo_Bar" in ${variable}`)), `"foo-bar" in ${variable}`),
    "test_markers.py::TestMarker::test_membership_value_str_normalization_negated": ({
      variable,
    }) =>
      assert.equal(
        printMarker(marker(`"Foo_Bar" not in ${variable}`)),
        `"foo-bar" not in ${variable}`,
      ),
    "test_markers.py::TestMarker::test_extras_and_dependency_groups": (row) =>
      assert.equal(
        evaluateMarker(marker(row.expression.replaceAll("{0}", row.variable)), {
          ...linux,
          [row.variable]: ["foo", "bar"],
        }),
        row.result,
      ),
    "test_markers.py::TestMarker::test_extras_and_dependency_groups_disallowed": ({ variable }) =>
      assert.equal(evaluateMarker(marker(`"foo" in ${variable}`), linux), "unknown"),
    "test_markers.py::TestMarker::test_set_valued_marker_on_lhs_raises_undefined_comparison": (
      row,
    ) =>
      assert.equal(
        evaluateMarker(marker(`${row.variable} ${row.op} "x"`), {
          ...linux,
          [row.variable]: ["x"],
        }),
        "unknown",
      ),
    "test_markers.py::TestMarker::test_version_like_equality": evaluated,
    "test_markers.py::test_pickle_marker_roundtrip": (row) =>
      assert.equal(printMarker(marker(row.marker_str)), row.marker_str),
  },
  {
    "test_markers.py::TestNode::test_accepts_value": "the class Node",
    "test_markers.py::TestNode::test_str": "the class Node",
    "test_markers.py::TestNode::test_repr": "the class Node",
  },
);

function expectedOffset(message: string): number {
  return message.split("\n")[2]!.indexOf("~") - 4;
}

function evaluated(row: Row): void {
  assert.equal(
    evaluateMarker(marker(row.marker_string), { ...linux, ...row.environment }),
    row.expected,
  );
}
