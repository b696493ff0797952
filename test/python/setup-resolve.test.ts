import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { before, describe, test } from "node:test";
import { type Central, central, type Installer } from "./central.ts";
import { pythons } from "./pythons.ts";
import { run, scratch } from "./repository.ts";
import { NO_UV, uvFolder } from "./uv.ts";

const uv = await uvFolder();
const python = (await pythons()).at(-1)!;

interface Answer {
  outcome: string;
  text: string;
  names: string[];
  tool: string;
  python: string;
  pins: { name: string; version: string }[];
}

for (const installer of ["pip", "uv"] as Installer[]) {
  const skip = installer === "uv" && uv === undefined ? NO_UV : false;
  describe(`setup.py resolve, by ${installer}`, { skip }, () => {
    let it: Central;
    before(() => {
      it = central(python, installer, uv);
    });
    const ask = async (question?: Record<string, string>, more: string[] = []) => {
      const words = it.words("resolve", "--json", "--installer", installer, ...more);
      if (question) words.push("--stdin");
      const input = JSON.stringify(question ?? "");
      const outcome = await run(words, { cwd: it.root, env: it.env, input });
      const answer: Answer = JSON.parse(outcome.stdout);
      return {
        code: outcome.code,
        ...answer,
        pins: answer.pins.map((pin) => `${pin.name}==${pin.version}`).sort(),
      };
    };

    test("the central file: what it leads to", async () => {
      it.require("pear", "apple<2");
      const answer = await ask();
      assert.deepEqual([answer.code, answer.outcome, answer.text], [0, "ok", ""]);
      assert.deepEqual(answer.pins, ["apple==1.0", "pear==1.0", "seed-of-pear==1.5"]);
      assert.match(answer.tool, new RegExp(`^${installer} \\d`));
      assert.equal(answer.python, python.version.join("."));
    });

    test("a question on stdin, in a folder that has no central venv: nothing is written there", async () => {
      const root = scratch();
      const requirements = "pear\napple\n";
      const where = ["--root", root];
      const limited = await ask({ requirements, constraints: "seed-of-pear<1.5\n" }, where);
      assert.deepEqual(limited.pins, ["apple==2.0", "pear==1.0", "seed-of-pear==1.0"]);
      const preferred = await ask(
        { requirements, preferred: "apple==1.0\nseed-of-pear==0.1\n" },
        where,
      );
      assert.deepEqual(preferred.pins, ["apple==1.0", "pear==1.0", "seed-of-pear==1.5"]);
      assert.deepEqual(readdirSync(root), []);
    });

    test("unsatisfiable where the tool is sure, with its words and the names they hold", async () => {
      const answer = await ask({ requirements: "seed-of-pear\napple>=2\nplum\n" });
      assert.deepEqual([answer.code, answer.outcome], [1, "unsatisfiable"]);
      assert.deepEqual(answer.names, ["apple", "plum"]);
      assert.match(answer.text, /plum.* depends? on apple/s);
      assert.deepEqual(answer.pins, []);
    });

    test("unknown where it cannot know: a package that is nowhere, no network", async () => {
      const answer = await ask({ requirements: "apple\nnowhere-near>=1\n" });
      assert.deepEqual(
        [answer.code, answer.outcome, answer.names],
        [2, "unknown", ["nowhere-near"]],
      );
      it.env.PIP_INDEX_URL = "http://user:s3cret@127.0.0.1:9/simple";
      it.env.PIP_RETRIES = it.env.UV_HTTP_RETRIES = "0";
      delete it.env.PIP_NO_INDEX;
      const offline = await ask({ requirements: "nowhere-near>=1\n" });
      assert.equal(offline.outcome, "unknown", offline.text);
      const older = await ask({ requirements: "apple>=9\n" });
      assert.equal(older.outcome, "unknown", "the index may have it");
      assert.match(older.text, /connection error|error sending request|Failed to fetch/);
      assert.doesNotMatch(JSON.stringify(offline), /s3cret/);
    });

    test("a question that is none", async () => {
      const words = it.words("resolve", "--json", "--stdin");
      for (const input of ["", "[]", "{}", '{"requirements": 1}']) {
        const outcome = await run(words, { cwd: it.root, env: it.env, input });
        assert.equal(outcome.code, 2, input);
        assert.match(outcome.stderr, /^One Venv: the question is not JSON/);
      }
    });
  });
}
