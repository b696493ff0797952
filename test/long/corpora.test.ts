/**
 * Real repositories all the way through, with uv and the machine's index: static answers, what the
 * resolver finds, the fixes that it proves, a lock, and an install. Tens of minutes on a slow net.
 */
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { execa } from "execa";
import type { Answers } from "../../src/commands/answers.ts";
import { answered, withSuggestion } from "../../src/commands/answers.ts";
import { applyProposal } from "../../src/commands/apply.ts";
import { askerOf, otherPythons } from "../../src/commands/asking.ts";
import type { Material, Proposal } from "../../src/commands/propose.ts";
import { gather, propose } from "../../src/commands/propose.ts";
import { resolvePlan } from "../../src/commands/resolve.ts";
import { suggestForAll } from "../../src/commands/suggest.ts";
import { place } from "../../src/consolidation/claim.ts";
import { readHands } from "../../src/environment/ground.ts";
import { git, tree } from "../monorepo/tree.ts";
import { pythons } from "../python/pythons.ts";
import { NO_UV, uvFolder } from "../python/uv.ts";
import { sharedPath } from "../shared.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));
const uv = await uvFolder();
const versions = (await pythons()).map(({ version }) => version.join("."));
const corpora = sharedPath("corpora");
if (uv) process.env.PATH = `${uv}${delimiter}${process.env.PATH}`;

const needs = (...wanted: string[]) => {
  const missing = wanted.filter((one) => !versions.includes(one));
  const skip =
    (corpora === undefined && "no ../shared") ||
    (!uv && NO_UV) ||
    (missing.length > 0 && `no Python ${missing.join(", ")} here`);
  return { skip, timeout: 1_800_000 };
};

const NOTHING: Answers = {
  decide: [],
  prefer: null,
  leaveOut: [],
  include: [],
  buildConstraints: [],
};

function corpus(context: TestContext, name: string): string {
  const root = tree(context);
  cpSync(join(corpora!, name), root, { recursive: true });
  git(root, "init", "--quiet");
  return root;
}

const never = new AbortController().signal;
const quiet = () => undefined;

async function found(material: Material, { consolidation }: Proposal) {
  const ask = askerOf(material, consolidation, never);
  const resolution = await resolvePlan(consolidation, ask);
  const options = { ask, pythons: await otherPythons(material), signal: never, onProgress: quiet };
  const findings = await suggestForAll(consolidation, resolution.findings, options, quiet);
  return { findings, pins: resolution.pins };
}

async function setup(root: string, ...words: string[]): Promise<string> {
  const { stdout } = await execa("python3", [join(root, "build/python/setup.py"), ...words], {
    cwd: root,
    env: { CI: undefined },
  });
  return stdout;
}

test(
  "bank-of-anthos: highest, locust alone is loosened, locked and installed",
  needs("3.11"),
  async (t) => {
    const root = corpus(t, "bank-of-anthos");
    const material = await gather(root, { hands, processes: true, python: "3.11" });
    const first = answered(material, { ...NOTHING, prefer: "highest" });
    assert.deepEqual(first.consolidation.conflicts, []);
    const { findings } = await found(material, first);
    assert.deepEqual(
      findings.map(({ lines }) => lines.map(({ name }) => name)),
      [["locust", "requests", "pytest"]],
    );
    const [best, ...others] = findings[0]!.suggestions;
    assert.deepEqual(others, [], "no other line alone mends it");
    assert.deepEqual(
      best?.changes.map(({ claim }) => [place(claim), claim.wants]),
      [["src/loadgenerator/requirements.in:1", "==2.42.6"]],
    );
    const { decisions } = first.consolidation;
    const mended = propose(material, withSuggestion(decisions, best!), null);
    const after = await found(material, mended);
    assert.deepEqual(after.findings, []);
    assert.ok(after.pins.length > 50);
    await applyProposal(root, mended);
    await setup(root, "lock");
    await setup(root, "--locked");
    const { healthy, packages } = JSON.parse(await setup(root, "check", "--json"));
    assert.ok(healthy);
    assert.ok(packages > 50, `${packages} packages`);
  },
);

test(
  "unhinged-before: each obstacle with file, line and one flag; then a lock",
  needs("3.11", "3.12"),
  async (t) => {
    const root = corpus(t, "unhinged-before");
    const material = await gather(root, { hands, processes: true, python: "3.12" });
    const { findings } = await found(material, propose(material, material.decisions, null));
    const byName = new Map(findings.map((one) => [one.conflict.name, one]));
    const whisper = byName.get("openai-whisper");
    assert.equal(whisper?.conflict.kind, "build");
    assert.deepEqual(whisper.conflict.claims.map(place), [
      "services/speech-to-text/requirements.txt:9",
    ]);
    assert.deepEqual(
      whisper.suggestions.map(({ buildConstraint }) => buildConstraint),
      ["setuptools<81"],
    );
    const torch = byName.get("torch");
    assert.equal(torch?.conflict.kind, "python");
    assert.match(
      torch.conflict.sentence,
      /services\/vision-ai\/requirements\.txt:10 needs torch exactly 2\.1\.0, which has wheels for Python .*3\.11 only; the base Python is 3\.12$/,
    );
    for (const name of ["torch", "torchaudio", "torchvision"]) {
      assert.deepEqual(
        byName.get(name)?.suggestions.map(({ python }) => python),
        ["3.11"],
        name,
      );
    }
    // One flag each: --build-constraint and --python.
    const again = await gather(root, { hands, processes: true, python: "3.11" });
    const answers = { ...NOTHING, buildConstraints: ["setuptools<81"] };
    const mended = answered(again, answers);
    const after = await found(again, mended);
    assert.deepEqual(after.findings, []);
    await applyProposal(root, mended);
    assert.match(await setup(root, "lock"), /pins \d+ packages/);
  },
);

/** What stays of api-inference-community when all that cannot live in one venv is left out. */
const LEFT_OUT = {
  ...{ diffusers: "its diffusers comes from git", fairseq: "its fairseq comes from git" },
  ...{ flair: "its flair comes from git", setfit: "its api-inference-community comes from git" },
  speechbrain: "its speechbrain and kenlm come from addresses",
  allennlp: "needs transformers below 4.21",
  bertopic: "pins safetensors 0.3.1, adapters needs 0.4.1",
  fasttext: "its sdist cannot be built",
  paddlenlp: "there is no paddlepaddle 2.5.0 any more",
  peft: "pins transformers that adapters does not go with",
  pyannote_audio: "pins huggingface-hub and a torch for Python 3.10",
  sentence_transformers: "pins transformers 4.48",
};

test(
  "api-inference-community: what cannot be fetched is unknown; the rest resolves with projects left out",
  needs("3.11"),
  async (t) => {
    const root = corpus(t, "api-inference-community");
    // git is sent where nothing answers, so that this holds on a machine with a net as well.
    Object.assign(process.env, {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "url.https://nowhere.invalid/.insteadOf",
      GIT_CONFIG_VALUE_0: "https://github.com/",
    });
    t.after(() => delete process.env.GIT_CONFIG_COUNT);
    const material = await gather(root, { hands, processes: true, python: "3.11" });
    const leaveOut = Object.entries(LEFT_OUT).map(([image, reason]) => ({
      path: `docker_images/${image}`,
      reason,
    }));
    const all = { ...NOTHING, prefer: "highest" as const, leaveOut };
    const rest = answered(material, all);
    assert.deepEqual(rest.consolidation.conflicts, []);
    const resolved = await found(material, rest);
    assert.deepEqual(
      resolved.findings.map(({ conflict }) => conflict.sentence),
      [],
    );
    assert.ok(resolved.pins.length > 100, `${resolved.pins.length} packages`);

    const withLink = leaveOut.filter(({ path }) => !path.endsWith("/flair"));
    const unknown = await found(material, answered(material, { ...all, leaveOut: withLink }));
    assert.deepEqual(
      unknown.findings.map(({ conflict }) => [conflict.kind, conflict.claims.map(place)]),
      [["unknown", ["docker_images/flair/requirements.txt:3"]]],
    );
    assert.match(
      unknown.findings[0]!.conflict.sentence,
      /could not be fetched \(Could not resolve host/,
    );
    assert.ok(unknown.pins.length > 100, "and the rest is resolved");
  },
);
