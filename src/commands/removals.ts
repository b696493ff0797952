import { hunksOf } from "../migration/hunks.ts";
import type { Site } from "../migration/site.ts";
import { leadOf } from "../monorepo/includes.ts";
import type { LockFile, Scan, Source } from "../monorepo/scan.ts";
import type { Obstacle } from "./accounted.ts";
import { isMetadata } from "./accounted.ts";

/** Something scattered that the central requirements make needless. */
export interface Removal {
  /** Relative to the root, with `/`; a folder for an environment. */
  readonly path: string;
  readonly kind: "source" | "environment" | "lock" | "Conda file";
  /** One sentence: what goes with it. */
  readonly lost: string;
  /** Lines that stand in the way, each with the reason; none: it can be removed. */
  readonly inTheWay: readonly Obstacle[];
}

/** All that decides about removals. */
export interface RemovalInput {
  readonly scan: Pick<Scan, "sources" | "environments" | "locks" | "walk">;
  /** For each source the lines for which nothing stands in the central file. */
  readonly unaccounted: ReadonlyMap<string, readonly Obstacle[]>;
  /** Lines of other files that name a source and are no call site, by the source's path. */
  readonly mentions: ReadonlyMap<string, readonly Obstacle[]>;
  /** The text of a file with call sites. */
  readonly textOf: (path: string) => string;
  /** Notes about option lines that are not taken over, by the source's path. */
  readonly optionNotes: ReadonlyMap<string, number>;
}

/** What is scattered, before it is asked what stands in the way. */
type Candidate = Omit<Removal, "inTheWay">;

/**
 * What can be removed once the ticked sites are edited, and what stands in the way of the rest, as
 * it would be with everything in `wanted` (paths) removed together.
 */
export function removalsOf(
  input: RemovalInput,
  sites: readonly Site[],
  tickedSites: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): readonly Removal[] {
  const candidates = candidatesOf(input);
  const byPath = new Map(input.scan.sources.map((source) => [source.path, source]));
  const named = namesOf(sites, tickedSites);
  const gone = linesEdited(sites, tickedSites, input.textOf);
  let going = new Set(candidates.map(({ path }) => path).filter((path) => wanted.has(path)));
  for (;;) {
    const removals = candidates.map((one): Removal => {
      const source = byPath.get(one.path);
      const inTheWay = [
        ...nestedIn(input, one.path),
        ...(named.get(one.path) ?? []),
        ...(source ? ofSource(source, input, going) : []),
        ...(input.mentions.get(one.path) ?? []).filter(
          ({ path, line }) => !going.has(path) && !gone.has(`${path}:${line}`),
        ),
      ];
      return { ...one, inTheWay: distinct(inTheWay) };
    });
    // What cannot go may hold back others that were to go with it.
    const left = new Set(
      removals.flatMap(({ path, inTheWay }) =>
        going.has(path) && inTheWay.length === 0 ? [path] : [],
      ),
    );
    if (left.size === going.size) return removals;
    going = left;
  }
}

function candidatesOf({ scan, optionNotes }: RemovalInput): Candidate[] {
  const sources = scan.sources.filter(isScattered).map((source): Candidate => {
    const conda = source.format === "environment.yml";
    return {
      path: source.path,
      kind: conda ? "Conda file" : "source",
      lost: conda ? condaLoss(source) : sourceLoss(source, optionNotes.get(source.path) ?? 0),
    };
  });
  const locks = scan.locks.flatMap((lock): Candidate[] => {
    const lost = lockLoss(lock);
    return lost === null
      ? []
      : [{ path: lock.path, kind: lock.kind === "conda" ? "Conda file" : "lock", lost }];
  });
  const environments = scan.environments
    .filter(({ path }) => path !== ".")
    .map(({ path, python }): Candidate => {
      const which = python === null ? "" : ` of Python ${python}`;
      const lost = `The environment${which} with all that is installed in it; it does not come back.`;
      return { path, kind: "environment", lost };
    });
  return [...sources, ...locks, ...environments].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Scattered requirements: what is neither package metadata, nor One Venv's own. */
function isScattered(source: Source): boolean {
  return !isMetadata(source) && source.role !== "central" && source.role !== "exported";
}

function sourceLoss({ role, format, reading, compiledFrom }: Source, notes: number): string {
  const options = notes === 0 ? "" : `, and ${count(notes, "option")} that nothing stands for`;
  if (role === "compiled") {
    return `The pins compiled from ${compiledFrom}; the lock has its own${options}.`;
  }
  const tool = format === "Pipfile" ? ", and pipenv's way to run" : "";
  const stands =
    role === "constraint"
      ? "Its limits stand in build/python"
      : `What it declares (${reading.declarations.length}) stands in the central file`;
  return `${stands}; its comments${options}${tool} do not.`;
}

function condaLoss({ reading }: Source): string {
  const packages = count(reading.notes.length, "Conda package");
  return reading.notes.length === 0
    ? "Conda's environment; nothing but its pip list stands in it."
    : `${packages} that pip does not install (${reading.notes
        .slice(0, 3)
        .map(({ raw }) => raw)
        .join(", ")}${reading.notes.length > 3 ? ", …" : ""}).`;
}

function lockLoss({ kind }: LockFile): string | null {
  if (kind === "poetry") return "The versions that Poetry pinned; requirements.lock has its own.";
  if (kind === "pipenv") return "The versions that pipenv pinned; requirements.lock has its own.";
  return kind === "conda" ? "The versions and builds that Conda pinned, for all platforms." : null;
}

/** The lines that would still name a path (a source or an environment) after the ticked edits. */
function namesOf(
  sites: readonly Site[],
  ticked: ReadonlySet<string>,
): ReadonlyMap<string, readonly Obstacle[]> {
  const found = sites.flatMap((site) => {
    const done = ticked.has(site.id) && site.edits.length > 0;
    const names = done ? site.stillNames : site.names;
    return names.map((name) => {
      const reason = site.edits.length > 0 && !done ? `not ticked: ${site.text}` : site.reason;
      return { name, obstacle: { path: site.path, line: site.line, reason } };
    });
  });
  const byName = Map.groupBy(found, ({ name }) => name);
  return new Map([...byName].map(([name, all]) => [name, all.map(({ obstacle }) => obstacle)]));
}

/** The lines (`PATH:LINE`) that the edits of ticked sites take away or change. */
function linesEdited(
  sites: readonly Site[],
  ticked: ReadonlySet<string>,
  textOf: (path: string) => string,
): ReadonlySet<string> {
  const made = sites.filter(({ id }) => ticked.has(id));
  const hunks = made.flatMap(({ path, edits }) =>
    hunksOf(textOf(path), edits).map((hunk) => ({ path, ...hunk })),
  );
  return new Set(
    hunks.flatMap(({ path, line, before }) => before.map((_, i) => `${path}:${line + i}`)),
  );
}

function nestedIn({ scan }: RemovalInput, path: string): Obstacle[] {
  const home = scan.walk.repositories.find((folder) => path.startsWith(`${folder}/`));
  if (home === undefined) return [];
  return [{ path, line: 1, reason: `it lies in ${home}, a repository of its own` }];
}

/** What stands in the way of a source: in it, and in the sources around it. */
function ofSource(source: Source, input: RemovalInput, going: ReadonlySet<string>): Obstacle[] {
  const { scan, unaccounted } = input;
  const { path } = source;
  const stays = scan.sources.filter((other) => other.path !== path && !going.has(other.path));
  const compiled = stays.filter(({ compiledFrom }) => compiledFrom === path);
  return [
    ...(unaccounted.get(path) ?? []),
    ...stays.flatMap((other) =>
      linesTo(other, path).map((line) => ({
        path: other.path,
        line,
        reason: `it names ${path}, and stays`,
      })),
    ),
    ...compiled.map((other) => ({
      path: other.path,
      line: 1,
      reason: `it is compiled from ${path}, and stays`,
    })),
    ...source.aliases.map((alias) => ({
      path: alias,
      line: 1,
      reason: `a symbolic link to ${path}: remove the link first`,
    })),
    ...orphans(source, stays),
  ];
}

/** The lines of a source that include another one. */
function linesTo({ path, reading }: Source, target: string): number[] {
  return reading.references.flatMap((reference) => {
    const lead = leadOf(path, reference);
    return "path" in lead && lead.path === target ? [reference.span.line] : [];
  });
}

/** What is a source, or a limit, only because this one names it: alone it would be something else. */
function orphans(source: Source, stays: readonly Source[]): Obstacle[] {
  return stays.flatMap((other) => {
    const hangs =
      other.role === "included" || (other.role === "constraint" && !/constraint/i.test(other.path));
    const [line] = linesTo(source, other.path);
    if (!hangs || line === undefined) return [];
    if (stays.some((third) => linesTo(third, other.path).length > 0)) return [];
    return [
      { path: source.path, line, reason: `only this line leads to ${other.path}: remove both` },
    ];
  });
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  const byPlace = new Map(
    obstacles.map((one) => [`${one.path}:${one.line}`, one] as const).reverse(),
  );
  return [...byPlace.values()].sort((a, b) =>
    a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1,
  );
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
