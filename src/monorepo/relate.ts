import { antiPatternsOf } from "./anti-patterns.ts";
import { type CallSiteFile, callSiteKind } from "./call-site-files.ts";
import type { FileFacts } from "./file-facts.ts";
import { leadOf } from "./includes.ts";
import { lockKind, nameOf } from "./interest.ts";
import { projectsOf } from "./projects.ts";
import type { LockFile, NotRead, Scan, Script } from "./scan-data.ts";
import { sourcesOf } from "./sources.ts";
import type { Walk } from "./walk.ts";

/** Derives from what each file says what they are to one another. */
export function relate(root: string, walk: Walk, facts: readonly FileFacts[]): Scan {
  const sources = sourcesOf(walk, facts);
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
    unread: unreadOf(walk, facts),
    walk,
    facts,
  };
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

function unreadOf(walk: Walk, facts: readonly FileFacts[]): NotRead[] {
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
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
