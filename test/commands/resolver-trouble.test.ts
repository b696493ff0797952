import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { readArguments } from "../../src/cli/arguments.ts";
import { runConsolidate } from "../../src/cli/consolidate.ts";
import { askerOf } from "../../src/commands/asking.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { resolvePlan } from "../../src/commands/resolve.ts";
import { readHands } from "../../src/environment/ground.ts";
import { repository, tree } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
const FILES = { "a/requirements.txt": "six==1.16.0\n", "b/requirements.txt": "idna==3.7\n" };

/** A stand-in for uv that answers `--version`, and does something else where it should resolve. */
function standIn(context: TestContext, resolves: string): string {
  const folder = tree(context, {
    uv: `#!/bin/sh\n[ "$1" = --version ] && { echo "uv 9.9.9"; exit; }\necho $$ >"$(dirname "$0")/pid"\n${resolves}\n`,
  });
  chmodSync(join(folder, "uv"), 0o755);
  return folder;
}

/** With other variables in the environment, as the programs that are started see it. */
function withEnvironment(context: TestContext, variables: Record<string, string>): void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  context.after(() => {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function resolved(root: string, patience: number, from = hands) {
  const material = await gather(root, { hands: from, processes: true });
  const { consolidation } = propose(material, material.decisions, null);
  const ask = askerOf(material, consolidation, new AbortController().signal, patience);
  return resolvePlan(consolidation, ask);
}

test("a resolver that hangs is ended, and what is unknown is said", async (context) => {
  const folder = standIn(context, "exec sleep 300");
  withEnvironment(context, { PATH: `${folder}${delimiter}${process.env.PATH}` });
  const root = tree(context, FILES);
  let pid = 0;
  // On a machine under load the time may be over before the stand-in has begun.
  for (let seconds = 4; pid === 0 && seconds < 300; seconds *= 4) {
    const { findings, pins } = await resolved(root, seconds * 1000);
    assert.deepEqual(pins, []);
    assert.deepEqual(
      findings.map(({ conflict }) => [conflict.kind, conflict.sentence]),
      [
        [
          "unknown",
          `whether this can be installed together is unknown: the resolver gave no answer (did not answer within ${seconds} s); what the files alone say stands`,
        ],
      ],
    );
    const begun = join(folder, "pid");
    pid = existsSync(begun) ? Number(readFileSync(begun, "utf8")) : 0;
  }
  assert.ok(pid > 0, "the stand-in was asked");
  for (let left = 600; left > 0 && runs(pid); left--) await sleep(100);
  assert.ok(!runs(pid), "the resolver's process is gone");
});

test("a resolver that dies has told nothing", async (context) => {
  const folder = standIn(context, "kill -9 $$");
  withEnvironment(context, { PATH: `${folder}${delimiter}${process.env.PATH}` });
  const { findings } = await resolved(tree(context, FILES), 60_000);
  assert.equal(findings.length, 1);
  assert.equal(findings[0]!.conflict.kind, "unknown");
  assert.match(
    findings[0]!.conflict.sentence,
    /^whether this can be installed together is unknown: uv 9\.9\.9 gave no answer;/,
  );
});

test("so has a setup.py that dies", async (context) => {
  const dying = tree(context, {
    "setup.py": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
  });
  const root = tree(context, FILES);
  const { findings } = await resolved(root, 60_000, { ...hands, folder: dying });
  assert.equal(findings[0]?.conflict.kind, "unknown");
  assert.match(findings[0].words.text, /^The resolver could not be asked/);
});

test("offline: the command line's static answers stay, and it says what is unknown", async (context) => {
  withEnvironment(context, {
    ...{ PIP_INDEX_URL: "http://127.0.0.1:9/simple", PIP_RETRIES: "0", PIP_FIND_LINKS: "" },
    ...{ UV_INDEX_URL: "http://127.0.0.1:9/simple", UV_HTTP_RETRIES: "0", UV_NO_CACHE: "1" },
  });
  const lines: string[] = [];
  const output = {
    print: (text = "") => void lines.push(text),
    json: () => assert.fail("no JSON was asked for"),
  };
  const run = async (files: Record<string, string>) => {
    lines.length = 0;
    const root = repository(context, files);
    const args = readArguments(["consolidate", root, "--resolve", "--write"]);
    assert.ok(typeof args === "object");
    const code = await runConsolidate(root, args, hands, output);
    assert.ok(!existsSync(join(root, "build/python/requirements.txt")), "nothing is written");
    return { code, text: lines.join("\n") };
  };
  const fine = await run(FILES);
  assert.equal(fine.code, 2, "it could not be done");
  assert.match(fine.text, /\+ .*idna==3\.7 {2}# b/);
  assert.match(fine.text, /whether this can be installed together is unknown/);
  assert.match(fine.text, /without --resolve it can be written/);
  const open = await run({ ...FILES, "c/requirements.txt": "six==1.15.0\n" });
  assert.equal(open.code, 1, "a person is needed");
  assert.match(open.text, /a\/requirements\.txt:1 needs six exactly 1\.16\.0/);
  assert.match(open.text, /whether this can be installed together is unknown/);
});
