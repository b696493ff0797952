import assert from "node:assert/strict";
import { test } from "node:test";
import { inputOf } from "../input.ts";
import { outcomeOf } from "../vectors.ts";

const SETUP = "python3 build/python/setup.py";
const RUN = "build/python/run.py main.py";

/** Ways to make and fill an environment, each before `python main.py`, and what is left of them. */
const BLOCKS: readonly (readonly [before: string, after: string])[] = [
  [
    `[ ! -d venv ] && python3 -m venv venv
. venv/bin/activate
python -m pip install -q -r requirements.txt -r dev.txt`,
    SETUP,
  ],
  [
    `if [[ ! -f .venv/bin/activate ]]; then
  echo "Making it"
  python3 -m venv --prompt app .venv || { echo no; exit 1; }
else
  echo "It is there"
fi
source .venv/bin/activate || exit 1
pip install --upgrade pip setuptools wheel >/dev/null
pip install -r requirements.txt`,
    SETUP,
  ],
  [
    `python3 -m venv venv
if [ $? -ne 0 ]; then
  echo "no venv"
  exit 1
fi
venv/bin/pip install -U pip && venv/bin/pip install -r requirements.txt`,
    // The check belongs to the command before it.
    `${SETUP}
if [ $? -ne 0 ]; then
  echo "no venv"
  exit 1
fi`,
  ],
  [
    `VENV=\${VENV:-venv}
test -d "$VENV" || python3 -m venv "$VENV"
"$VENV/bin/pip" install -r requirements.txt`,
    `VENV=\${VENV:-build/python/venv}
${SETUP}`,
  ],
  [
    `python3 -m venv venv # once
source venv/bin/activate
# what it needs
if [ -f requirements.txt ]; then pip install -r requirements.txt; fi
if [ -f dev.txt ]; then
  pip install -r dev.txt
fi`,
    `${SETUP} # once
# what it needs`,
  ],
  [
    `python3 -m virtualenv venv && source venv/bin/activate && pip install -r requirements.txt && echo ready`,
    `${SETUP} && echo ready`,
  ],
  [`pip install -r requirements.txt || exit 1`, SETUP],
  [`pip install -r requirements.txt | grep -v already`, `${SETUP} | grep -v already`],
  [`pip install requests -r requirements.txt`, SETUP],
  [
    `apt-get install -y libpq-dev
pip install -r requirements.txt
echo "next"
pip install -r dev.txt`,
    `apt-get install -y libpq-dev
${SETUP}
echo "next"`,
  ],
  [
    `if [ "$1" = dev ]; then
  pip install -r dev.txt
else
  pip install -r requirements.txt
fi`,
    `if [ "$1" = dev ]; then
  ${SETUP}
else
  ${SETUP}
fi`,
  ],
  [
    `install() {
  venv/bin/pip install -r requirements.txt
}
install`,
    `install() {
  ${SETUP}
}
install`,
  ],
  [
    `rm -rf dist && (python3 -m venv venv; venv/bin/pip install -r requirements.txt)`,
    `rm -rf dist && (${SETUP})`,
  ],
];

for (const [before, after] of BLOCKS) {
  for (const end of ["\n", "\r\n"]) {
    test(`becomes one call of setup.py: ${before.split("\n", 1)[0]} ${JSON.stringify(end)}`, () => {
      const script = (body: string, run: string) =>
        `#!/usr/bin/env bash\n${body}\n${run}\n`.replaceAll("\n", end);
      const text = script(before, "python main.py");
      const input = inputOf(
        { "run.sh": text },
        {
          tree: new Set(["run.sh", "main.py"]),
          accounted: new Set(["requirements.txt", "dev.txt"]),
          declared: new Set(["requests"]),
          environments: new Set(["venv", ".venv"]),
        },
      );
      assert.equal(outcomeOf("run.sh", text, input).after, script(after, RUN));
    });
  }
}

test("what fills an environment with more than is declared holds all of it where it is", () => {
  const text = `#!/usr/bin/env bash
python3 -m venv venv
venv/bin/pip install -r requirements.txt
venv/bin/pip install something-else
rm -rf venv/lib
ls main.py
`;
  const input = inputOf(
    { "run.sh": text, "main.py": "" },
    { accounted: new Set(["requirements.txt"]) },
  );
  const { kind, after } = outcomeOf("run.sh", text, input);
  assert.deepEqual({ kind, after }, { kind: "report", after: text });
});

test("a call before the venv is made stays, and is named beside the block", () => {
  const text = `#!/usr/bin/env bash
python3 main.py --check
pip install -r requirements.txt
`;
  const input = inputOf(
    { "run.sh": text, "main.py": "" },
    { accounted: new Set(["requirements.txt"]) },
  );
  const { after, listed } = outcomeOf("run.sh", text, input);
  assert.deepEqual(listed, [2]);
  assert.equal(after, text.replace("pip install -r requirements.txt", SETUP));
});
