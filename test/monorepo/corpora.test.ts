import assert from "node:assert/strict";
import { test } from "node:test";
import type { Role } from "../../src/monorepo/scan.ts";
import { scan } from "../../src/monorepo/scan.ts";
import { isFailure } from "../../src/requirements/failure.ts";
import { normalizeName } from "../../src/requirements/name.ts";
import { parseSpecifierSet } from "../../src/requirements/specifier.ts";
import { isEmpty } from "../../src/requirements/specifier-set.ts";
import { sharedPath } from "../shared.ts";

/** What ../shared's README expects of its corpora: what each role's specifiers come to by name. */
const expected: Record<
  string,
  { sources: number; role: Role; differing: number; clashing: string }[]
> = {
  "unhinged-early": [
    { sources: 7, role: "input", differing: 4, clashing: "openai torch torchvision transformers" },
  ],
  "unhinged-before": [{ sources: 6, role: "input", differing: 10, clashing: "" }],
  "bank-of-anthos": [
    { sources: 4, role: "input", differing: 2, clashing: "pyjwt urllib3" },
    {
      ...{ sources: 4, role: "compiled", differing: 12 },
      clashing:
        "cachetools certifi greenlet importlib-metadata markupsafe packaging pyasn1 pyjwt pytest requests urllib3 werkzeug",
    },
  ],
  "api-inference-community": [
    {
      ...{ sources: 29, role: "input", differing: 22 },
      clashing:
        "api-inference-community huggingface-hub peft protobuf pydantic sentencepiece starlette timm torch torchaudio torchvision transformers",
    },
  ],
};

for (const [name, roles] of Object.entries(expected)) {
  const root = sharedPath("corpora", name);
  test(`${name}: every source is read whole, and its packages disagree as expected`, {
    skip: root === undefined && "needs ../shared",
  }, async () => {
    const { sources, unread } = await scan(root!, { git: false });
    assert.equal(
      sources.length,
      roles.reduce((sum, role) => sum + role.sources, 0),
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(
      sources.flatMap(({ reading }) => reading.notUnderstood),
      [],
    );
    for (const { role, ...counts } of roles) {
      const alike = sources.filter((source) => source.role === role);
      const declarations = alike
        .flatMap(({ reading }) => reading.declarations)
        .filter((declaration) => declaration.name !== null && declaration.group.kind !== "build");
      const byName = [
        ...Map.groupBy(declarations, (declaration) => normalizeName(declaration.name!)),
      ].map(([one, all]) => [one, new Set(all.map(({ specifier }) => specifier))] as const);
      assert.deepEqual(
        {
          sources: alike.length,
          differing: byName.filter(([, specifiers]) => specifiers.size > 1).length,
          clashing: byName.flatMap(([one, all]) => (clash(all) ? [one] : [])).sort(),
        },
        { ...counts, clashing: counts.clashing.split(" ").filter(Boolean) },
      );
    }
  });
}

function clash(specifiers: ReadonlySet<string>): boolean {
  const set = parseSpecifierSet([...specifiers].filter(Boolean).join(","));
  assert.ok(!isFailure(set));
  return isEmpty(set);
}
