import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isIgnored, rulesAbove, rulesBelow } from "../../src/monorepo/ignoring.ts";
import { walk } from "../../src/monorepo/walk.ts";
import { git, repository } from "./tree.ts";

test("the innermost rule decides, relative to the folder that holds it", () => {
  const outer = rulesAbove([], "work/", "/work/a.py\n*.log\n");
  const rules = rulesBelow(outer, "x/", "!b.log\n/c/\n");
  const say = (path: string) => (isIgnored(rules, path) ? `- ${path}` : `+ ${path}`);
  const said = ["x/b.log", "x/y/c.log", "x/y/b.log", "x/c/", "x/c"].map(say);
  assert.deepEqual(said, ["+ x/b.log", "- x/y/c.log", "+ x/y/b.log", "- x/c/", "+ x/c"]);
  assert.ok(isIgnored(outer, "a.py") && !isIgnored(outer, "x/a.py"));
});

const name = fc.constantFrom("a", "b", "lib", "x.py", "y.py");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join("/")}.py`);
const pattern = fc
  .tuple(
    fc.constantFrom("", "", "!", "/", "!/", "**/", "a/**/"),
    fc.constantFrom("a", "b", "lib", "*.py", "x*", "a/b", "?", "[ab]", "lib/*", "*"),
    fc.constantFrom("", "", "/", "/**"),
  )
  .map((parts) => parts.join(""));
const ignoreFile = fc.array(pattern, { minLength: 1, maxLength: 4 }).map((all) => all.join("\n"));

test("what is ignored is what git ignores", async (t) => {
  const folders = fc.dictionary(fc.constantFrom("", "a/", "lib/", "a/b/"), ignoreFile);
  const files = fc.array(path, { minLength: 1, maxLength: 12 });
  const holds = fc.asyncProperty(folders, files, async (rules, paths) => {
    const tree: Record<string, string> = {};
    // A path that is also the folder of another one cannot be made.
    for (const one of paths)
      if (!paths.some((other) => other.startsWith(`${one}/`))) tree[one] = "";
    for (const [folder, text] of Object.entries(rules)) tree[`${folder}.gitignore`] = text;
    const root = repository(t, tree);
    const listed = git(root, "ls-files", "-z", "-co", "--exclude-standard").split("\0");
    const expected = listed.filter((one) => one.endsWith(".py")).sort();
    assert.deepEqual((await walk(root, { git: false })).files, expected);
  });
  await fc.assert(holds, { numRuns: 60 });
});
