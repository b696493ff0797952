import { filesToRead, readFacts } from "./facts.ts";
import type { FileFacts } from "./file-facts.ts";
import { withIncluded, withoutOrphans } from "./included.ts";
import { folderOf } from "./interest.ts";
import { existingPaths } from "./local-paths.ts";
import { relate } from "./relate.ts";
import { scan } from "./scan.ts";
import type { Scan } from "./scan-data.ts";
import { resolveLinks, type Walk, type WalkOptions, walk } from "./walk.ts";

/**
 * The scan as it would be now, after these paths (files or folders, relative to the root with `/`)
 * were made, changed or removed; reads only what they touch. Throws as `scan` does.
 */
export async function updateScan(
  before: Scan,
  changed: readonly string[],
  options: WalkOptions,
): Promise<Scan> {
  const { root } = before;
  const touched = [...new Set(changed.filter((path) => !IN_GIT.test(path)).map(withEnvironment))];
  if (touched.includes(".") || changed.some((path) => RULES.test(path))) return scan(root, options);
  if (touched.length === 0) return before;
  const isTouched = (path: string) =>
    touched.some((one) => path === one || path.startsWith(`${one}/`));
  const merged = await mergeWalks(before, await walk(root, options, touched), isTouched);
  // Links are few, and what one leads to may have changed: they are always read anew.
  const links = new Set(merged.links.map(({ path }) => path));
  const isStale = (path: string) => isTouched(path) || links.has(path);
  const fresh = filesToRead(merged).filter(isStale);
  const facts = [
    ...before.facts.filter(({ path }) => !isStale(path)),
    ...(await readFacts(root, fresh, new Set(), options.signal)),
  ];
  const all = withoutOrphans(await withIncluded(root, facts, options.signal));
  return relate(root, merged, await withLocalPaths(root, all));
}

/** What lies in git's own folder, but for what says which files are ignored. */
const IN_GIT = /(^|\/)\.git\/(?!info\/exclude$)/;

/** Changes that can bring or hide any file: what is ignored, and where repositories begin. */
const RULES = /(^|\/)(\.gitignore|\.git|\.git\/info\/exclude)$/;

/** The environment, where a path is what makes a folder one. */
function withEnvironment(path: string): string {
  return /(^|\/)pyvenv\.cfg$/.test(path)
    ? folderOf(path)
    : path.replace(/(^|\/)conda-meta(\/.*)?$/, "") || ".";
}

async function mergeWalks(
  { root, walk: before }: Scan,
  part: Walk,
  isTouched: (path: string) => boolean,
): Promise<Walk> {
  const merge = <T>(old: readonly T[], fresh: readonly T[], pathOf: (item: T) => string): T[] =>
    [
      ...old.filter((item) => !isTouched(pathOf(item))),
      ...fresh.filter((item) => isTouched(pathOf(item))),
    ].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  const path = (item: { readonly path: string }) => item.path;
  const itself = (item: string) => item;
  return {
    files: merge(before.files, part.files, itself),
    links: await resolveLinks(root, merge(before.links, part.links, path).map(path)),
    environments: merge(before.environments, part.environments, path),
    repositories: merge(before.repositories, part.repositories, itself),
    unread: merge(before.unread, part.unread, path),
    knowsTracked: before.knowsTracked && part.knowsTracked,
  };
}

/** Local requirements may lead to what was made or removed, in whatever file they stand. */
function withLocalPaths(root: string, facts: readonly FileFacts[]): Promise<FileFacts[]> {
  return Promise.all(
    facts.map(async (fact) => {
      if (fact.reading === null) return fact;
      return { ...fact, localPaths: await existingPaths(root, fact.reading) };
    }),
  );
}
