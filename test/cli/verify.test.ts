import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { execa } from "execa";
import { runVerify } from "../../src/cli/verify.ts";
import { readHands } from "../../src/environment/ground.ts";
import { git, write } from "../monorepo/tree.ts";
import { scratch } from "../scratch.ts";

const source = join(import.meta.dirname, "..", "..", "src", "python");
const docs = readFileSync(join(source, "..", "..", "docs", "cli.md"), "utf8");
const hands = await readHands(source);
const folder = mkdtempSync(join(scratch(), "repository "));
const main = (imports: string) => `${imports}\nif __name__ == "__main__":\n    print("hello")\n`;

before(async () => {
  write(folder, {
    "build/python/requirements.txt": "",
    "a/main.py": main("import yaml\nimport helper"),
    "a/helper.py": "import cv2\n",
    "b/main.py": main("import pip"),
    "c/main.py": main("try:\n    import ujson\nexcept ImportError:\n    ujson = None"),
    Makefile: "run:\n\tc/.venv/bin/python c/main.py\n",
  });
  git(folder, "init", "--quiet");
  for (const name of ["setup.py", "run.py"])
    cpSync(join(source, name), join(folder, "build/python", name));
  await execa("python3", [join(folder, "build/python/setup.py")]);
  await execa("python3", ["-m", "venv", "--without-pip", join(folder, "c/.venv")]);
});

const nothing: Parameters<typeof runVerify>[1] = {
  folder,
  json: false,
  scripts: [],
  run: false,
  old: null,
  notes: false,
};

/** The exit code, and what was printed: lines, or the JSON. */
async function verified(args: Partial<typeof nothing>) {
  const lines: string[] = [];
  let json: Record<string, unknown> = {};
  const output = {
    print: (text = "") => lines.push(text),
    json: (value: object) => {
      json = JSON.parse(JSON.stringify(value));
    },
  };
  const code = await runVerify(folder, { ...nothing, ...args }, hands, output);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
  return { code, text: lines.join("\n").replaceAll(/\x1b\[\d+m/g, ""), json };
}

test("every script is judged: file, line, what would provide it, and who needs it", async () => {
  const { code, text } = await verified({});
  assert.equal(code, 1);
  assert.match(text, /^a\/main\.py:1:1: yaml is not in the central venv; PyYAML provides it/m);
  assert.match(text, /^a\/helper\.py:1:1: cv2 .* opencv-python .*\n {2}needed by a\/main\.py$/m);
  assert.match(text, /^b\/main\.py:1: pip is imported, but not declared: every new venv holds it/m);
  assert.match(text, /3 scripts judged with Python 3\.\d+\.\d+: 1 would fail, for 2 reasons\./);
  assert.match(text, /1 import may be missing; --notes lists them/);
  assert.doesNotMatch(text, /ujson/);
});

test("notes when they are asked for, and only the scripts that are named", async () => {
  const { code, text } = await verified({ scripts: ["c/main.py"], notes: true });
  assert.equal(code, 0);
  assert.match(text, /c\/main\.py:2:5: ujson/);
  assert.match(text, /1 script judged with Python .*: it finds what it imports\./);
});

test("scripts run only where they are named, with the Python of the line that runs them", async () => {
  await assert.rejects(verified({ run: true }), /--run runs scripts, so name them/);
  const { code, text } = await verified({ run: true, scripts: ["c/main.py"] });
  assert.equal(code, 0, text);
  assert.match(text, /This script runs now, twice, with --help: c\/main\.py/);
  assert.match(text, /old: .*c\/\.venv\/bin\/python main\.py --help \(Makefile:2 names it\)/);
  assert.match(text, /the same output, exit code 0/);
});

test("a difference is said, with both outputs", async () => {
  const { code, text } = await verified({ run: true, old: "/nowhere", scripts: ["c/main.py"] });
  assert.equal(code, 1);
  assert.match(text, /old: did not end by itself\n {4}\/nowhere cannot be started/);
  assert.match(text, /new: exit code 0\n {4}hello/);
});

test("what lies outside, or is not there, is said", async () => {
  await assert.rejects(verified({ scripts: ["../x.py"] }), /no script in/);
  await assert.rejects(verified({ scripts: ["x.py"] }), /x\.py/);
});

test("each key of the JSON is documented, and no other", async () => {
  const { json } = await verified({ json: true, run: true, scripts: ["a/main.py", "c/main.py"] });
  const all = await verified({ json: true });
  assert.equal(all.json.runs, null);
  delete all.json.runs;
  const rows = docs.split(/^###? /m).filter((part) => /^(setup\.py )?verify\n/.test(part));
  assert.equal(rows.length, 2);
  const documented = rows.flatMap((part) =>
    [...part.matchAll(/^\| `([^`-][^`]*)` \|/gm)].map(([, key]) => key!),
  );
  // Told elsewhere (the reasons of `check`) or in one row (where an import stands).
  const told = /^(schema$|venv\[\]\.|accidental\[\]\.uses\[\]\.)/;
  const found = new Set([...pathsOf(json), ...pathsOf(all.json)].filter((key) => !told.test(key)));
  const optional = documented.filter((key) => /provides\[\]\.where|folders\[\]/.test(key));
  const absent = documented.filter((key) => !found.has(key) && !optional.includes(key));
  assert.deepEqual(absent, []);
  assert.deepEqual(
    [...found].filter((key) => !documented.includes(key)),
    [],
  );
});

/** Every key as the tables name it; a list counts by its name with `[]`. */
function pathsOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value))
    return [`${path}[]`, ...value.flatMap((one) => pathsOf(one, `${path}[]`))];
  if (typeof value !== "object" || value === null) return path.endsWith("[]") ? [] : [path];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    pathsOf(one, path === "" ? key : `${path}.${key}`),
  );
  return path === "" || path.endsWith("[]") ? inside : [path, ...inside];
}
