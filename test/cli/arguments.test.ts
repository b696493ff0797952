import assert from "node:assert/strict";
import { test } from "node:test";
import { readArguments } from "../../src/cli/arguments.ts";
import { HELP } from "../../src/cli/help.ts";

test("what is typed wrong is said", () => {
  const cases: [string[], RegExp][] = [
    [["frob"], /^there is no command "frob"; the commands are scan, /],
    [["scan", ".", "b"], /^one folder at most, and this is a second: b$/],
    [["scan", "--write"], /^scan has no option --write\.$/],
    [["consolidate", "--decide", "flask"], /write NAME=ANSWER/],
    [["consolidate", "--prefer", "newest"], /write highest or lowest/],
    [["consolidate", "--python", "three"], /write major\.minor/],
    [["consolidate", "--leave-out", "services/a"], /write PATH=REASON/],
    [["--nonsense"], /--nonsense/],
  ];
  for (const [words, message] of cases) {
    assert.throws(() => readArguments(words), { message }, words.join(" "));
  }
});

test("an answer is a choice, a specifier or a requirement", () => {
  const cases = {
    "flask=highest": "highest",
    "flask===3.0.0": "==3.0.0",
    "flask==3.0.0": "==3.0.0",
    "flask>=2,<3": ">=2,<3",
    "flask=flask>=2": "flask>=2",
    "flask = lowest": "lowest",
  };
  for (const [typed, answer] of Object.entries(cases)) {
    const args = readArguments(["consolidate", "--decide", typed]);
    assert.ok(typeof args === "object");
    assert.deepEqual(args.decide, [{ name: "flask", answer }]);
  }
});

test("an option and a path can be decided about as well", () => {
  const cases = {
    "--index-url=drop": ["--index-url", "drop"],
    "--extra-index-url https://a.example/x?y=z=drop": [
      "--extra-index-url https://a.example/x?y=z",
      "drop",
    ],
    "--index-url=--index-url https://a.example/x?y=z": [
      "--index-url",
      "--index-url https://a.example/x?y=z",
    ],
    "./lib/a=-e ./lib/a": ["./lib/a", "-e ./lib/a"],
  };
  for (const [typed, [name, answer]] of Object.entries(cases)) {
    const args = readArguments(["consolidate", `--decide=${typed}`]);
    assert.ok(typeof args === "object");
    assert.deepEqual(args.decide, [{ name, answer }]);
  }
});

test("help names every option of consolidate", () => {
  const options = [
    ...["write", "decide", "prefer", "leave-out", "include", "python"],
    ...["resolve", "suggest", "build-constraint", "replace"],
  ];
  for (const option of options) assert.match(HELP, new RegExp(`--${option} `));
});
