import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { cruise, type ICruiseResult } from "dependency-cruiser";

const { forbidden, options } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs");

/** The names of the rules that a tree of files breaks. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "import-rules-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const found = await cruise(["src"], {
      ...options,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden },
    });
    const { violations } = (found.output as ICruiseResult).summary;
    return [...new Set(violations.map((violation) => violation.rule.name))].sort();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const value = "export const value = 1;\n";
const type = "export type Thing = string;\n";

const violations: Record<string, Record<string, string>> = {
  "requirements-arrows": {
    "src/requirements/a.ts": 'export { value } from "../consolidation/b.ts";\n',
    "src/consolidation/b.ts": value,
  },
  "consolidation-arrows": {
    "src/consolidation/a.ts": 'import { value } from "../monorepo/b.ts";\nvalue;\n',
    "src/monorepo/b.ts": value,
  },
  "migration-arrows": {
    "src/migration/a.ts": 'export type { Thing } from "../environment/b.ts";\n',
    "src/environment/b.ts": type,
  },
  "monorepo-arrows": {
    "src/monorepo/a.ts": 'const lazy = import("../environment/b.ts");\nlazy;\n',
    "src/environment/b.ts": value,
  },
  "environment-arrows": {
    "src/environment/a.ts": 'export let x: import("../editor/b.ts").Thing;\n',
    "src/editor/b.ts": type,
  },
  "plan-arrows": {
    "src/plan/a.ts": 'import type { Thing } from "../requirements/b.ts";\nexport let x: Thing;\n',
    "src/requirements/b.ts": type,
  },
  "commands-arrows": {
    "src/commands/a.ts": 'export type { Thing } from "../editor/b.ts";\n',
    "src/editor/b.ts": type,
  },
  "editor-arrows": {
    "src/editor/a.ts": 'import { value } from "../cli.ts";\nvalue;\n',
    "src/cli.ts": value,
  },
  "cli-arrows": {
    "src/cli.ts": 'import { value } from "./editor/b.ts";\nvalue;\n',
    "src/editor/b.ts": value,
  },
  "extension-arrows": {
    "src/extension.ts": 'import { value } from "./plan/b.ts";\nvalue;\n',
    "src/plan/b.ts": value,
  },
  "known-rooms": {
    "src/helpers.ts": 'import { value } from "./plan/b.ts";\nvalue;\n',
    "src/plan/b.ts": value,
  },
  "vscode-in-editor-only": {
    "src/environment/a.ts": 'import type { Uri } from "vscode";\nexport let x: Uri;\n',
  },
  "pure-rooms": {
    "src/migration/a.ts": 'import { readFile } from "node:fs/promises";\nreadFile;\n',
  },
  "no-cycles": {
    "src/plan/a.ts": 'import type { Thing } from "./b.ts";\nexport type Other = Thing;\n',
    "src/plan/b.ts": 'import type { Other } from "./a.ts";\nexport type Thing = Other;\n',
  },
  "src-stands-alone": {
    "src/plan/a.ts": 'export { value } from "../../test/b.ts";\n',
    "test/b.ts": value,
  },
  "no-dev-dependencies": {
    "package.json": '{ "devDependencies": { "tool": "1.0.0" } }\n',
    "node_modules/tool/package.json": '{ "name": "tool", "main": "index.js" }\n',
    "node_modules/tool/index.js": "exports.value = 1;\n",
    "src/plan/a.ts": 'import { value } from "tool";\nvalue;\n',
  },
};

for (const [rule, files] of Object.entries(violations)) {
  test(`${rule} can fail`, async () => {
    assert.deepEqual(await broken(files), [rule]);
  });
}

test("every rule has a test that breaks it", () => {
  const names = forbidden.map((rule: { name: string }) => rule.name);
  assert.deepEqual(Object.keys(violations).sort(), names.sort());
});

test("the arrows of the design are allowed", async () => {
  const found = await broken({
    "src/extension.ts": 'export { value } from "./editor/a.ts";\n',
    "src/editor/a.ts":
      'import * as vscode from "vscode";\nvscode;\nexport { value } from "../migration/a.ts";\n' +
      'import { value as other } from "../monorepo/a.ts";\nother;\n',
    "src/migration/a.ts": 'export { value } from "../consolidation/a.ts";\n',
    "src/consolidation/a.ts": 'export { value } from "../requirements/a.ts";\n',
    "src/requirements/a.ts": 'import "node:path";\nexport { value } from "../plan/a.ts";\n',
    "src/monorepo/a.ts": 'import "node:fs";\nexport { value } from "../requirements/a.ts";\n',
    "src/plan/a.ts": value,
  });
  assert.deepEqual(found, []);
});
