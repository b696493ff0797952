import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { readArguments } from "../../src/cli/arguments.ts";
import { runConsolidate } from "../../src/cli/consolidate.ts";
import type { Output } from "../../src/cli/output.ts";
import { readHands } from "../../src/environment/ground.ts";
import { repository } from "../monorepo/tree.ts";

const hands = await readHands(join(import.meta.dirname, "..", "..", "src", "python"));

/** What `one-venv consolidate` prints for these words, and its exit code. */
async function consolidated(root: string, ...words: string[]) {
  const lines: string[] = [];
  const output: Output = {
    print: (text = "") => lines.push(...stripVTControlCharacters(text).split("\n")),
    json: () => assert.fail("JSON without --json"),
  };
  const args = readArguments(["consolidate", ...words]);
  assert.ok(typeof args === "object");
  return { code: await runConsolidate(root, args, hands, output), lines };
}

/** The words of a command line that only quotes with `"`. */
function words(command: string): string[] {
  const found = command.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  return found.map((word) => word.replaceAll('"', ""));
}

test("a conflict says who wants what, each on a line, and what to type", async (context) => {
  const root = repository(context, {
    "a/requirements.txt": "flask==2.0.0\n",
    "b/requirements.txt": "flask>=3\n",
    "c/requirements.txt": "flask\n",
  });
  const { code, lines } = await consolidated(root);
  assert.equal(code, 1);
  const from = lines.indexOf("flask");
  assert.deepEqual(lines.slice(from, from + 7), [
    "flask",
    "  a/requirements.txt:1 needs flask exactly 2.0.0,",
    "  b/requirements.txt:1 needs flask 3 or newer",
    "  declared as well:",
    "    c/requirements.txt:1  any version",
    "    --decide flask=highest  takes flask>=3",
    "    --decide flask=lowest   takes flask==2.0.0",
  ]);
});

for (const [what, files] of Object.entries({
  versions: {
    "a/requirements.txt": "flask==2\nsix==1\n",
    "b/requirements.txt": "flask==3\nsix==2\n",
  },
  "cpu and gpu": {
    "a/requirements-cpu.txt": "torch==2.1+cpu\ntorchvision==0.16+cpu\n",
    "a/requirements-gpu.txt": "torch==2.1+cu118\ntorchvision==0.16+cu118\n",
    "b/requirements.txt": "flask==3\n",
  },
  "many versions": {
    "a/requirements.txt": "a==1\nb==1\nc==1\nd==1\n",
    "b/requirements.txt": "a==2\nb==2\nc==2\nd==2\n",
  },
  links: {
    "a/requirements.txt": "six @ https://a.example/six.zip\n",
    "b/requirements.txt": "six==1.16.0\n",
  },
  indexes: {
    "a/requirements.txt": "--index-url https://a.example/simple\nsix==1.16.0\n",
    "b/requirements.txt": "idna==3.7\n",
  },
  "one more index": {
    "a/requirements.txt": "--extra-index-url https://a.example/simple?x=y\nsix==1.16.0\n",
    "b/requirements.txt": "idna==3.7\n",
  },
})) {
  test(`the command that is proposed settles what is open: ${what}`, async (context) => {
    const root = repository(context, files);
    const { lines } = await consolidated(root);
    const example = lines.find((line) => line.startsWith("For example: one-venv consolidate "));
    assert.ok(example, lines.join("\n"));
    const { code } = await consolidated(root, ...words(example).slice(4));
    assert.equal(code, 0);
    assert.ok(existsSync(join(root, "build/python/requirements.txt")));
  });
}

test("what a decision does to declarations, and to the central file, is shown", async (context) => {
  const root = repository(context, {
    "a/requirements.txt": "flask==2.0.0\n",
    "b/requirements.txt": "flask==3.0.0\n",
  });
  const { lines } = await consolidated(root, "--prefer", "highest", "--write");
  const text = lines.join("\n");
  assert.match(text, /^ {2}a\/requirements\.txt:1 {2}flask==2\.0\.0 {2}→ flask==3\.0\.0$/m);
  assert.match(text, /^ {2}\+ flask==3\.0\.0 {2}# a, b$/m);
  assert.doesNotMatch(text, /b\/requirements\.txt:1/);
});

test("a folder where nothing is declared gets no build/python", async (context) => {
  const root = repository(context, { "notes.md": "nothing\n" });
  const { code, lines } = await consolidated(root, "--write");
  assert.equal(code, 0);
  assert.match(lines.join("\n"), /no file here declares dependencies/);
  assert.ok(!existsSync(join(root, "build")));
});
