import { githubSites, otherCiSites } from "./ci/find.ts";
import { composeSites } from "./compose.ts";
import { devcontainerSites } from "./devcontainer.ts";
import { dockerfileSites } from "./docker/dockerfile.ts";
import { dockerignoreSites } from "./docker/dockerignore.ts";
import { documentSites } from "./document/find.ts";
import { GENERATED, generatedHead } from "./generated.ts";
import { type FileKind, type FinderInput, finderInput, type MigrationInput } from "./input.ts";
import { procfileSites, systemdSites, toxSites } from "./line-reports.ts";
import { findInMakefiles } from "./make/find.ts";
import { metadataSites } from "./metadata.ts";
import { packageJsonSites } from "./package-json.ts";
import { preCommitSites } from "./pre-commit.ts";
import { pythonSites } from "./python-code.ts";
import { reported } from "./report.ts";
import { findInScript, isShellScript } from "./shell/script.ts";
import type { Site } from "./site.ts";
import { vscodeSites } from "./vscode/find.ts";
import { batchSites, powershellSites } from "./windows/find.ts";

/** The sites of one kind of file. */
export type SiteFinder = (path: string, text: string, input: FinderInput) => readonly Site[];

/** Every call site of the files, by path and line. */
export function findSites(input: MigrationInput): readonly Site[] {
  const known = finderInput(input);
  const make = findInMakefiles(known);
  return input.files.flatMap(({ path, kind, text }) => {
    const sites = make.get(path) ?? finderOf(path, kind, text)?.(path, text, known) ?? [];
    const all = generatedHead(text) ? sites.map((site) => reported(site, GENERATED)) : sites;
    return all.map((site) => (known.excluded.has(site.id) ? asLeftOut(site) : site));
  });
}

/** The finders of the kinds that monorepo tells by name. */
const BY_KIND: Partial<Record<FileKind, SiteFinder>> = {
  shell: findInScript,
  github: githubSites,
  gitlab: otherCiSites,
  ci: otherCiSites,
  docker: dockerfileSites,
  dockerignore: dockerignoreSites,
  compose: composeSites,
  "pre-commit": preCommitSites,
  "package.json": packageJsonSites,
  vscode: vscodeSites,
  devcontainer: devcontainerSites,
  procfile: procfileSites,
  systemd: systemdSites,
  tox: toxSites,
  batch: batchSites,
  powershell: powershellSites,
  document: documentSites,
};

/** The finder for a file, by its kind, else by its first line; null where none knows it. */
function finderOf(path: string, kind: FileKind | null, text: string): SiteFinder | null {
  if (kind !== null) return BY_KIND[kind] ?? null;
  if (/(^|\/)(pyproject\.toml|setup\.(py|cfg))$/.test(path)) return metadataSites;
  if (/\.pyw?$/.test(path)) return pythonSites;
  return isShellScript(text) ? findInScript : null;
}

/** What a person left out stays as it is, and names what it named. */
function asLeftOut(site: Site): Site {
  const { names } = site;
  return { ...site, edits: [], alternative: null, listed: [], stillNames: names, creates: [] };
}
