import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sharedPath } from "../../shared.ts";
import { type OracleEntry, ours, type Said, theirs } from "./pip-compare.ts";

const folder = sharedPath("vectors", "requirements-files");
const skip = folder === undefined ? "needs ../shared" : false;

const noSuchFolder =
  "pip asks whether the folder exists, a reader cannot; it did not where the oracle ran";
const extrasAsWritten =
  "pip lowers the extras of a name without a version only; a declaration has them as written";

/** Every line where we deliberately differ from pip, by the end of its file's path, and why. */
const differences: Readonly<Record<string, string>> = {
  "pip-own-requirements.txt:13": noSuchFolder,
  "requirement-parser-issues.txt:8": noSuchFolder,
  "requirement-parser-issues.txt:16": noSuchFolder,
  "uv/bare-url.txt:1": noSuchFolder,
  "uv/bare-url.txt:2": noSuchFolder,
  "uv/bare-url.txt:4": noSuchFolder,
  "uv/bare-url.txt:5": noSuchFolder,
  "uv/bare-url.txt:6": noSuchFolder,
  "uv/editable.txt:2": noSuchFolder,
  "uv/editable.txt:8": noSuchFolder,
  "uv/editable.txt:14": noSuchFolder,
  "uv/editable.txt:20": noSuchFolder,
  "uv/editable.txt:23": noSuchFolder,
  "mixed-requirements.txt:4": extrasAsWritten,
  "illustrative_requirements.txt:4": extrasAsWritten,
};

type Oracle = Readonly<
  Record<string, { readonly ok?: readonly OracleEntry[]; readonly error?: string }>
>;

function oracle(): Oracle {
  return JSON.parse(readFileSync(`${folder}/pip-oracle.json`, "utf8"));
}

function comparable(said: Said): string {
  return JSON.stringify(said.kind === "refused" ? { ...said, text: "" } : said);
}

test("every entry of every file is pip's, but for the differences listed", { skip }, (context) => {
  const unused = new Set(Object.keys(differences));
  let same = 0;
  for (const [file, { ok }] of Object.entries(oracle())) {
    if (ok === undefined) continue;
    const expected = ok.map(theirs);
    const actual = ours(`${folder}/${file}`);
    assert.equal(actual.length, expected.length, file);
    for (const [at, entry] of expected.entries()) {
      if (comparable(actual[at]!) === comparable(entry)) {
        same++;
        continue;
      }
      const key = Object.keys(differences).find((end) => `${file}:${entry.line}`.endsWith(end));
      assert.ok(
        key !== undefined,
        `${file}\n ours ${comparable(actual[at]!)}\n pip  ${comparable(entry)}`,
      );
      unused.delete(key);
    }
  }
  assert.deepEqual([...unused], []);
  assert.equal(same + Object.keys(differences).length, 3019);
  const files = Object.values(oracle()).filter(({ ok }) => ok !== undefined).length;
  context.diagnostic(`${same} entries of ${files} files alike; deliberate differences:`);
  for (const [end, reason] of Object.entries(differences)) {
    context.diagnostic(`  ${end} (${reason})`);
  }
});

test("a file that pip gives up is read all the same, and what stopped pip is named", {
  skip,
}, () => {
  let stopped = 0;
  for (const [file, { error }] of Object.entries(oracle())) {
    if (error === undefined) continue;
    stopped++;
    const missing = /Could not open requirements file: .*'([^']+)'?$/.exec(error)?.[1];
    const text = readFileSync(`${folder}/${file}`, "utf8");
    if (missing !== undefined) {
      // The oracle cuts the path at 200 characters.
      assert.throws(() => ours(`${folder}/${file}`), { code: "ENOENT" }, file);
      continue;
    }
    const refused = ours(`${folder}/${file}`, false, [], true).filter(
      (said) => said.kind === "refused",
    );
    const quoted = /Invalid requirement: (\S+)/.exec(error)![1]!;
    const lines = text.split("\n");
    assert.ok(
      refused.some((said) => lines[said.line - 1]!.includes(quoted)),
      `${file}: ${error}`,
    );
  }
  assert.equal(stopped, 13);
});
