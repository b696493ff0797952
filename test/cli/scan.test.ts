import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { git, repository, tree } from "../monorepo/tree.ts";

const program = join(import.meta.dirname, "..", "..", "src", "cli.ts");

function oneVenv(cwd: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("no password reaches the output, in neither form", (context) => {
  const root = repository(context, {
    "requirements.txt": [
      "-r https://u:s3cret@example.org/r.txt",
      "--index-url https://u:s3cret@example.org/simple",
      "foo @ https://u:s3cret@example.org/foo.zip",
      "git+https://s3cret@example.org/foo.git",
      "foo == https://u:s3cret@example.org",
      "bar==1 --extra-index-url https://u:s3cret@example.org",
    ].join("\n"),
    Pipfile: '[packages]\nx = { git = "https://u:s3cret@example.org/x.git" }\n',
    "environment.yml": "dependencies:\n  - https://u:s3cret@example.org/x.conda\n",
  });
  for (const { status, stdout, stderr } of [
    oneVenv(root, "scan"),
    oneVenv(root, "scan", "--json"),
  ]) {
    assert.equal(status, 0);
    assert.ok(stdout.includes("****@example.org"));
    assert.ok(!`${stdout}${stderr}`.includes("s3cret"));
  }
});

test("a variable stays as written", (context) => {
  const line = `--index-url https://\${USER}:\${PASS}@example.org/simple`;
  const root = tree(context, { "requirements.txt": line });
  const [source] = JSON.parse(oneVenv(root, "scan", "--json").stdout).sources;
  assert.equal(source.options[0].raw, line);
});

test("people see notes, what was not read and what was not understood with file and line", (context) => {
  const root = repository(context, {
    "requirements.txt": "-r ../outside.txt\n-r gone.txt\n\nsix ==\n",
    "conda/environment.yml": "dependencies:\n  - numpy=1.2\n  - pip:\n    - six\n",
    "inner/requirements.txt": "six\n",
  });
  git(join(root, "inner"), "init", "--quiet");
  const { stdout } = oneVenv(root, "scan");
  assert.match(stdout, /^ {2}conda\/environment\.yml:2 .* {2}numpy=1\.2$/m);
  assert.match(stdout, /^ {2}requirements\.txt:4 .* {2}six ==$/m);
  assert.match(stdout, /^ {2}\.\.\/outside\.txt, named in requirements\.txt:1 {2}/m);
  assert.match(stdout, /^ {2}gone\.txt, named in requirements\.txt:2 {2}/m);
  assert.match(stdout, /^Nested repositories, never edited\n {2}inner$/m);
});

test("exit codes: listing is 0, a folder that is not there 2, one line on stderr", (context) => {
  const root = tree(context, { "requirements.txt": "?\n" });
  assert.equal(oneVenv(root, "scan").status, 0);
  for (const words of [["gone"], ["gone", "--json"], ["requirements.txt"]]) {
    const { status, stdout, stderr } = oneVenv(root, "scan", ...words);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
    assert.match(stderr, /^one-venv: .+\n$/);
  }
});
