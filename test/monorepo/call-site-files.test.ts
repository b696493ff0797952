import assert from "node:assert/strict";
import { test } from "node:test";
import { callSiteKind } from "../../src/monorepo/call-site-files.ts";

const kinds: [string, string | null][] = [
  ["Makefile", "make"],
  ["a/GNUmakefile", "make"],
  ["build/Makefile.common", "make"],
  ["rules.mk", "make"],
  ["scripts/run.sh", "shell"],
  [".envrc", "shell"],
  [".github/workflows/ci.yml", "github"],
  [".github/actions/x/action.yaml", "github"],
  ["actions/setup/action.yml", "github"],
  [".gitlab-ci.yml", "gitlab"],
  ["ci/test.gitlab-ci.yml", "gitlab"],
  [".gitlab/ci/build.yml", "gitlab"],
  [".circleci/config.yml", "ci"],
  ["azure-pipelines-nightly.yml", "ci"],
  [".readthedocs.yaml", "ci"],
  ["Jenkinsfile", "ci"],
  ["Dockerfile", "docker"],
  ["a/Dockerfile.dev", "docker"],
  ["a/api.dockerfile", "docker"],
  [".dockerignore", "dockerignore"],
  ["docker-compose.override.yml", "compose"],
  ["compose.yaml", "compose"],
  [".pre-commit-config.yaml", "pre-commit"],
  ["web/package.json", "package.json"],
  [".vscode/launch.json", "vscode"],
  ["my.code-workspace", "vscode"],
  [".devcontainer/devcontainer.json", "devcontainer"],
  ["Procfile", "procfile"],
  ["deploy/app.service", "systemd"],
  ["tox.ini", "tox"],
  ["setup.bat", "batch"],
  ["install.ps1", "powershell"],
  ["docs/README.md", "document"],
  ["launch.json", null],
  ["k8s/deployment.yml", null],
  ["src/makefile.py", null],
  ["composer.yml", null],
  ["main.py", null],
];
for (const [path, kind] of kinds) {
  test(`${path}: ${kind ?? "no call-site file"}`, () => assert.equal(callSiteKind(path), kind));
}
