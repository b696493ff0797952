import assert from "node:assert/strict";
import { test } from "node:test";
import { explanation } from "../../src/editor/build-failure.ts";

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
  assert.equal(explanation(text), "× No solution found:\n╰─▶ Because a and b");
});

test("what is neither is left to the message", () => {
  assert.equal(explanation("something else"), "");
});
