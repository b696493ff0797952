import type { Reading } from "../requirements/declaration.ts";
import { antiPatternsOf } from "./anti-patterns.ts";
import { type CallSiteFile, callSiteKind } from "./call-site-files.ts";
import type { FileFacts } from "./facts.ts";
import { cycles, type Include, includesOf, leadOf } from "./includes.ts";
import { folderOf, lockKind, nameOf } from "./interest.ts";
import { projectsOf } from "./projects.ts";
import type { LockFile, NotRead, Role, Scan, Script, Source } from "./scan-data.ts";
import type { Walk } from "./walk.ts";

const CENTRAL = "build/python/requirements.txt";

/** Derives from what each file says what they are to one another. */
export function relate(root: string, walk: Walk, facts: readonly FileFacts[]): Scan {
  const includes = includesOf(facts);
  const loops = cycles(includes);
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  const sources = facts
    .filter(({ reading, standsAlone, reason }) => reading !== null || (reason && standsAlone))
    .map((fact): Source => {
      const reading = fact.reading ?? emptyReading(fact.path);
      const loop = loops.get(fact.path) ?? [];
      return {
        path: fact.path,
        format: reading.format,
        project: projectOf(fact, byPath, includes),
        role: roleOf(fact, includes),
        reading: { ...reading, notUnderstood: [...reading.notUnderstood, ...loop] },
        compiledFrom: null,
        localPaths: fact.localPaths,
        aliases: aliasesOf(fact.path, walk, facts),
        reason: fact.reason,
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const locks = locksOf(walk);
  const condaFiles = [
    ...sources.filter(({ format }) => format === "environment.yml").map(({ path }) => path),
    ...locks.filter(({ kind }) => kind === "conda").map(({ path }) => path),
  ].sort();
  const { environments } = walk;
  return {
    root,
    sources,
    projects: projectsOf(sources, facts),
    scripts: scriptsOf(walk, facts),
    environments,
    condaFiles,
    locks,
    callSiteFiles: callSiteFilesOf(walk, facts),
    antiPatterns: antiPatternsOf({ environments, condaFiles, locks }),
    unread: unreadOf(walk, facts, byPath),
    walk,
    facts,
  };
}

function emptyReading(file: string): Reading {
  const nothing = { declarations: [], references: [], options: [], notUnderstood: [], notes: [] };
  return { file, format: "requirements.txt", ...nothing, metadata: null };
}

function roleOf({ path, standsAlone, exported }: FileFacts, includes: readonly Include[]): Role {
  if (path === CENTRAL) return "central";
  if (exported) return "exported";
  const required = includes.some(
    ({ to, reference }) => to === path && reference.kind === "include",
  );
  if (!standsAlone) return required ? "included" : "constraint";
  return /constraint/i.test(nameOf(path)) && !required ? "constraint" : "input";
}

/** The project of a source: its folder, or that of the source which alone leads to it. */
function projectOf(
  { path, standsAlone }: FileFacts,
  byPath: ReadonlyMap<string, FileFacts>,
  includes: readonly Include[],
  seen: readonly string[] = [],
): string {
  if (path === CENTRAL) return ".";
  const includer = includes.find(({ from, to }) => to === path && !seen.includes(from));
  if (!standsAlone && includer) {
    return projectOf(byPath.get(includer.from)!, byPath, includes, [...seen, path]);
  }
  const folder = folderOf(path);
  return nameOf(folder) === "requirements" ? folderOf(folder) : folder;
}

function aliasesOf(path: string, walk: Walk, facts: readonly FileFacts[]): string[] {
  const links = walk.links.filter(({ target }) => target === path);
  const included = facts.filter(({ aliasOf }) => aliasOf === path);
  return [...new Set([...links, ...included].map((other) => other.path))].sort();
}

function scriptsOf(walk: Walk, facts: readonly FileFacts[]): Script[] {
  const blocks = new Map(facts.map((fact) => [fact.path, fact.mainBlocks]));
  return walk.files.flatMap((path): Script[] => {
    if (nameOf(path) === "__main__.py") {
      return [{ path, kind: "package", blocks: blocks.get(path) ?? [] }];
    }
    const found = blocks.get(path) ?? [];
    return found.length > 0 ? [{ path, kind: "main block", blocks: found }] : [];
  });
}

function locksOf({ files }: Walk): LockFile[] {
  return files.flatMap((path) => {
    const kind = lockKind(path);
    return kind === null ? [] : [{ path, kind }];
  });
}

function callSiteFilesOf(walk: Walk, facts: readonly FileFacts[]): CallSiteFile[] {
  const shells = new Set(facts.filter(({ shell }) => shell).map(({ path }) => path));
  return walk.files.flatMap((path) => {
    const kind = callSiteKind(path) ?? (shells.has(path) ? "shell" : null);
    return kind ? [{ path, kind }] : [];
  });
}

function unreadOf(
  walk: Walk,
  facts: readonly FileFacts[],
  byPath: ReadonlyMap<string, FileFacts>,
): NotRead[] {
  const met = walk.unread.map((one) => ({ ...one, from: null }));
  const links = walk.links.flatMap(({ path, reason }) =>
    reason === null ? [] : [{ path, reason, from: null }],
  );
  const own = facts.flatMap(({ path, reason, standsAlone }) =>
    reason !== null && standsAlone ? [{ path, reason, from: null }] : [],
  );
  const named = facts.flatMap(({ path: file, reading }) =>
    (reading?.references ?? []).flatMap((reference) => {
      const lead = leadOf(file, reference);
      const from = { file, span: reference.span };
      if ("reason" in lead) return [{ path: reference.target, reason: lead.reason, from }];
      const reason = byPath.get(lead.path)?.reason ?? null;
      return reason === null ? [] : [{ path: lead.path, reason, from }];
    }),
  );
  return [...met, ...links, ...own, ...named];
}
