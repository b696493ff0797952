import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsSecret, withoutSecrets } from "../../src/requirements/secret.ts";

const masked: [string, string][] = [
  ["https://bob:s3cret@example.org/simple", "https://bob:****@example.org/simple"],
  ["https://bob:p@ss:word@example.org/", "https://bob:****@example.org/"],
  ["https://token@example.org/", "https://****@example.org/"],
  ["https://token:@example.org/", "https://****@example.org/"],
  ["https://token:x-oauth-basic@example.org/", "https://****@example.org/"],
  ["https://$USER:pw@example.org/", "https://$USER:****@example.org/"],
  [`https://\${USER}:pw@example.org/`, `https://\${USER}:****@example.org/`],
  ["git+ssh://bob:pw@example.org/x.git", "git+ssh://bob:****@example.org/x.git"],
  ["a @ git+https://token@example.org/x.git@v1", "a @ git+https://****@example.org/x.git@v1"],
  [
    "https://example.org/a.whl?private_token=abc&x=1",
    "https://example.org/a.whl?private_token=****&x=1",
  ],
  [
    "x = {git = 'https://a:b@example.org/x'} # https://c:d@e",
    "x = {git = 'https://a:****@example.org/x'} # https://c:****@e",
  ],
];

for (const [text, without] of masked) {
  test(`a secret: ${text}`, () => {
    assert.equal(holdsSecret(text), true);
    assert.equal(withoutSecrets(text), without);
    assert.equal(holdsSecret(without), false);
    assert.equal(withoutSecrets(without), without);
  });
}

const plain = [
  `https://\${USER}:\${PASSWORD}@example.org/simple`,
  `https://bob:\${PASSWORD}@example.org/simple`,
  `https://\${TOKEN}@example.org/simple`,
  `https://\${TOKEN}:@example.org/simple`,
  "git+ssh://git@example.org/x.git@v1",
  "git+https://git@example.org/x.git",
  "https://example.org/simple/@scope",
  `https://example.org/a.whl?token=\${TOKEN}`,
  "a @ https://example.org/a.zip#egg=a",
  "someone@example.org",
];

for (const text of plain) {
  test(`no secret: ${text}`, () => {
    assert.equal(holdsSecret(text), false);
    assert.equal(withoutSecrets(text), text);
  });
}
