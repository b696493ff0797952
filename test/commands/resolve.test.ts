import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ask } from "../../src/commands/resolve.ts";
import { resolvePlan } from "../../src/commands/resolve.ts";
import { suggestFixes, suggestForAll } from "../../src/commands/suggest.ts";
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
  pytest: { "7.4.4": [], "8.3": [] },
  old: { "1.0": [] },
  bench: { "1.0": ["requests<2", "pytest>=8"], "0.9": [] },
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

test("a line that clashes with several is one finding, and loosening it alone mends all", async () => {
  const plan = merged({
    "a/requirements.txt": "bench==1.0\n",
    "b/requirements.txt": "requests==2.32.5\npytest==7.4.4\n",
  });
  const ask = standIn(INDEX);
  const { findings } = await resolvePlan(plan, ask);
  assert.deepEqual(
    findings.map(({ lines }) => lines.map(({ name }) => name)),
    [["bench", "pytest", "requests"]],
  );
  const suggestions = await suggestFixes(plan, findings[0]!, { ...OPTIONS, ask });
  assert.deepEqual(
    suggestions.map(({ decisions }) => decisions.map(({ requirement }) => requirement)),
    [["bench>=0.9,<=1.0"]],
  );
});

test("what cannot be fetched is named unknown, once for all of a host, and the rest is resolved", async () => {
  const plan = merged({
    "a/requirements.txt": "x @ git+https://host.example.org/x/x.git@v1\ncore\n",
    "b/requirements.txt": "https://host.example.org/y/archive/y.zip\n",
    "c/requirements.txt": "z @ https://other.example.org/z-1.zip\n",
  });
  const ask: Ask = async (requirements) => {
    const base = { tool: "uv 1", names: [], pins: [] };
    const text = (address: string, why: string) =>
      `error: Git operation failed\n  fatal: unable to access '${address}': ${why}`;
    if (requirements.includes("host.example.org")) {
      const why = "Could not resolve host: host.example.org";
      return { ...base, outcome: "unknown", text: text("https://host.example.org/x/x.git/", why) };
    }
    if (requirements.includes("z @")) {
      const why = "HTTP status client error (404 Not Found)";
      return { ...base, outcome: "unknown", text: text("https://other.example.org/z-1.zip", why) };
    }
    return { ...base, outcome: "ok", text: "", pins: [{ name: "core", version: "4.0.0" }] };
  };
  const { findings, pins } = await resolvePlan(plan, ask);
  assert.deepEqual(
    findings.map(({ conflict }) => [
      conflict.kind,
      conflict.claims.map(({ file, span }) => `${file}:${span.line}`),
    ]),
    [
      ["unknown", ["a/requirements.txt:1", "b/requirements.txt:1"]],
      ["unknown", ["c/requirements.txt:1"]],
    ],
  );
  assert.equal(
    findings[1]!.conflict.sentence,
    "c/requirements.txt:1 asks for https://other.example.org/z-1.zip, which could not be fetched (HTTP status client error (404 Not Found)); what it needs in turn is unknown",
  );
  assert.deepEqual(pins, [{ name: "core", version: "4.0.0" }], "the rest");
  const fixes = await suggestFixes(plan, findings[0]!, { ...OPTIONS, ask });
  assert.deepEqual(fixes, [], "no other version of it would help");
});

test("pins without wheels for the base Python: who, where, which Pythons; one Python mends all", async () => {
  const plan = merged({
    "a/requirements.txt": "torch==2.1.0\n",
    "b/requirements.txt": "torch>=2\ntorchaudio==2.1.0\n",
  });
  const bases: (string | undefined)[] = [];
  const ask: Ask = async (requirements, { base } = {}) => {
    bases.push(base);
    const none = { tool: "uv 1", python: "3.12", names: [], pins: [], text: "" };
    const name = ["torch", "torchaudio"].find((one) => requirements.includes(`${one}==2.1.0`));
    if (base === "/python3.11" || name === undefined) return { ...none, outcome: "ok" };
    const text = `error: No solution found\n  cause: Because ${name}==2.1.0 has no wheels with a matching Python ABI tag (e.g., \`cp312\`) and you require ${name}==2.1.0, we can conclude that your requirements are unsatisfiable.\n\nhint: we only found wheels for \`${name}\` (v2.1.0) with the following Python ABI tags: \`cp310\`, \`cp311\``;
    return { ...none, outcome: "unsatisfiable", text, names: [name] };
  };
  const { findings } = await resolvePlan(plan, ask);
  assert.deepEqual(
    findings.map(({ conflict }) => [conflict.kind, conflict.sentence]),
    [
      [
        "python",
        "a/requirements.txt:1 needs torch exactly 2.1.0, which has wheels for Python 3.10, 3.11 only; the base Python is 3.12",
      ],
      [
        "python",
        "b/requirements.txt:2 needs torchaudio exactly 2.1.0, which has wheels for Python 3.10, 3.11 only; the base Python is 3.12",
      ],
    ],
  );
  bases.length = 0;
  const pythons = ["3.13.0", "3.11.7"].map((version) => ({
    version,
    path: `/python${version.slice(0, 4)}`,
  }));
  const mended = await suggestForAll(plan, findings, { ...OPTIONS, ask, pythons }, () => undefined);
  assert.deepEqual(
    mended.map(({ suggestions }) => suggestions.map(({ python, title }) => [python, title])),
    Array(2).fill([["3.11", "take Python 3.11 as the base Python: uv 1 then resolves everything"]]),
  );
  assert.deepEqual(bases, ["/python3.11"], "the likely one first, and nothing is asked twice");
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
