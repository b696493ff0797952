import assert from "node:assert/strict";
import { test } from "node:test";
import {
  explanation,
  mayBePython,
  pythonsNamed,
  pythonWanted,
  troubleOf,
  whyOutOfReach,
} from "../../src/consolidation/tool-words.ts";

/** What pip 23 to 24 and uv 0.13 wrote; paths and repetitions are shortened. */
const WORDS = {
  uvPair: `error: No solution found when resolving dependencies
  cause: Because flask==3.0.0 depends on werkzeug>=3.0.0 and you require flask==3.0.0, we can conclude that you require werkzeug>=3.0.0.
         And because you require werkzeug<2, we can conclude that your requirements are unsatisfiable.`,
  pipPair: `ERROR: Cannot install -r question.txt (line 1) and werkzeug<2 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested werkzeug<2
    flask 3.0.0 depends on Werkzeug>=3.0.0

To fix this you could try to:
1. loosen the range of package versions you've specified

ERROR: ResolutionImpossible: for help visit the documentation`,
  uvWheels: `error: No solution found when resolving dependencies
  cause: Because torch==2.1.0 has no wheels with a matching Python ABI tag (e.g., \`cp312\`) and you require torch==2.1.0, we can conclude that your requirements are unsatisfiable.

hint: You require CPython 3.12 (\`cp312\`), but we only found wheels for \`torch\` (v2.1.0) with the following Python ABI tags: \`cp38\`, \`cp39\`, \`cp310\`, \`cp311\``,
  uvBound: `error: No solution found when resolving dependencies
  cause: Because the current Python version (3.9.18) does not satisfy Python>=3.11 and numpy==2.3.0 depends on Python>=3.11, we can conclude that numpy==2.3.0 cannot be used.
         And because you require numpy==2.3.0, we can conclude that your requirements are unsatisfiable.`,
  pipBound: `ERROR: Ignored the following versions that require a different python version: 2.2.6 Requires-Python >=3.10; 2.3.0 Requires-Python >=3.11; 2.3.0rc1 Requires-Python >=3.11
ERROR: Could not find a version that satisfies the requirement numpy==2.3.0 (from versions: 1.3.0, 2.0.2)
ERROR: No matching distribution found for numpy==2.3.0`,
  uvBuild: `error: Failed to build \`openai-whisper==20231117\`
  cause: The build backend returned an error
  cause: Call to \`setuptools.build_meta:__legacy__\` failed (exit status: 1)

         [stderr]
         Traceback (most recent call last):
           File "<string>", line 5, in <module>
         ModuleNotFoundError: No module named 'pkg_resources'

hint: This error likely indicates something`,
  pipBuild: `  Getting requirements to build wheel: finished with status 'error'
  error: subprocess-exited-with-error

  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
      ModuleNotFoundError: No module named 'pkg_resources'
      [end of output]
error: subprocess-exited-with-error

× Getting requirements to build wheel did not run successfully.`,
  uvGit: `error: Git operation failed
  cause: failed to clone into: git-v2/db/68055cc8341a8dc3
  cause: process didn't exit successfully: \`git fetch 'https://host.example.org/a/b.git'\` (exit status: 128)
         fatal: unable to access 'https://host.example.org/a/b.git/': Could not resolve host: host.example.org`,
  pipGit: `  fatal: unable to access 'https://host.example.org/a/b/': Could not resolve host: host.example.org
  error: subprocess-exited-with-error

  × git clone --filter=blob:none did not run successfully.
  │ exit code: 128`,
  uvOffline: `error: Failed to fetch: http://127.0.0.1:9/simple/numba/
  cause: error sending request for url (http://127.0.0.1:9/simple/numba/)
  cause: client error (Connect)
  cause: tcp connect error
  cause: Connection refused (os error 111)`,
  pipOffline: `  WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<x>: Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/x/
ERROR: Could not find a version that satisfies the requirement x (from versions: none)
ERROR: No matching distribution found for x`,
  late: "The resolver did not answer within 900 s.",
} as const;

const TABLE: [keyof typeof WORDS, ReturnType<typeof troubleOf>, string][] = [
  [
    "uvPair",
    "other",
    "Because flask==3.0.0 depends on werkzeug>=3.0.0 and you require flask==3.0.0, we can conclude that you require werkzeug>=3.0.0.",
  ],
  ["pipPair", "other", "The user requested werkzeug<2; flask 3.0.0 depends on Werkzeug>=3.0.0"],
  [
    "uvBuild",
    "build",
    "Failed to build `openai-whisper==20231117` (ModuleNotFoundError: No module named 'pkg_resources')",
  ],
  [
    "pipBuild",
    "build",
    "Getting requirements to build wheel did not run successfully. (ModuleNotFoundError: No module named 'pkg_resources')",
  ],
  ["pipBound", "other", "No matching distribution found for numpy==2.3.0"],
];

for (const [name, trouble, said] of TABLE) {
  test(`${name}: ${trouble}, in one sentence`, () => {
    assert.equal(troubleOf(WORDS[name]), trouble);
    assert.equal(explanation(WORDS[name]), said);
  });
}

test("what a release asks of Python", () => {
  assert.equal(troubleOf(WORDS.uvWheels), "python");
  assert.equal(
    pythonWanted(WORDS.uvWheels, "torch", "2.1.0"),
    "has wheels for Python 3.8, 3.9, 3.10, 3.11 only",
  );
  assert.deepEqual([...pythonsNamed(WORDS.uvWheels)].includes("3.11"), true);
  assert.equal(pythonWanted(WORDS.uvWheels, "flask", null), null);
  assert.equal(troubleOf(WORDS.uvBound), "python");
  assert.equal(pythonWanted(WORDS.uvBound, "numpy", "2.3.0"), "needs Python >=3.11");
  assert.equal(pythonWanted(WORDS.pipBound, "numpy", "2.3.0"), "needs Python >=3.11");
  assert.equal(pythonWanted(WORDS.pipBound, "numpy", "99"), null, "there is no such version");
  for (const name of ["uvWheels", "uvBound", "pipBound"] as const)
    assert.ok(mayBePython(WORDS[name]), name);
  assert.ok(!mayBePython(WORDS.uvPair));
});

for (const [name, why] of [
  ["uvGit", "Could not resolve host: host.example.org"],
  ["pipGit", "Could not resolve host: host.example.org"],
  ["uvOffline", "tcp connect error"],
  ["pipOffline", "Name or service not known"],
  ["late", "did not answer within 900 s"],
] as const) {
  test(`${name}: out of reach, and why`, () => {
    assert.equal(troubleOf(WORDS[name]), "out of reach");
    assert.equal(whyOutOfReach(WORDS[name]), why);
  });
}
