import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ask } from "../../src/commands/resolve.ts";
import { resolvePlan } from "../../src/commands/resolve.ts";
import { suggestFixes } from "../../src/commands/suggest.ts";
import type { ResolveAnswer } from "../../src/environment/setup-resolve.ts";
import { isFailure } from "../../src/requirements/failure.ts";
import { parseRequirement } from "../../src/requirements/requirement.ts";
import { contains } from "../../src/requirements/specifier-set.ts";
import { merged } from "../consolidation/monorepo.ts";

/** Which versions there are, and what each needs. */
type Index = Record<string, Record<string, string[]>>;

/**
 * A stand-in for the resolver, in tests of what is asked and made of the answers: it takes the
 * newest version that fits and goes back where what that needs does not.
 */
function standIn(index: Index, more: { builds?: string; asked?: string[] } = {}): Ask {
  return async (requirements, change = {}): Promise<ResolveAnswer> => {
    more.asked?.push(requirements);
    const wanted = requirements
      .split("\n")
      .map((line) => line.replace(/\s*#.*/, ""))
      .filter(Boolean);
    const base = { tool: "stand-in 1", text: "", names: [], pins: [] };
    if (
      more.builds &&
      wanted.some((line) => line.startsWith(more.builds!)) &&
      change.buildConstraint !== "setuptools<80"
    ) {
      return {
        ...base,
        outcome: "unknown",
        text: `Failed to build \`${more.builds}\``,
        names: [more.builds],
      };
    }
    const pins = solve(wanted, index, new Map());
    if (pins)
      return {
        ...base,
        outcome: "ok",
        pins: [...pins].map(([name, version]) => ({ name, version })),
      };
    const pairs = wanted.flatMap((one, i) => wanted.slice(i + 1).map((two) => [one, two]));
    const clash = pairs.find((pair) => solve(pair, index, new Map()) === null) ?? wanted;
    const names = clash.map((line) => line.replace(/[^\w-].*/, ""));
    return { ...base, outcome: "unsatisfiable", text: "Because it clashes", names };
  };
}

function solve(
  wanted: string[],
  index: Index,
  taken: Map<string, string>,
): Map<string, string> | null {
  const [first, ...rest] = wanted;
  if (first === undefined) return taken;
  const requirement = parseRequirement(first);
  assert.ok(!isFailure(requirement), first);
  const { name, specifier } = requirement;
  const versions = taken.has(name) ? [taken.get(name)!] : Object.keys(index[name] ?? {}).reverse();
  for (const version of versions.filter((one) => contains(specifier, one))) {
    const found = solve(
      [...rest, ...(taken.has(name) ? [] : index[name]![version]!)],
      index,
      new Map(taken).set(name, version),
    );
    if (found) return found;
  }
  return null;
}

const INDEX: Index = {
  plugins: { "0.3.5": ["core<3"], "0.4.0": ["core<4"], "0.5.0": ["core<5"], "1.0.0": ["core>=4"] },
  core: { "2.2.0": [], "3.0.0": [], "4.0.0": [] },
  locust: { "2.39.1": ["requests>=2"], "2.42.6": ["requests<2"] },
  requests: { "1.9": [], "2.32.5": [] },
  old: { "1.0": [] },
};
const OPTIONS = { pythons: [], signal: new AbortController().signal, onProgress: () => undefined };

test("what the resolver takes is told, with every version", async () => {
  const plan = merged({ "a/requirements.txt": "core==3.0.0\n" });
  const { findings, pins } = await resolvePlan(plan, standIn(INDEX));
  assert.deepEqual(findings, []);
  assert.deepEqual(pins, [{ name: "core", version: "3.0.0" }]);
});

test("all findings are told at once, each with the declarations behind it", async () => {
  const plan = merged({
    "a/requirements.txt": "plugins==0.3.5\nlocust==2.42.6\n",
    "b/requirements.txt": "core==3.0.0\nrequests==2.32.5\n",
  });
  const { findings } = await resolvePlan(plan, standIn(INDEX));
  const places = findings.map(({ conflict }) =>
    conflict.claims.map(({ file, span }) => `${file}:${span.line}`),
  );
  assert.equal(findings.length, 2, "where a resolver stops at the first");
  assert.deepEqual(places.flat().sort(), [
    "a/requirements.txt:1",
    "a/requirements.txt:2",
    "b/requirements.txt:1",
    "b/requirements.txt:2",
  ]);
});

test("the smallest loosening that resolves is proved and comes first", async () => {
  const plan = merged({
    "a/requirements.txt": "plugins==0.3.5\n",
    "b/requirements.txt": "core==3.0.0\n",
    "c/requirements.txt": "core>=3\n",
  });
  const ask = standIn(INDEX);
  const { findings } = await resolvePlan(plan, ask);
  const [best, second] = await suggestFixes(plan, findings[0]!, { ...OPTIONS, ask });
  assert.equal(
    best?.title,
    "loosen a/requirements.txt:1 from ==0.3.5 to >=0.3.5,<1: resolves with plugins 0.5.0",
  );
  assert.deepEqual(
    best?.decisions.map(({ requirement }) => requirement),
    ["plugins>=0.3.5,<1"],
  );
  assert.deepEqual(
    best?.changes.map(({ claim, gets }) => [claim.project, claim.wants, gets]),
    [["a", "==0.3.5", "0.5.0"]],
  );
  assert.equal(second?.loosened, 2, "core would take two declarations");
  const after = merged(
    {
      "a/requirements.txt": "plugins==0.3.5\n",
      "b/requirements.txt": "core==3.0.0\n",
      "c/requirements.txt": "core>=3\n",
    },
    { decisions: { ...plan.decisions, decisions: best!.decisions } },
  );
  assert.deepEqual((await resolvePlan(after, ask)).findings, []);
});

test("an older version is asked for no further down than needed", async () => {
  const plan = merged({
    "a/requirements.txt": "locust==2.42.6\n",
    "b/requirements.txt": "requests==2.32.5\n",
  });
  const ask = standIn(INDEX);
  const { findings } = await resolvePlan(plan, ask);
  const suggestions = await suggestFixes(plan, findings[0]!, { ...OPTIONS, ask });
  assert.ok(
    suggestions.some(({ decisions }) => decisions[0]?.requirement === "locust>=2.39.1,<=2.42.6"),
  );
});

test("a build that fails gets the mildest build constraint that is proved to mend it", async () => {
  const plan = merged({ "a/requirements.txt": "old==1.0\n" });
  const ask = standIn(INDEX, { builds: "old" });
  const { findings } = await resolvePlan(plan, ask);
  assert.equal(findings[0]?.conflict.kind, "build");
  const [fix] = await suggestFixes(plan, findings[0]!, { ...OPTIONS, ask });
  assert.equal(fix?.buildConstraint, "setuptools<80");
});

test("words that name no line of ours are a finding all the same", async () => {
  const plan = merged({ "a/requirements.txt": "core\n" });
  const { findings } = await resolvePlan(plan, async () => ({
    ...{ outcome: "unknown", tool: "stand-in 1", text: "error: no network", names: [], pins: [] },
  }));
  assert.equal(findings.length, 1);
  assert.equal(findings[0]?.words.text, "error: no network");
});

test("time that is up leaves the best answers so far", async () => {
  const plan = merged({
    "a/requirements.txt": "plugins==0.3.5\n",
    "b/requirements.txt": "core==3.0.0\n",
  });
  const ask = standIn(INDEX);
  const { findings } = await resolvePlan(plan, ask);
  const late = new AbortController();
  let asked = 0;
  const slow: Ask = async (requirements) => {
    asked += 1;
    if (asked > 8) late.abort(new Error("time is up"));
    late.signal.throwIfAborted();
    return ask(requirements);
  };
  const found = await suggestFixes(plan, findings[0]!, {
    ...OPTIONS,
    signal: late.signal,
    ask: slow,
  });
  assert.equal(found.length, 1);
});
