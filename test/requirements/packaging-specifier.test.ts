/** Specifiers and sets of them: the parameters of packaging's own tests. */
import assert from "node:assert/strict";
import { isFailure } from "../../src/requirements/failure.ts";
import { includesVersion } from "../../src/requirements/range.ts";
import { printReduced } from "../../src/requirements/reduce.ts";
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
import { isPrerelease, printVersion } from "../../src/requirements/version.ts";
import { checkGroups, ordered, type Row } from "./packaging-groups.ts";
import { specifiers, version } from "./parsed.ts";

checkGroups(
  ["test_specifiers.py"],
  {
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
    "test_specifiers.py::TestSpecifierSet::test_specifier_contains_installed_prereleases": (
      row,
    ) => {
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
    ) =>
      assert.equal(contains(specifiers(row.specifier), "1.0"), row.specifier.startsWith(">=1.0a")),
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
    "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_filter_equivalent": reducedAgrees,
    "test_specifiers.py::TestSpecifierSetToRangeEquivalence::test_to_specifier_set_roundtrip_matches":
      reducedAgrees,
  },
  {
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
  },
);

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

function spelling(given: string | { $Version: string }): string {
  return typeof given === "string" ? given : printVersion(version(given.$Version));
}

function roundTrip(text: string): void {
  const set = printSpecifierSet(specifiers(text));
  assert.equal(printSpecifierSet(specifiers(set)), set);
}

/** What the reduced form admits and chooses is what the set does. */
function reducedAgrees({ spec_str: text, configured }: Row): void {
  const set = specifiers(text);
  const reduced = specifiers(printReduced(set));
  for (const asked of [policy(configured), { prereleases: true }]) {
    assert.deepEqual(filterVersions(reduced, ordered, asked), filterVersions(set, ordered, asked));
  }
}

function rangesAgree(row: Row): void {
  const set: SpecifierSet = specifiers(row.spec_str).filter((one) => one.operator !== "===");
  for (const one of ordered) {
    assert.equal(includesVersion(rangesOf(set), version(one)), contains(set, one), one);
  }
}
