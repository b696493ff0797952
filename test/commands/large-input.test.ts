import assert from "node:assert/strict";
import { test } from "node:test";
import { printProposal } from "../../src/cli/consolidate-text.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { readHands } from "../../src/environment/ground.ts";
import { tree } from "../monorepo/tree.ts";

const hands = await readHands(new URL("../../src/python", import.meta.url).pathname);

/** The proposal for these files, with what the command line prints of it; the time is printed. */
async function timed(root: string, what: string) {
  const start = performance.now();
  const material = await gather(root, { hands, processes: false });
  const proposal = propose(material, material.decisions, null);
  const printed: string[] = [];
  printProposal(material, proposal, {
    print: (text = "") => printed.push(text),
    json: () => assert.fail("no JSON was asked for"),
  });
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`);
  return { ...proposal.consolidation, printed };
}

const many = (count: number, line: (i: number) => string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`t${i % 50}/s${i}/requirements.txt`, line(i)]),
  );

test("5,000 sources, most of which ask for something else", { timeout: 600_000 }, async (t) => {
  const root = tree(
    t,
    many(5000, (i) => `flask==${i}.0\nnumpy>=${i}\npackage-${i % 400}\n`),
  );
  const { ledger, central, conflicts } = await timed(root, "5,000 sources");
  assert.equal(ledger.length, 15_000);
  assert.match(central, /^numpy>=4999$/m);
  assert.equal(conflicts.length, 1);
  assert.equal(conflicts[0]!.claims.length, 5000);
  assert.equal(conflicts[0]!.claims.filter(({ clashes }) => clashes).length, 2);
  const found = (choice: string) => conflicts[0]!.choices.find((one) => one.choice === choice);
  assert.equal(found("highest")?.requirement, "flask==4999.0");
  assert.equal(found("lowest")?.requirement, "flask==0.0");
  assert.equal(found("highest")?.drops.length, 4999);
});

test("a source of almost 10 MB", { timeout: 600_000 }, async (t) => {
  const lines = Array.from(
    { length: 95_000 },
    (_, i) => `package-number-${i}>=1.2.${i % 7},<3  # ${"why ".repeat(14)}`,
  );
  const root = tree(t, {
    "a/requirements.txt": `${lines.join("\n")}\n`,
    "b/requirements.txt": "package-number-7==2\n",
  });
  const { ledger, conflicts, printed } = await timed(root, "10 MB");
  assert.equal(ledger.length, 95_001);
  assert.deepEqual(conflicts, []);
  assert.ok(
    printed.some((text) => text.includes("package-number-94999>=1.2.2,<3")),
    "all is printed",
  );
});
