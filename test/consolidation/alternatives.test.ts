import assert from "node:assert/strict";
import { test } from "node:test";
import { withChoice } from "../../src/consolidation/choices.ts";
import { areAlternatives } from "../../src/consolidation/variant.ts";
import { lines, merged } from "./monorepo.ts";

const PAIRS: [string, string, boolean][] = [
  ["requirements-cpu.txt", "requirements-gpu.txt", true],
  ["a/requirements_cpu.txt", "a/requirements_cuda.txt", true],
  ["a/requirements/cpu.txt", "a/requirements/gpu.txt", true],
  ["docker/cpu/requirements.txt", "docker/rocm6.2/requirements.txt", true],
  ["requirements-cu118.txt", "requirements-cu121.txt", true],
  ["requirements-rocm5.7.txt", "requirements-rocm6.txt", true],
  ["requirements-oldest.txt", "requirements-latest.txt", true],
  ["requirements.min.txt", "requirements.max.txt", true],
  ["ci/lowest.txt", "ci/highest.txt", true],
  ["requirements.txt", "requirements-gpu.txt", true],
  ["requirements.txt", "gpu-requirements.txt", true],
  ["requirements.txt", "requirements-MINIMUM.txt", true],
  ["tests/requirements-dev.txt", "tests/requirements-oldest.txt", true],
  ["requirements-cpu.txt", "requirements-oldest.txt", true],
  ["requirements-cpu.txt", "requirements-latest.txt", false],
  ["requirements-cpu.txt", "requirements-cpu.in", false],
  ["a/requirements-cpu.txt", "b/requirements-gpu.txt", false],
  ["gpu/requirements.txt", "requirements.txt", false],
  ["requirements-admin.txt", "requirements-maxwell.txt", false],
  ["services/cpusim/requirements.txt", "services/gpusim/requirements.txt", false],
  ["requirements.txt", "requirements-dev.txt", false],
];

const named = (path: string) => ({
  path,
  project: path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".",
});

for (const [one, other, expected] of PAIRS) {
  test(`${one} and ${other} are ${expected ? "alternatives" : "none"}`, () => {
    assert.equal(areAlternatives(named(one), named(other)), expected);
    assert.equal(areAlternatives(named(other), named(one)), expected, "the other way round");
  });
}

const HARDWARE = {
  "requirements-gpu.txt": "torch==2.1.0+cu118\nflask\n",
  "requirements-cpu.txt": "torch==2.1.0+cpu\nflask\n",
  "b/requirements.txt": "torch>=2\n",
};

test("cpu and gpu are alternatives, not a clash: which one is kept is asked, the reason is there", () => {
  const { conflicts } = merged(HARDWARE);
  assert.equal(conflicts.length, 1);
  const [conflict] = conflicts;
  assert.equal(conflict!.kind, "alternatives");
  assert.equal(
    conflict!.sentence,
    "requirements-cpu.txt and requirements-gpu.txt are alternatives, and one venv can hold one of them: requirements-gpu.txt:1 needs torch exactly 2.1.0+cu118, requirements-cpu.txt:1 needs torch exactly 2.1.0+cpu",
  );
  assert.deepEqual(
    conflict!.choices.map(({ choice, title, leavesOut }) => [choice, title, leavesOut]),
    [
      [
        "leave out",
        "Keep requirements-cpu.txt, leave requirements-gpu.txt out",
        [
          {
            path: "requirements-gpu.txt",
            reason: "the gpu variant: an alternative to requirements-cpu.txt",
          },
        ],
      ],
      [
        "leave out",
        "Keep requirements-gpu.txt, leave requirements-cpu.txt out",
        [
          {
            path: "requirements-cpu.txt",
            reason: "the cpu variant: an alternative to requirements-gpu.txt",
          },
        ],
      ],
    ],
  );
});

test("leaving one of them out settles every clash between the two, and is written down", () => {
  const first = merged({
    "requirements-gpu.txt": "torch==2.1.0+cu118\ntorchvision==0.16.0+cu118\n",
    "requirements-cpu.txt": "torch==2.1.0+cpu\ntorchvision==0.16.0+cpu\n",
  });
  assert.equal(first.conflicts.length, 2);
  const [conflict] = first.conflicts;
  const decisions = withChoice(first.decisions, conflict!, conflict!.choices[1]!);
  const next = merged(
    {
      "requirements-gpu.txt": "torch==2.1.0+cu118\ntorchvision==0.16.0+cu118\n",
      "requirements-cpu.txt": "torch==2.1.0+cpu\ntorchvision==0.16.0+cpu\n",
    },
    { decisions },
  );
  assert.deepEqual(next.conflicts, []);
  assert.deepEqual(lines(next.central), [
    "torch==2.1.0+cu118  # .",
    "torchvision==0.16.0+cu118  # .",
  ]);
  assert.deepEqual(
    next.ledger
      .filter(({ fate }) => fate === "left out")
      .map(({ declaration, reason }) => [declaration.file, reason]),
    Array(2).fill([
      "requirements-cpu.txt",
      "the cpu variant: an alternative to requirements-gpu.txt",
    ]),
  );
});

test("of three variants one is kept; the newest stand before the oldest", () => {
  const three = merged({
    "requirements-cpu.txt": "torch==2.1.0+cpu\n",
    "requirements-cu118.txt": "torch==2.1.0+cu118\n",
    "requirements-cu121.txt": "torch==2.1.0+cu121\n",
  });
  assert.deepEqual(
    three.conflicts[0]!.choices.map(({ leavesOut }) => leavesOut!.map(({ path }) => path)),
    [
      ["requirements-cu118.txt", "requirements-cu121.txt"],
      ["requirements-cpu.txt", "requirements-cu121.txt"],
      ["requirements-cpu.txt", "requirements-cu118.txt"],
    ],
  );
  const ages = merged({
    "requirements-oldest.txt": "numpy==1.20\n",
    "requirements-latest.txt": "numpy>=2\n",
  });
  assert.deepEqual(
    ages.conflicts[0]!.choices.map(({ title }) => title),
    [
      "Keep requirements-latest.txt, leave requirements-oldest.txt out",
      "Keep requirements-oldest.txt, leave requirements-latest.txt out",
    ],
  );
});

test("the oldest versions beside what a project usually needs can only be left out", () => {
  const { conflicts } = merged({
    "a/requirements-dev.txt": "numpy>=2\n",
    "a/requirements-oldest.txt": "numpy==1.20\n",
  });
  assert.equal(conflicts[0]!.kind, "alternatives");
  assert.deepEqual(
    conflicts[0]!.choices.map(({ title }) => title),
    ["Keep a/requirements-dev.txt, leave a/requirements-oldest.txt out"],
  );
});

test("alternatives that agree merge, and a clash with others stays a clash", () => {
  const agree = merged({ "requirements-cpu.txt": "torch>=2\n", "requirements-gpu.txt": "torch\n" });
  assert.deepEqual(agree.conflicts, []);
  const others = merged({
    "requirements-cpu.txt": "torch>=2\n",
    "requirements-gpu.txt": "torch>=2\n",
    "b/requirements.txt": "torch<2\n",
  });
  assert.equal(others.conflicts[0]!.kind, "specifiers");
});
