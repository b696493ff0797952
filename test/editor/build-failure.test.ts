import assert from "node:assert/strict";
import { test } from "node:test";
import { explanation, linesOf } from "../../src/editor/build-failure.ts";
import type { BuildFailure } from "../../src/environment/setup-build.ts";

test("pip's own cause is what is shown", () => {
  const text = [
    "ERROR: Cannot install a and b because these package versions have conflicting dependencies.",
    "",
    "The conflict is caused by:",
    "    The user requested a==1",
    "    b 2 depends on a>1",
    "",
    "To fix this you could try to:",
  ].join("\n");
  assert.equal(explanation(text), "The user requested a==1\nb 2 depends on a>1");
});

test("so is uv's", () => {
  const text = "Resolving\n  × No solution found:\n  ╰─▶ Because a and b";
  assert.equal(explanation(text), "Because a and b");
});

test("what is neither is left to the message", () => {
  assert.equal(explanation("something else"), "");
});

const noNetwork = [
  "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<x>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/attrs/",
  "ERROR: Could not find a version that satisfies the requirement attrs==23.2.0 (from versions: none)",
  "ERROR: No matching distribution found for attrs==23.2.0",
].join("\n");

test("an index out of reach is said as that, and what to do; no line is blamed", () => {
  const failure: BuildFailure = {
    event: "failed",
    ...{ stage: "install", message: "pip install failed", names: ["attrs"] },
    text: noNetwork,
    lines: [{ file: "build/python/requirements.txt", line: 5, text: "attrs==23.2.0" }],
  };
  assert.match(
    explanation(noNetwork),
    /^The package index could not be reached \(Temporary failure in name resolution\)\. Check the/,
  );
  assert.deepEqual(linesOf(failure), []);
  assert.deepEqual(linesOf({ ...failure, text: "else" }), failure.lines);
});

test("so it is where uv says it", () => {
  const text = [
    "error: Failed to fetch: `/simple/attrs/`",
    "  Caused by: client error (Connect)",
    "  Caused by: dns error: failed to lookup address information",
  ].join("\n");
  assert.match(explanation(text), /could not be reached \(dns error: failed to lookup/);
});

test("a version that does not exist is told in pip's words", () => {
  const text = "x\nERROR: No matching distribution found for attrs==999\n";
  assert.equal(explanation(text), "No matching distribution found for attrs==999");
});
