import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Answers } from "../../src/commands/answers.ts";
import { answered } from "../../src/commands/answers.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { readHands } from "../../src/environment/ground.ts";
import { git, tree } from "../monorepo/tree.ts";
import { sharedPath } from "../shared.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
const corpora = sharedPath("corpora");
const options = { skip: corpora === undefined && "no ../shared" };
const NOTHING: Answers = {
  decide: [],
  prefer: null,
  leaveOut: [],
  include: [],
  buildConstraints: [],
};

async function corpus(context: TestContext, name: string) {
  const root = tree(context);
  cpSync(join(corpora!, name), root, { recursive: true });
  git(root, "init", "--quiet");
  return gather(root, { hands, processes: true });
}

const COUNTS: Record<string, string[]> = {
  "unhinged-early": ["openai", "torch", "torchvision", "transformers"],
  "unhinged-before": [],
  "bank-of-anthos": ["pyjwt", "urllib3"],
  "api-inference-community": [
    ...["api-inference-community", "huggingface-hub", "peft", "protobuf", "pydantic"],
    ...["sentencepiece", "starlette", "timm", "torch", "torchaudio", "torchvision", "transformers"],
  ],
};

for (const [name, expected] of Object.entries(COUNTS)) {
  test(
    `${name}: the conflicts, each with file and line; "highest" settles all; nothing is lost`,
    options,
    async (t) => {
      const material = await corpus(t, name);
      const { consolidation } = propose(material, material.decisions, null);
      assert.deepEqual(
        consolidation.conflicts.map((one) => one.name),
        expected,
      );
      for (const { sentence, claims } of consolidation.conflicts) {
        const [first] = claims.filter(({ clashes }) => clashes);
        assert.ok(sentence.includes(`${first!.file}:${first!.span.line} needs `), sentence);
      }
      const settled = answered(material, { ...NOTHING, prefer: "highest" }).consolidation;
      assert.deepEqual(settled.conflicts, []);
      const declared = material.sources.flatMap(({ reading }) => reading.declarations);
      assert.equal(settled.ledger.length, declared.length);
      assert.deepEqual(
        new Set(settled.ledger.map(({ declaration }) => declaration)),
        new Set(declared),
      );
    },
  );
}
