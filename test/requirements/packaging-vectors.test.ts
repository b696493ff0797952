/** The parameters of packaging's own tests, group by group. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseMarker, printMarker } from "../../src/requirements/marker.ts";
import { type Environment, evaluateMarker } from "../../src/requirements/marker-evaluate.ts";
import { isValidName, normalizeName } from "../../src/requirements/name.ts";
import { printLiteral } from "../../src/requirements/python-string.ts";
import { includesVersion } from "../../src/requirements/range.ts";
import { parseRequirement, printRequirement } from "../../src/requirements/requirement.ts";
import {
  asksForPrereleases,
  parseSpecifierSet,
  printSpecifierSet,
  type SpecifierSet,
  writtenSpecifiers,
} from "../../src/requirements/specifier.ts";
import {
  contains,
  filterVersions,
  intersect,
  isEmpty,
  isSubset,
  onlyPrereleases,
  rangesOf,
} from "../../src/requirements/specifier-set.ts";
import {
  compareVersions,
  isPrerelease,
  parseVersion,
  printBase,
  printVersion,
  type Version,
  withoutLocal,
} from "../../src/requirements/version.ts";
import { sharedPath } from "../shared.ts";
import { marker, requirement, specifiers, version } from "./parsed.ts";

// biome-ignore lint/suspicious/noExplicitAny: the vectors' shapes differ from group to group
type Row = any;

const path = sharedPath("vectors", "packaging.json");
const vectors: Record<string, Row[]> =
  path === undefined ? {} : JSON.parse(readFileSync(path, "utf8"));
const ordered: string[] = (vectors.ORDERED_VERSIONS as string[] | undefined) ?? [];

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

const check: Record<string, (row: Row) => void> = {
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

  "test_specifiers.py::TestSpecifier::test_specifiers_valid": oneSpecifier,
  "test_specifiers.py::TestSpecifier::test_specifiers_invalid": (row) =>
    assert.ok(isFailure(parseSpecifierSet(row.specifier))),
  "test_specifiers.py::TestSpecifier::test_specifiers_normalized": normalizedSpecifiers,
  "test_specifiers.py::TestSpecifier::test_specifiers_str_and_repr": printed,
  "test_specifiers.py::TestSpecifier::test_specifiers_hash": oneSpecifier,
  "test_specifiers.py::TestSpecifier::test_comparison_true": compared(true),
  "test_specifiers.py::TestSpecifier::test_comparison_canonicalizes": compared(true),
  "test_specifiers.py::TestSpecifier::test_comparison_false": compared(false),
  "test_specifiers.py::TestSpecifier::test_specifiers": membership,
  "test_specifiers.py::TestSpecifier::test_invalid_version": membership,
  "test_specifiers.py::TestSpecifier::test_specifier_prereleases_set": prereleasesSet,
  "test_specifiers.py::TestSpecifier::test_arbitrary_equality": membership,
  "test_specifiers.py::TestSpecifier::test_arbitrary_equality_normalization": membership,
  "test_specifiers.py::TestSpecifier::test_specifier_prereleases_detection": (row) =>
    assert.equal(asksForPrereleases(specifiers(row.specifier)), row.expected ?? false),
  "test_specifiers.py::TestSpecifier::test_specifiers_prereleases": (row) =>
    assert.equal(
      contains(specifiers(row.specifier), row.version, policy(row.contains_pre ?? row.spec_pre)),
      row.expected,
    ),
  "test_specifiers.py::TestSpecifier::test_specifier_filter": filtered,
  "test_specifiers.py::TestSpecifier::test_specifier_filter_arbitrary_equality_normalization":
    filtered,
  "test_specifiers.py::TestSpecifier::test_specifier_operator_property": (row) =>
    assert.equal(specifiers(row.spec)[0]?.operator, row.op),
  "test_specifiers.py::TestSpecifier::test_specifier_version_property": (row) =>
    assert.equal(specifiers(row.spec)[0]?.version, row.version),
  "test_specifiers.py::TestSpecifier::test_length": (row) =>
    assert.equal(specifiers(row.spec_str).length, row.expected_length),
  "test_specifiers.py::TestSpecifier::test_iteration": (row) =>
    assert.deepEqual(
      specifiers(row.spec_str).map((one) => one.operator + one.version),
      row.expected_items,
    ),
  "test_specifiers.py::TestSpecifierSet::test_empty_specifier": (row) => {
    assert.ok(contains([], row.version));
    assert.deepEqual(filterVersions([], [row.version]), [row.version]);
  },
  "test_specifiers.py::TestSpecifierSet::test_empty_specifier_arbitrary_string": (row) =>
    assert.deepEqual(filterVersions([], row.versions, policy(row.prereleases)), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_empty_specifier_ordering_with_arbitrary": (row) =>
    assert.deepEqual(filterVersions([], row.versions), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_specifier_prereleases_explicit": prereleasesSet,
  "test_specifiers.py::TestSpecifierSet::test_specifier_contains_installed_prereleases": (row) => {
    const asked = row.contains_prereleases ?? row.spec_prereleases;
    const isInstalledPrerelease = row.installed && isPrerelease(version(row.version));
    assert.equal(
      contains(specifiers(row.specifier), row.version, policy(isInstalledPrerelease || asked)),
      row.expected,
    );
  },
  "test_specifiers.py::TestSpecifierSet::test_specifier_filter": filtered,
  "test_specifiers.py::TestSpecifierSet::test_filter_exclusionary_bridges": filtered,
  "test_specifiers.py::TestSpecifierSet::test_contains_exclusionary_bridges": (row) =>
    assert.equal(
      contains(specifiers(row.specifier), row.version, policy(row.prereleases)),
      row.expected,
    ),
  "test_specifiers.py::TestSpecifierSet::test_contains_rejects_invalid_specifier": (row) =>
    assert.equal(contains(specifiers(row.specifier), row.input), false),
  "test_specifiers.py::TestSpecifierSet::test_contains_post_release_boundary_intersection":
    membership,
  "test_specifiers.py::TestSpecifierSet::test_contains_oversized_version_raises_valueerror": (
    row,
  ) => assert.equal(contains(specifiers(row.specifier), "1.0"), row.specifier.startsWith(">=1.0a")),
  "test_specifiers.py::TestSpecifierSet::test_contains_arbitrary_equality_contains": (row) =>
    assert.equal(contains(specifiers(row.specifier), row.version), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_contains_arbitrary_equality_normalization":
    membership,
  "test_specifiers.py::TestSpecifierSet::test_specifiers_str_and_repr": printed,
  "test_specifiers.py::TestSpecifierSet::test_specifiers_hash": (row) =>
    void specifiers(row.specifier),
  "test_specifiers.py::TestSpecifierSet::test_specifiers_combine": (row) =>
    assert.equal(
      writtenSpecifiers(intersect(specifiers(row.left), specifiers(row.right))),
      row.expected,
    ),
  "test_specifiers.py::TestSpecifierSet::test_comparison_true": compared(true),
  "test_specifiers.py::TestSpecifierSet::test_comparison_false": compared(false),
  "test_specifiers.py::TestSpecifierSet::test_comparison_canonicalizes": compared(true),
  "test_specifiers.py::TestSpecifierSet::test_is_subset": (row) =>
    assert.equal(isSubset(specifiers(row.left), specifiers(row.right)), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_is_superset": (row) =>
    assert.equal(isSubset(specifiers(row.right), specifiers(row.left)), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_is_disjoint": (row) =>
    assert.equal(isEmpty(intersect(specifiers(row.left), specifiers(row.right))), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_comparison_ignores_local": (row) =>
    assert.equal(contains(specifiers(row.specifier), row.version), row.expected),
  "test_specifiers.py::TestSpecifierSet::test_arbitrary_equality_is_intersection_preserving": (
    row,
  ) => {
    const [a, b] = [specifiers(row.spec1), specifiers(row.spec2)];
    assert.deepEqual(
      filterVersions(intersect(a, b), row.input_versions),
      filterVersions(a, filterVersions(b, row.input_versions)),
    );
  },
  "test_specifiers.py::TestIsUnsatisfiable::test_unsatisfiable": (row) =>
    assert.equal(isEmpty(specifiers(row.spec_str)), true),
  "test_specifiers.py::TestIsUnsatisfiable::test_satisfiable": (row) =>
    assert.equal(isEmpty(specifiers(row.spec_str)), false),
  "test_specifiers.py::TestIsUnsatisfiable::test_unsatisfiable_prereleases_false": (row) => {
    const set = specifiers(row.spec_str);
    assert.equal(isEmpty(set) || onlyPrereleases(set), true);
  },
  "test_specifiers.py::TestIsUnsatisfiable::test_satisfiable_prereleases_false": (row) => {
    const set = specifiers(row.spec_str);
    assert.equal(isEmpty(set) || onlyPrereleases(set), false);
  },
  "test_specifiers.py::TestIsUnsatisfiable::test_post_release_boundary_unsatisfiable": (row) =>
    assert.equal(isEmpty(specifiers(row.spec_str)), true),
  "test_specifiers.py::TestIsUnsatisfiable::test_contains_identical_across_canonicalization": (
    row,
  ) => {
    const set = specifiers(row.spec);
    const sorted = specifiers(printSpecifierSet(set));
    for (const one of row.versions) assert.equal(contains(sorted, one), contains(set, one));
  },
  "test_specifiers.py::test_pickle_specifier_roundtrip": (row) => roundTrip(row.specifier),
  "test_specifiers.py::test_pickle_specifierset_roundtrip": (row) => roundTrip(row.specifiers),
  "test_specifiers.py::test_boundary_closure_short_release": (row) =>
    assert.equal(contains(specifiers(row.spec_str), row.version_str), row.expected),
  "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_contains_equivalent": rangesAgree,
  "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_contains_equivalent_with_version_objects":
    rangesAgree,

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
  "test_markers.py::TestMarker::test_parses_pep345_valid": (row) => void marker(row.marker_string),
  "test_markers.py::TestMarker::test_evaluate_pep345_markers": evaluated,
  "test_markers.py::TestMarker::test_parses_setuptools_legacy_valid": (row) =>
    assert.match(printMarker(marker(row.marker_string)), /\bplatform_python_implementation\b/),
  "test_markers.py::TestMarker::test_membership_value_str_normalization": ({ variable }) =>
    assert.equal(printMarker(marker(`"Foo_Bar" in ${variable}`)), `"foo-bar" in ${variable}`),
  "test_markers.py::TestMarker::test_membership_value_str_normalization_negated": ({ variable }) =>
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
  "test_markers.py::TestMarker::test_set_valued_marker_on_lhs_raises_undefined_comparison": (row) =>
    assert.equal(
      evaluateMarker(marker(`${row.variable} ${row.op} "x"`), { ...linux, [row.variable]: ["x"] }),
      "unknown",
    ),
  "test_markers.py::TestMarker::test_version_like_equality": evaluated,
  "test_markers.py::test_pickle_marker_roundtrip": (row) =>
    assert.equal(printMarker(marker(row.marker_str)), row.marker_str),

  "test_requirements.py::test_basic_valid_requirement_parsing": basicRequirement,
  "test_requirements.py::test_normalized_requirements": (row) =>
    assert.equal(printRequirement(requirement(row.input_req)), row.norm_req),
  "test_requirements.py::TestRequirementParsing::test_valid_marker": (row) =>
    assert.notEqual(requirement(`name; ${row.marker}`).marker, null),
  "test_requirements.py::TestRequirementParsing::test_file_url": (row) =>
    assert.equal(requirement(`name @ ${row.url}`).url, row.url),
  "test_requirements.py::TestRequirementParsing::test_error_when_suffixed_with_line_break": (row) =>
    assert.ok(isFailure(parseRequirement(row.requirement + row.line_break))),
  "test_requirements.py::TestRequirementParsing::test_trailing_horizontal_whitespace": (row) =>
    assert.equal(printRequirement(requirement(`name>=1${row.whitespace}`)), "name>=1"),
  "test_requirements.py::TestRequirementParsing::test_error_when_prefix_match_uses_post_release": (
    row,
  ) =>
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
    assert.equal(printRequirement(requirement(row.dep1)), printRequirement(requirement(row.dep2))),
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
};

const leftOut: Record<string, string> = {
  "test_version.py::TestVersion::test_non_string_versions_raise_invalid_version":
    "arguments that are no strings, which the types rule out",
  "test_version.py::TestVersion::test_dunder_op_returns_notimplemented":
    "Python's operator protocol",
  "test_version.py::TestVersion::test_compare_other": "Python's operator protocol",
  "test_version.py::TestVersion::test_base_version_notimplemented_with_non_base_version":
    "Python's operator protocol",
  "test_specifiers.py::TestSpecifier::test_specifier_filter_with_key":
    "the key argument of filter()",
  "test_specifiers.py::TestSpecifierInternal::test_spec_version_cache_consistency":
    "a cache inside packaging",
  "test_specifiers.py::TestSpecifierInternal::test_spec_version_cache_with_wildcards":
    "a cache inside packaging",
  "test_specifiers.py::TestSpecifierInternal::test_spec_version_cache_with_arbitrary_equality":
    "a cache inside packaging",
  "test_specifiers.py::TestSpecifierInternal::test_spec_version_cache_compatible_operator":
    "a cache inside packaging",
  "test_specifiers.py::TestSpecifierSet::test_specifierset_filter_with_key":
    "the key argument of filter()",
  "test_specifiers.py::TestSpecifierSet::test_empty_specifierset_filter_with_key":
    "the key argument of filter()",
  "test_specifiers.py::TestSpecifierSet::test_set_relations_raise_on_prerelease_policy_mismatch":
    "a policy stored in the object, which sets here do not have",
  "test_specifiers.py::TestSpecifierSet::test_set_relations_require_specifierset":
    "arguments of a wrong type",
  "test_specifiers.py::TestSpecifierSet::test_set_relations_reject_arbitrary_equality":
    "an exception where we have an answer",
  "test_specifiers.py::test_specifier_construction_is_lazy": "a cache inside packaging",
  "test_specifiers.py::test_specifierset_construction_is_lazy": "a cache inside packaging",
  "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_filter_equivalent":
    "agreement of two of packaging's own filters",
  "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_to_specifier_set_roundtrip_matches":
    "packaging's way back from ranges; ours is printReduced, with property tests",
  "test_markers.py::TestNode::test_accepts_value": "the class Node",
  "test_markers.py::TestNode::test_str": "the class Node",
  "test_markers.py::TestNode::test_repr": "the class Node",
  "test_requirements.py::test_pickle_requirement_preserves_prereleases":
    "a policy stored in the object, which requirements here do not have",
  "test_dependency_groups.py::test_normalized_name_is_used_for_include_group_lookups":
    "dependency groups, which the pyproject.toml reader's tests cover",
  "test_dependency_groups.py::test_unknown_object_shape":
    "dependency groups, which the pyproject.toml reader's tests cover",
  "test_dependency_groups.py::test_malformed_group_entries_are_not_cached_on_resolver_instance":
    "a cache inside packaging",
  "test_utils.py::test_canonicalize_version": "a spelling for file names that nothing here uses",
  "test_utils.py::test_canonicalize_version_no_strip_trailing_zero":
    "a spelling for file names that nothing here uses",
  "test_utils.py::test_parse_wheel_filename": "names of wheels",
  "test_utils.py::test_parse_wheel_invalid_filename": "names of wheels",
  "test_utils.py::test_parse_wheel_unsorted_tags_valid_by_default": "names of wheels",
  "test_utils.py::test_parse_wheel_unsorted_tags_invalid_with_validate": "names of wheels",
  "test_utils.py::test_parse_sdist_filename": "names of sdists",
  "test_utils.py::test_parse_sdist_invalid_filename": "names of sdists",
};

const skip = path === undefined && "../shared is not here";

for (const [group, run] of Object.entries(check)) {
  const rows = vectors[group] ?? [];
  test(`${group}: ${rows.length} vectors`, { skip }, () => {
    assert.ok(rows.length > 0, "the group is gone");
    for (const row of rows) {
      try {
        run(row);
      } catch (error) {
        throw new Error(JSON.stringify(row).slice(0, 500), { cause: error });
      }
    }
  });
}

test(`ORDERED_VERSIONS: ${ordered.length ** 2} comparisons`, { skip }, () => {
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

test("every group of packaging.json is run or left out with a reason", { skip }, (t) => {
  const accounted = [...Object.keys(check), ...Object.keys(leftOut), "ORDERED_VERSIONS"];
  assert.deepEqual(accounted.sort(), Object.keys(vectors).sort());
  const count = (groups: object) =>
    Object.keys(groups).reduce((sum, group) => sum + vectors[group]!.length, 0);
  t.diagnostic(`${count(check)} vectors run, ${count(leftOut)} left out`);
});

function part(name: keyof Version): (row: Row) => void {
  return (row) => assert.deepEqual(version(row.version)[name], row[name]);
}

/** packaging's null leaves the choice to its default. */
function policy(prereleases: boolean | null): { prereleases?: boolean } {
  return prereleases === null ? {} : { prereleases };
}

function oneSpecifier(row: Row): void {
  assert.equal(specifiers(row.specifier).length, 1);
}

function normalizedSpecifiers(row: Row): void {
  const operators = row.version.includes("+")
    ? ["==", "!="]
    : ["~=", "==", "!=", "<=", ">=", "<", ">"];
  for (const operator of operators) {
    const needsTwo = operator === "~=" && version(row.version).release.length < 2;
    assert.equal(isFailure(parseSpecifierSet(operator + row.version)), needsTwo, operator);
  }
}

function printed(row: Row): void {
  assert.equal(printSpecifierSet(specifiers(row.specifier)), row.expected);
}

function compared(expected: boolean): (row: Row) => void {
  return ({ left, right, op = { $op: "eq" } }) => {
    const areEqual = printSpecifierSet(intersect(specifiers(left), specifiers(right)));
    assert.equal(!areEqual.includes(","), (op.$op === "eq") === expected);
  };
}

function membership(row: Row): void {
  assert.equal(contains(specifiers(row.spec_str), spelling(row.version)), row.expected);
}

function prereleasesSet(row: Row): void {
  const set = specifiers(row.specifier ?? row.spec_str);
  assert.equal(contains(set, row.version, policy(row.initial_prereleases)), row.initial_contains);
  assert.equal(contains(set, row.version, policy(row.set_prereleases)), row.final_contains);
}

function filtered(row: Row): void {
  const asked = policy(row.prereleases ?? row.specifier_prereleases ?? null);
  assert.deepEqual(
    filterVersions(specifiers(row.specifier), row.input.map(spelling), asked),
    row.expected.map(spelling),
  );
}

/** A version that packaging's test gives as an object stands for its normal form. */
function spelling(given: string | { $Version: string }): string {
  return typeof given === "string" ? given : printVersion(version(given.$Version));
}

function roundTrip(text: string): void {
  const set = printSpecifierSet(specifiers(text));
  assert.equal(printSpecifierSet(specifiers(set)), set);
}

function rangesAgree(row: Row): void {
  const set: SpecifierSet = specifiers(row.spec_str).filter((one) => one.operator !== "===");
  for (const one of ordered) {
    assert.equal(includesVersion(rangesOf(set), version(one)), contains(set, one), one);
  }
}

/** Where the `~~~^` under the text in packaging's message begins. */
function expectedOffset(message: string): number {
  return message.split("\n")[2]!.indexOf("~") - 4;
}

function evaluated(row: Row): void {
  assert.equal(
    evaluateMarker(marker(row.marker_string), { ...linux, ...row.environment }),
    row.expected,
  );
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

/** What two spellings of the same requirement have in common. */
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
