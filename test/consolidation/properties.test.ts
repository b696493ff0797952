import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withChoice } from "../../src/consolidation/choices.ts";
import { openConflicts } from "../../src/consolidation/conflict.ts";
import type { Consolidation, Input } from "../../src/consolidation/consolidate.ts";
import type { Decisions } from "../../src/consolidation/decision.ts";
import { printDecisions } from "../../src/consolidation/decision.ts";
import { removalOf } from "../../src/consolidation/held.ts";
import { isFailure } from "../../src/requirements/failure.ts";
import { readRequirementsFile } from "../../src/requirements/readers/requirements-txt.ts";
import type { SpecifierSet } from "../../src/requirements/specifier.ts";
import { parseSpecifierSet } from "../../src/requirements/specifier.ts";
import { isEmpty, isSubset } from "../../src/requirements/specifier-set.ts";
import { merged, sources, WINDOWS } from "./monorepo.ts";

const name = fc.constantFrom("flask", "numpy", "Zope.Interface", "rich", "torch");
const version = fc.constantFrom("1", "1.5", "2.0", "2.0.1", "3");
const operator = fc.constantFrom("==", ">=", "<", "<=", "~=", "!=", ">");
const specifier = fc
  .array(fc.tuple(operator, version), { maxLength: 2 })
  .map((parts) => parts.map(([op, v]) => op + (op === "~=" ? `${v}.0` : v)).join(","));
const marker = fc.constantFrom(
  "",
  "",
  "",
  '; sys_platform == "win32"',
  '; python_version < "3"',
  '; sys_platform == "linux"',
);
const extras = fc.constantFrom("", "", "[a]", "[b,a]");
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(name, extras, specifier, marker).map((parts) => parts.join("")),
  },
  fc.constantFrom(
    "# a comment",
    "",
    "-c limits.txt",
    "--pre",
    "not a requirement!",
    "x @ https://example.org/x.zip",
    "-i https://one.example.org/",
  ),
);
const file = fc.array(line, { maxLength: 8 }).map((all) => `${all.join("\n")}\n`);
const requirement = fc.tuple(name, extras, specifier, marker).map((parts) => parts.join(""));
const list = fc.array(requirement, { maxLength: 4 }).map((all) => JSON.stringify(all));
const project = fc
  .tuple(list, list, list)
  .map(
    ([main, dev, build]) =>
      `[build-system]\nrequires = ${build}\n[project]\nname = "d"\nversion = "1"\ndependencies = ${main}\n[project.optional-dependencies]\ndev = ${dev}\n`,
  );
const limits = fc.array(
  fc.tuple(name, specifier).map((parts) => parts.join("")),
  { maxLength: 4 },
);

/** Files of several formats and roles, some of them each other's alternatives by their names. */
const monorepo = fc
  .record(
    {
      "requirements.txt": file,
      "a/requirements.txt": file,
      "b/requirements.txt": file,
      "c/d/requirements.txt": file,
      "c/requirements-cpu.txt": file,
      "c/requirements-gpu.txt": file,
      "d/pyproject.toml": project,
      "constraints.txt": limits.map((all) => `${all.join("\n")}\n`),
    },
    { requiredKeys: [] },
  )
  .map((files) => files as Record<string, string>);

/** Files that a plan removes: what limits others stays where it is. */
const inputs = fc.dictionary(
  fc.constantFrom(
    "requirements.txt",
    "a/requirements.txt",
    "b/requirements.txt",
    "c/d/requirements.txt",
  ),
  file,
  { minKeys: 1 },
);

/** Decides every conflict, by the choices that the conflicts offer, one after the other. */
function decided(
  files: Record<string, string>,
  pick: number,
  more: Partial<Input> = {},
): Consolidation {
  let result = merged(files, more);
  for (let round = 0; result.conflicts.length > 0; round++) {
    assert.ok(round < 10, "deciding comes to an end");
    const decisions = result.conflicts.reduce((taken: Decisions, conflict) => {
      assert.ok(conflict.choices.length > 0, conflict.sentence);
      return withChoice(taken, conflict, conflict.choices[pick % conflict.choices.length]!);
    }, result.decisions);
    result = merged(files, { ...more, decisions });
  }
  return result;
}

test("no declaration is ever missing from the ledger", () => {
  fc.assert(
    fc.property(monorepo, (files) => {
      const declared = sources(files).flatMap(({ reading }) => reading.declarations);
      const { ledger } = merged(files);
      const place = (one: { file: string; span: { line: number; column: number } }) =>
        `${one.file}:${one.span.line}:${one.span.column}`;
      assert.deepEqual(
        ledger.map(({ declaration }) => place(declaration)).sort(),
        declared.map(place).sort(),
      );
    }),
  );
});

test("deciding comes to an end, and consolidating twice changes no byte", () => {
  fc.assert(
    fc.property(monorepo, fc.nat(5), (files, pick) => {
      const first = decided(files, pick);
      const second = merged(files, { central: first.central, decisions: first.decisions });
      assert.equal(second.central, first.central);
      assert.equal(printDecisions(second.decisions), printDecisions(first.decisions));
      assert.deepEqual(second.conflicts, []);
    }),
  );
});

test("every declaration of a decided plan is satisfied, or named as changed", () => {
  fc.assert(
    fc.property(monorepo, fc.nat(5), (files, pick) => {
      const { central, ledger } = decided(files, pick);
      const reading = readRequirementsFile("build/python/requirements.txt", central);
      assert.deepEqual(reading.notUnderstood, []);
      for (const { declaration, fate, line: written, reason } of ledger) {
        if (fate !== "kept" && fate !== "merged") {
          const why: readonly string[] = ["inactive", "optional", "information", "constraint"];
          // A decision names what is had in its place, or that nothing is.
          assert.ok(fate === "decided" || fate === "left out" || why.includes(fate), fate);
          if (fate === "decided")
            assert.ok(reading.declarations.some(({ raw }) => raw === written));
          if (fate === "inactive" || fate === "optional") assert.ok(reason, declaration.raw);
          continue;
        }
        const stands = reading.declarations.find(({ raw }) => raw === written);
        assert.ok(stands, `${written} of ${declaration.raw}`);
        assert.ok(declaration.extras.every((extra) => stands.extras.includes(extra)));
        if (declaration.link !== null) assert.equal(stands.link, declaration.link);
        else
          assert.ok(
            isSubset(setOf(stands.specifier), setOf(declaration.specifier)),
            `${stands.raw} against ${declaration.raw}`,
          );
      }
    }),
  );
});

test("removing any of the sources changes no line of the central file, now or later", () => {
  fc.assert(
    fc.property(inputs, fc.nat(5), fc.nat(15), (files, pick, which) => {
      const now = decided(files, pick);
      // What contradicts itself stays a conflict, whoever holds it.
      const declared = sources(files).flatMap(({ reading }) => reading.declarations);
      fc.pre(declared.every((one) => !isEmpty(setOf(one.specifier))));
      const all = Object.entries(files);
      const gone = all.filter((_, i) => which & (1 << i));
      const left = Object.fromEntries(all.filter((_, i) => !(which & (1 << i))));
      const notes = sources(Object.fromEntries(gone)).map((one) => removalOf(one, now.merged));
      const decisions = { ...now.decisions, removed: notes };
      const first = merged(left, { central: now.central, decisions });
      assert.equal(first.central, now.central);
      assert.deepEqual(openConflicts(first), []);
      const second = merged(left, { central: first.central, decisions: first.decisions });
      assert.equal(second.central, now.central);
      assert.equal(printDecisions(second.decisions), printDecisions(first.decisions));
    }),
  );
});

test("every platform writes the same bytes once all is decided there", () => {
  fc.assert(
    fc.property(monorepo, fc.nat(5), (files, pick) => {
      const here = decided(files, pick);
      const there = decided(files, pick, { environment: WINDOWS, decisions: here.decisions });
      const back = merged(files, { decisions: there.decisions });
      assert.deepEqual(openConflicts(back), []);
      assert.equal(back.central, there.central);
      assert.equal(printDecisions(back.decisions), printDecisions(there.decisions));
    }),
  );
});

test("limits hold: no line allows what a constraint forbids, unless a decision says so", () => {
  fc.assert(
    fc.property(monorepo, fc.nat(5), (files, pick) => {
      const { merged: lines } = decided(files, pick);
      for (const { line, needs, decision } of lines) {
        if (!line || decision || line.requirement.includes("://")) continue;
        const [written] = readRequirementsFile("x.txt", line.requirement).declarations;
        for (const { specifier, limit, link } of needs) {
          if (!limit || link !== null) continue;
          assert.ok(isSubset(setOf(written!.specifier), specifier), line.requirement);
        }
      }
    }),
  );
});

function setOf(text: string): SpecifierSet {
  const set = parseSpecifierSet(text);
  assert.ok(!isFailure(set));
  return set;
}
