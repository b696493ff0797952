import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { test } from "node:test";
import { readArguments } from "../../src/cli/arguments.ts";
import { runConsolidate } from "../../src/cli/consolidate.ts";
import { outputTo } from "../../src/cli/output.ts";
import { readHands } from "../../src/environment/ground.ts";
import { repository } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));

interface Conflict {
  readonly name: string;
  readonly kind: string;
  readonly sentence: string;
  readonly declarations: readonly { file: string; line: number; clashes: boolean }[];
  readonly choices: readonly { title: string; requirement: string | null }[];
}

/** `conflicts` of `consolidate --json`, and the exit code. */
async function conflicts(root: string, ...words: string[]) {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const args = readArguments(["consolidate", root, "--json", ...words]);
  assert.ok(typeof args === "object");
  const code = await runConsolidate(root, args, hands, outputTo(stream));
  assert.ok(!written.join("").includes("hunter2"));
  return { code, conflicts: JSON.parse(written.join("")).conflicts as Conflict[] };
}

/** What a conflict says: kind, name, sentence, places that clash, and where each choice leads. */
function told({ kind, name, sentence, declarations, choices }: Conflict) {
  return {
    ...{ kind, name, sentence },
    places: declarations.filter((one) => one.clashes).map(({ file, line }) => `${file}:${line}`),
    choices: choices.map(({ title, requirement }) => `${title} → ${requirement}`),
  };
}

const project = (name: string, python: string) =>
  `[project]\nname = "${name}"\nversion = "1"\nrequires-python = "${python}"\ndependencies = ["six"]\n`;
const A = "a/requirements.txt";
const B = "b/requirements.txt";

const TABLE: {
  readonly what: string;
  readonly files: Record<string, string>;
  readonly says: ReturnType<typeof told>;
  readonly code?: number;
}[] = [
  {
    what: "versions with nothing in common",
    files: { [A]: "\nnumpy<2\n", [B]: "numpy>=2\n" },
    says: {
      ...{ kind: "specifiers", name: "numpy", places: [`${A}:2`, `${B}:1`] },
      sentence: `${A}:2 needs numpy below 2, ${B}:1 needs numpy 2 or newer`,
      choices: [
        `Keep <2 (${A}:2) → numpy<2`,
        `Keep >=2 (${B}:1) → numpy>=2`,
        "Highest → numpy>=2",
        "Lowest → numpy<2",
      ],
    },
  },
  {
    what: "a URL against a version",
    files: { [A]: "x @ https://example.org/x-1.zip\n", [B]: "x==1.0\n" },
    says: {
      ...{ kind: "url", name: "x", places: [`${A}:1`, `${B}:1`] },
      sentence: `${A}:1 needs x from https://example.org/x-1.zip, ${B}:1 needs x exactly 1.0`,
      choices: [
        `Keep https://example.org/x-1.zip (${A}:1) → x @ https://example.org/x-1.zip`,
        `Keep ==1.0 (${B}:1) → x==1.0`,
      ],
    },
  },
  {
    what: "a URL against another",
    files: { [A]: "x @ git+https://example.org/x@v1\n", [B]: "x @ git+https://example.org/x@v2\n" },
    says: {
      ...{ kind: "url", name: "x", places: [`${A}:1`, `${B}:1`] },
      sentence: `${A}:1 needs x from git+https://example.org/x@v1, ${B}:1 needs x from git+https://example.org/x@v2`,
      choices: [
        `Keep git+https://example.org/x@v1 (${A}:1) → x @ git+https://example.org/x@v1`,
        `Keep git+https://example.org/x@v2 (${B}:1) → x @ git+https://example.org/x@v2`,
      ],
    },
  },
  {
    what: "files that stand in for one another",
    files: { "a/requirements-max.txt": "x==2\n", "a/requirements-min.txt": "x==1\n" },
    says: {
      ...{ kind: "alternatives", name: "x" },
      places: ["a/requirements-max.txt:1", "a/requirements-min.txt:1"],
      sentence:
        "a/requirements-max.txt and a/requirements-min.txt are alternatives, and one venv can hold one of them: a/requirements-max.txt:1 needs x exactly 2, a/requirements-min.txt:1 needs x exactly 1",
      choices: [
        "Keep a/requirements-max.txt, leave a/requirements-min.txt out → null",
        "Keep a/requirements-min.txt, leave a/requirements-max.txt out → null",
      ],
    },
  },
  {
    what: "the same on another platform only, which stops nothing",
    files: { [A]: "x>=2\n", [B]: `x<2; sys_platform == "nowhere"\n` },
    code: 0,
    says: {
      ...{ kind: "latent", name: "x", places: [`${A}:1`, `${B}:1`] },
      sentence: `${A}:1 needs x 2 or newer, ${B}:1 needs x below 2`,
      choices: [
        `Keep >=2 (${A}:1) → x>=2`,
        `Keep <2 (${B}:1) → x<2`,
        "Highest → x>=2",
        "Lowest → x<2",
      ],
    },
  },
  {
    what: "two index addresses",
    files: {
      [A]: "-i https://one.example.org/simple\nx\n",
      [B]: "--index-url https://two.example.org/simple\ny\n",
    },
    says: {
      ...{ kind: "index", name: "--index-url", places: [`${A}:1`, `${B}:1`] },
      sentence: `2 different indexes, and one venv can have one: ${A}:1 takes https://one.example.org/simple, ${B}:1 takes https://two.example.org/simple`,
      choices: [
        "Keep https://one.example.org/simple → --index-url https://one.example.org/simple",
        "Keep https://two.example.org/simple → --index-url https://two.example.org/simple",
        "The usual index → null",
      ],
    },
  },
  {
    what: "an extra index that exposes other packages",
    files: { [A]: "--extra-index-url https://ours.example.org/simple\nx\n", [B]: "y\n" },
    says: {
      ...{ kind: "extra-index", name: "--extra-index-url https://ours.example.org/simple" },
      places: [`${A}:1`],
      sentence: `${A}:1 adds the index https://ours.example.org/simple; taken for all, it is asked for y too, and may answer with something else`,
      choices: [
        "Keep https://ours.example.org/simple → --extra-index-url https://ours.example.org/simple",
        "Leave this index out → null",
      ],
    },
  },
  {
    what: "a literal password in a requirement's address",
    files: { [A]: "six\nx @ https://me:hunter2@example.org/x.zip\n", [B]: "y\n" },
    says: {
      ...{ kind: "secret", name: "x", places: [`${A}:2`] },
      sentence: `${A}:2 holds a password; write a variable such as ${"$"}{TOKEN} in its place`,
      choices: [],
    },
  },
  {
    what: "Pythons with nothing in common",
    files: { "a/pyproject.toml": project("a", "<3.9"), "b/pyproject.toml": project("b", ">=3.10") },
    says: {
      ...{ kind: "python", name: "python" },
      places: ["a/pyproject.toml:4", "b/pyproject.toml:4"],
      sentence:
        "a/pyproject.toml:4 needs Python below 3.9, b/pyproject.toml:4 needs Python 3.10 or newer",
      choices: ["Go on with Python PYTHON all the same → null"],
    },
  },
];

for (const { what, files, says, code = 1 } of TABLE) {
  test(what, async (context) => {
    const root = repository(context, files);
    const found = await conflicts(root);
    const [first, ...others] = found.conflicts;
    assert.ok(first);
    assert.deepEqual(others, []);
    const plain = JSON.stringify(told(first)).replace(
      /Python 3\.\d+\.\d+ all/,
      "Python PYTHON all",
    );
    assert.deepEqual(JSON.parse(plain), { ...says, places: says.places });
    assert.equal(found.code, code);
  });
}

test("a source that is gone without a plan: its line is asked about", async (context) => {
  const root = repository(context, { [A]: "x==1\n", [B]: "y==1\n" });
  await conflicts(root, "--write");
  rmSync(join(root, "a"), { recursive: true });
  const { conflicts: found, code } = await conflicts(root);
  assert.deepEqual(found.map(told), [
    {
      ...{ kind: "vanished", name: "x", places: [] },
      sentence: "a needed x==1 and declares nothing any more",
      choices: ["Keep the line as my own → x==1", "Drop the line → null"],
    },
  ]);
  assert.equal(code, 1);
});
