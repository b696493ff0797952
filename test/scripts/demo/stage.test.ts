import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openStage, type Stage } from "../../../scripts/demo/stage.ts";

let folder = "";
let stage: Stage;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stage-"));
  stage = openStage(folder);
});
after(() => rm(folder, { recursive: true }));

test("a command that does what is promised is fine", async () => {
  await stage.run(["git", "--version"], { exit: 0, shows: [/git version/] });
});

test("colours do not keep a promise from being seen", async () => {
  const code = "console.log('Central venv: \\x1b[32mhealthy\\x1b[39m')";
  await stage.run(["node", "-e", code], { exit: 0, shows: [/^Central venv: healthy$/] });
});

test("an exit code or an output other than promised is an error", async () => {
  const lies = [
    { exit: 1, shows: [] },
    { exit: 0, shows: [/git version/, /something else/] },
  ];
  for (const promise of lies) {
    await assert.rejects(stage.run(["git", "--version"], promise), /The demo promised/);
  }
});

test("an edit changes one line, and one that finds nothing is an error", async () => {
  const file = join(folder, "requirements.txt");
  await writeFile(file, "a==1\nb==1\n");
  await stage.edit("requirements.txt", "b==1", "b==2");
  assert.equal(await readFile(file, "utf8"), "a==1\nb==2\n");
  await assert.rejects(stage.edit("requirements.txt", "c==1", "c==2"), /not there/);
});
