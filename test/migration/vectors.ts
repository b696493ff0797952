import { withEdits } from "../../src/migration/edit.ts";
import { findSites } from "../../src/migration/find.ts";
import type { MigrationInput } from "../../src/migration/input.ts";
import type { Site, SiteKind } from "../../src/migration/site.ts";
import { callSiteKind } from "../../src/monorepo/call-site-files.ts";

/** A case of call-sites.json; the README of the vectors explains the fields. */
export interface Vector {
  readonly id: string;
  readonly kind: SiteKind | "leave";
  readonly file: string;
  readonly before: string;
  readonly after?: string;
  readonly alternative?: string;
  readonly tree?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly listed?: readonly number[];
  readonly removed?: readonly string[];
  readonly declared?: readonly string[];
  readonly creates?: readonly string[];
  readonly console_scripts?: readonly string[];
}

/** What a migration of the vector's file is handed. */
export function inputOf(vector: Vector): MigrationInput {
  const files = vector.files ?? {};
  const others = Object.entries(files).map(([path, text]) => siteFile(path, text));
  return {
    files: [siteFile(vector.file, vector.before), ...others],
    tree: new Set([vector.file, ...Object.keys(files), ...(vector.tree ?? [])]),
    textOf: (path) => files[path] ?? null,
    accounted: new Set(vector.removed),
    declared: new Set(vector.declared),
    consoleScripts: new Set(vector.console_scripts),
    environments: new Set(["venv"]),
    python: "3.11",
    excluded: new Set(),
  };
}

export function siteFile(path: string, text: string): MigrationInput["files"][number] {
  return { path, kind: callSiteKind(path), text };
}

export interface Outcome {
  readonly kind: SiteKind | "leave";
  readonly after: string;
  readonly alternative: string | null;
  readonly listed: readonly number[];
  readonly creates: readonly string[];
}

/** What becomes of one file: the strongest kind of its sites, and its text with all edits made. */
export function outcomeOf(path: string, text: string, input: MigrationInput): Outcome {
  const sites = findSites(input).filter((site) => site.path === path);
  return {
    kind: strongest(sites),
    after: withEdits(
      text,
      sites.flatMap((site) => site.edits),
    ),
    alternative: sites.some((site) => site.alternative !== null)
      ? withEdits(
          text,
          sites.flatMap((site) => site.alternative ?? site.edits),
        )
      : null,
    listed: sites.flatMap((site) => site.listed),
    creates: sites.flatMap((site) => site.creates.map((lock) => lock.path)),
  };
}

function strongest(sites: readonly Site[]): SiteKind | "leave" {
  const kinds = new Set(sites.map((site) => site.kind));
  return (["report", "offer", "rewrite"] as const).find((kind) => kinds.has(kind)) ?? "leave";
}
