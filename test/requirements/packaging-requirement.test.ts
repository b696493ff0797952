/** Requirements and names: the parameters of packaging's own tests. */
import assert from "node:assert/strict";
import { isFailure } from "../../src/requirements/failure.ts";
import { printMarker } from "../../src/requirements/marker.ts";
import { isValidName, normalizeName } from "../../src/requirements/name.ts";
import { parseRequirement, printRequirement } from "../../src/requirements/requirement.ts";
import { printSpecifierSet } from "../../src/requirements/specifier.ts";
import { canonicalVersion, parseVersion, printVersion } from "../../src/requirements/version.ts";
import { checkGroups, type Row } from "./packaging-groups.ts";
import { marker, requirement, specifiers, version } from "./parsed.ts";

checkGroups(
  ["test_requirements.py", "test_utils.py", "test_dependency_groups.py"],
  {
    "test_requirements.py::test_basic_valid_requirement_parsing": basicRequirement,
    "test_requirements.py::test_normalized_requirements": (row) =>
      assert.equal(printRequirement(requirement(row.input_req)), row.norm_req),
    "test_requirements.py::TestRequirementParsing::test_valid_marker": (row) =>
      assert.notEqual(requirement(`name; ${row.marker}`).marker, null),
    "test_requirements.py::TestRequirementParsing::test_file_url": (row) =>
      assert.equal(requirement(`name @ ${row.url}`).url, row.url),
    "test_requirements.py::TestRequirementParsing::test_error_when_suffixed_with_line_break": (
      row,
    ) => assert.ok(isFailure(parseRequirement(row.requirement + row.line_break))),
    "test_requirements.py::TestRequirementParsing::test_trailing_horizontal_whitespace": (row) =>
      assert.equal(printRequirement(requirement(`name>=1${row.whitespace}`)), "name>=1"),
    "test_requirements.py::TestRequirementParsing::test_error_when_prefix_match_uses_post_release":
      (row) =>
        assert.deepEqual(parseRequirement(`name ${row.operator}1.0.post1.*`), {
          message: ".* may only follow the release number after == or !=",
          offset: 16,
        }),
    "test_requirements.py::TestRequirementParsing::test_error_when_local_version_label_is_used_incorrectly":
      (row) => assert.ok(isFailure(parseRequirement(`name ${row.operator} 1.0+local`))),
    "test_requirements.py::TestRequirementParsing::test_error_invalid_marker_malformed_quoted_string":
      (row) =>
        assert.deepEqual(parseRequirement(row.to_parse), {
          message: "not a valid quoted string",
          offset: expectedOffset(row.expected),
        }),
    "test_requirements.py::TestRequirementBehaviour::test_str_and_repr": (row) => {
      const text = `packaging${row.extras}${row.url_or_specifier}${row.marker}`.trim();
      assert.equal(printRequirement(requirement(text)), text);
    },
    "test_requirements.py::TestRequirementBehaviour::test_equal_reqs_equal_hashes": (row) =>
      assert.equal(
        printRequirement(requirement(row.dep1)),
        printRequirement(requirement(row.dep2)),
      ),
    "test_requirements.py::TestRequirementBehaviour::test_equivalent_reqs_equal_hashes_unequal_strings":
      (row) => assert.equal(identity(row.dep1), identity(row.dep2)),
    "test_requirements.py::TestRequirementBehaviour::test_different_reqs_different_hashes": (row) =>
      assert.notEqual(identity(row.dep1), identity(row.dep2)),
    "test_requirements.py::test_pickle_requirement_roundtrip": (row) => {
      const text = printRequirement(requirement(row.req_str));
      assert.equal(printRequirement(requirement(text)), text);
    },
    "test_requirements.py::test_pickle_requirement_setstate_rejects_invalid_string": (row) =>
      assert.ok(isFailure(parseRequirement(row.invalid_requirement))),
    "test_utils.py::test_canonicalize_name": (row) =>
      assert.equal(normalizeName(row.name), row.expected),
    "test_utils.py::test_canonicalize_name_invalid": (row) => {
      assert.equal(normalizeName(row.name), row.expected);
      assert.equal(isValidName(row.name), false);
    },
    "test_utils.py::test_is_normalized_name": (row) =>
      assert.equal(normalizeName(row.name), row.expected),
    "test_utils.py::test_canonicalize_version": (row) => {
      const text = row.version.$Version ?? row.version;
      const read = parseVersion(text);
      assert.equal(read === null ? text : canonicalVersion(read), row.expected);
    },
    "test_utils.py::test_canonicalize_version_no_strip_trailing_zero": (row) =>
      assert.equal(printVersion(version(row.version)), row.version),
    "test_dependency_groups.py::test_normalized_name_is_used_for_include_group_lookups": (row) =>
      assert.equal(normalizeName(row.group_name_used), normalizeName(row.group_name_declared)),
  },
  {
    "test_requirements.py::test_pickle_requirement_preserves_prereleases":
      "a policy stored in the object, which requirements here do not have",
    "test_utils.py::test_parse_wheel_filename": "names of wheels",
    "test_utils.py::test_parse_wheel_invalid_filename": "names of wheels",
    "test_utils.py::test_parse_wheel_unsorted_tags_valid_by_default": "names of wheels",
    "test_utils.py::test_parse_wheel_unsorted_tags_invalid_with_validate": "names of wheels",
    "test_utils.py::test_parse_sdist_filename": "names of sdists",
    "test_utils.py::test_parse_sdist_invalid_filename": "names of sdists",
    "test_dependency_groups.py::test_unknown_object_shape":
      "dependency groups, which the pyproject.toml reader's tests cover",
    "test_dependency_groups.py::test_malformed_group_entries_are_not_cached_on_resolver_instance":
      "a cache inside packaging",
  },
);

function expectedOffset(message: string): number {
  return message.split("\n")[2]!.indexOf("~") - 4;
}

function basicRequirement(row: Row): void {
  const { name, url, whitespace } = row;
  const wanted: string[] = row.extras.set;
  const spaced = (template: string, space: string) => template.replaceAll("{ws}", space);
  const parts = [name];
  if (wanted.length > 0) {
    const comma = `${whitespace},${whitespace}`;
    parts.push(`[${whitespace}${wanted.join(comma)}${whitespace}]`);
  }
  if (row.specifier !== "") parts.push(spaced(row.specifier, whitespace));
  if (url !== null) parts.push("@", url);
  if (row.marker !== null) {
    parts.push(url === null ? ";" : " ;", spaced(row.marker, whitespace));
  }
  const read = requirement(parts.join(whitespace));
  const expected = spaced(row.specifier, "").replace(/^\((.*)\)$/, "$1");
  assert.deepEqual(
    [read.name, read.extras, printSpecifierSet(read.specifier), read.url],
    [name, [...wanted].sort(), printSpecifierSet(specifiers(expected)), url],
  );
  const expectedMarker = row.marker && printMarker(marker(spaced(row.marker, "")));
  assert.equal(read.marker && printMarker(read.marker), expectedMarker);
}

function identity(text: string): string {
  const read = requirement(text);
  const comparable = read.specifier.map((one) =>
    one.operator === "~=" ? one : { ...one, version: one.version.replace(/(\.0)+$/, "") },
  );
  return printRequirement({
    ...read,
    name: normalizeName(read.name),
    extras: read.extras.map(normalizeName).sort(),
    specifier: comparable,
  });
}
