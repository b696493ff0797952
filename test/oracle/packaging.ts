/** Our reading of random versions, specifiers, markers and requirements beside packaging's. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Result } from "../../scripts/tally.ts";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseMarker, printMarker } from "../../src/requirements/marker.ts";
import { evaluateMarker } from "../../src/requirements/marker-evaluate.ts";
import { printReduced } from "../../src/requirements/reduce.ts";
import { parseRequirement } from "../../src/requirements/requirement.ts";
import { parseSpecifierSet, printSpecifierSet } from "../../src/requirements/specifier.ts";
import {
  contains,
  filterVersions,
  isEmpty,
  onlyPrereleases,
} from "../../src/requirements/specifier-set.ts";
import { compareVersions, parseVersion, printVersion } from "../../src/requirements/version.ts";
import {
  damaged,
  environment,
  markerText,
  neighbours,
  requirementText,
  specifierSetText,
  versionText,
} from "../requirements/arbitraries.ts";
import { sharedPath } from "../shared.ts";
import { ask, type Oracle } from "./python.ts";

const DRAWS = 4000;

type Question = readonly [kind: string, ...rest: unknown[]];

/** Draws questions of every kind, asks packaging all of them at once, and tells where it disagrees. */
export async function comparePackaging({
  python,
  seed,
}: Oracle): Promise<{ name: string; results: Result[] }[]> {
  const kinds = Object.entries(draws).map(([name, questions]) => ({
    name: `packaging: ${name}`,
    questions: fc.sample(questions, { seed, numRuns: DRAWS }),
  }));
  kinds.push({ name: "packaging: the vectors' specifier sets", questions: vectors() });
  const questions = kinds.flatMap((kind) => kind.questions);
  const [about, ...answers] = (await ask(python, "ask_packaging.py", [
    ["packaging"],
    ...questions,
  ])) as unknown[];
  console.log(`  ${about}`);
  let next = 0;
  return kinds.map(({ name, questions }) => ({
    name,
    results: questions.map((question) => judge(question, answers[next++])),
  }));
}

/** The fuzz rows of ../shared, so that a newer packaging that judges one otherwise is seen. */
function vectors(): Question[] {
  const path = sharedPath("vectors", "specifier-sets-fuzz.json");
  if (path === undefined) return [];
  const rows: [text: string, empty: boolean, version: string][] = JSON.parse(
    readFileSync(path, "utf8"),
  );
  return rows.map(([text, , version]) => ["set", text, [version]]);
}

/** A set of specifiers with versions to try, most of them next to those it names. */
const setWithVersions = fc
  .tuple(specifierSetText, fc.array(versionText, { minLength: 2, maxLength: 4 }), fc.nat())
  .map(([text, versions, step]) => {
    const near = neighbours(text);
    const some = near.filter((_, i) => (i + step) % Math.ceil(near.length / 12) === 0);
    return { text, versions: [...versions, ...some] };
  });

const draws: Record<string, fc.Arbitrary<Question>> = {
  versions: question("version", fc.oneof(versionText, damaged(versionText))),
  order: question("compare", versionText, versionText),
  "specifier sets": setWithVersions.map(({ text, versions }) => ["set", text, versions] as const),
  "damaged specifier sets": question("set", damaged(specifierSetText), fc.array(versionText)),
  "reduced sets": setWithVersions.map(({ text, versions }) => {
    const set = parseSpecifierSet(text);
    return ["same", text, isFailure(set) ? text : printReduced(set), versions] as const;
  }),
  markers: question("marker", markerText, environment),
  "damaged markers": question("marker", damaged(markerText), environment),
  requirements: question("requirement", requirementText),
  "damaged requirements": question("requirement", damaged(requirementText)),
};

function question(kind: string, ...rest: fc.Arbitrary<unknown>[]): fc.Arbitrary<Question> {
  return fc.tuple(...rest).map((drawn) => [kind, ...drawn] as const);
}

function judge(question: Question, theirs: unknown): Result {
  const ours = answer(question, theirs);
  const name = JSON.stringify(question);
  if (isDeepStrictEqual(ours, theirs)) return { name, outcome: "passed" };
  const reason = `ours:   ${JSON.stringify(ours)}\ntheirs: ${JSON.stringify(theirs)}`;
  return { name, outcome: "failed", reason };
}

/** Our answer in the form of packaging's; what packaging cannot answer is taken over from it. */
function answer([kind, ...rest]: Question, theirs: unknown): unknown {
  const text = rest[0] as string;
  switch (kind) {
    case "version": {
      const version = parseVersion(text);
      return version && printVersion(version);
    }
    case "compare":
      return Math.sign(compareVersions(parseVersion(text)!, parseVersion(rest[1] as string)!));
    case "set":
      return describeSet(text, rest[1] as string[]);
    case "marker":
      return describeMarker(text, rest[1] as Record<string, string>, theirs);
    case "requirement":
      return describeRequirement(text, theirs);
    default:
      return true;
  }
}

function describeSet(text: string, versions: readonly string[]): unknown {
  const set = parseSpecifierSet(text);
  if (isFailure(set)) return null;
  return {
    printed: printSpecifierSet(set),
    empty: isEmpty(set),
    onlyPrereleases: onlyPrereleases(set),
    allowed: versions.filter((one) => contains(set, one)),
    finals: versions.filter((one) => contains(set, one, { prereleases: false })),
    chosen: filterVersions(set, versions),
  };
}

function describeMarker(
  text: string,
  environment: Record<string, string>,
  theirs: unknown,
): unknown {
  const marker = parseMarker(text);
  if (isFailure(marker)) return null;
  const { printed, holds } = (theirs ?? {}) as { printed?: unknown; holds?: unknown };
  return {
    // packaging prints some markers in a way that it reads as another one; we do not.
    printed: printed === null ? null : printMarker(marker),
    // It gives up at the first comparison without meaning, also where the rest decides.
    holds: holds === "unknown" ? "unknown" : evaluateMarker(marker, environment),
  };
}

function describeRequirement(text: string, theirs: unknown): unknown {
  const read = parseRequirement(text);
  if (isFailure(read)) return null;
  const { marker } = (theirs ?? {}) as { marker?: unknown };
  return {
    name: read.name,
    extras: read.extras,
    specifier: printSpecifierSet(read.specifier),
    url: read.url,
    marker: marker === null || read.marker === null ? null : printMarker(read.marker),
  };
}
