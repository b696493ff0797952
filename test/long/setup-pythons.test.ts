// Every Python of this machine builds, syncs, locks and vendors with pip; npm test does it with uv.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { central } from "../python/central.ts";
import { pythons } from "../python/pythons.ts";

describe("pip, on every Python", { concurrency: 2 }, async () => {
  for (const python of await pythons()) {
    test(`Python ${python.name}`, async () => {
      const it = central(python, "pip", undefined);
      const steps: [string[], string[], string][] = [
        [["apple==1.0", "pear"], ["--installer", "pip"], "apple 1.0\n"],
        [["apple==2.0"], ["--installer", "pip"], "apple 2.0\n"],
        [["apple", "pear"], ["lock", "--installer", "pip"], "apple 2.0\n"],
        [["apple", "pear"], ["--installer", "pip", "--locked"], "apple 2.0\n"],
        [["apple", "pear"], ["vendor"], "apple 2.0\n"],
        [["apple", "pear"], ["clean"], ""],
        [["apple", "pear"], ["--installer", "pip", "--offline"], "apple 2.0\n"],
        [["apple", "pear"], ["check"], "apple 2.0\n"],
      ];
      for (const [lines, words, said] of steps) {
        it.require(...lines);
        const outcome = await it.setup(...words);
        assert.equal(outcome.code, 0, `${words.join(" ")}: ${outcome.stdout}${outcome.stderr}`);
        assert.equal((await it.runner("apple")).stdout, said, words.join(" "));
      }
    });
  }
});
