import type { Reading } from "../requirements/declaration.ts";
import { formatOf } from "../requirements/readers/recognise.ts";
import { inputOf, presenceIn } from "./compiled.ts";
import type { FileFacts } from "./file-facts.ts";
import { cycles, type Include, includesOf } from "./includes.ts";
import { folderOf, nameOf } from "./interest.ts";
import type { Role, Source } from "./scan-data.ts";
import type { Walk } from "./walk.ts";

const CENTRAL = "build/python/requirements.txt";

/** The sources among files, and what they are to one another; sorted by path. */
export function sourcesOf(walk: Walk, facts: readonly FileFacts[]): Source[] {
  const includes = includesOf(facts);
  const into = Map.groupBy(includes, ({ to }) => to);
  const loops = cycles(includes);
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  const presenceOf = presenceIn(facts);
  const aliases = aliasesIn(walk, facts);
  const declaring = facts.filter((fact) => isSource(fact) && !isIdle(fact, byPath));
  return declaring.map((fact) => {
    const { path, localPaths, reason } = fact;
    const named = into.get(path) ?? [];
    const compiledFrom = inputOf(fact, presenceOf);
    const read = ofGroup(fact.reading ?? emptyReading(path), fact, named);
    const reading = isOverruled(path, byPath) ? withoutDoubts(read) : read;
    const notUnderstood = [...reading.notUnderstood, ...(loops.get(path) ?? [])];
    return {
      path,
      format: reading.format,
      project: projectOf(fact, byPath, into),
      role: roleOf(fact, named, compiledFrom),
      reading: { ...reading, notUnderstood },
      compiledFrom,
      localPaths,
      aliases: aliases.get(path) ?? [],
      reason,
    };
  });
}

/**
 * Whether the pyproject.toml beside a setup.py declares the dependencies: setuptools takes them
 * from there alone, and other tools never look into setup.py.
 */
function isOverruled(path: string, byPath: ReadonlyMap<string, FileFacts>): boolean {
  if (nameOf(path) !== "setup.py") return false;
  const beside = byPath.get(path.replace(/setup\.py$/, "pyproject.toml"))?.reading;
  return beside?.declarations.some(({ group }) => group.kind === "main") === true;
}

/** A setup.py of which nothing is left beside its pyproject.toml declares nothing. */
function isIdle({ path, reading }: FileFacts, byPath: ReadonlyMap<string, FileFacts>): boolean {
  const declared = reading?.declarations.length ?? 0;
  return declared + (reading?.references.length ?? 1) === 0 && isOverruled(path, byPath);
}

function withoutDoubts(reading: Reading): Reading {
  const doubts = reading.notUnderstood.map(({ span, raw, reason }) => {
    return { span, raw, message: `pyproject.toml decides; here: ${reason}` };
  });
  return { ...reading, notUnderstood: [], notes: [...reading.notes, ...doubts] };
}

/** A file that could not be read is a source if its name is one's; a missing include is none. */
function isSource({ reading, standsAlone, reason }: FileFacts): boolean {
  return reading !== null || (reason !== null && standsAlone);
}

function emptyReading(file: string): Reading {
  const format = formatOf(file);
  return {
    file,
    format: format === null || format === "maybe requirements" ? "requirements.txt" : format,
    ...{ declarations: [], references: [], options: [], notUnderstood: [], notes: [] },
    metadata: null,
  };
}

function roleOf(fact: FileFacts, named: readonly Include[], compiledFrom: string | null): Role {
  const { path, standsAlone, exported } = fact;
  if (path === CENTRAL) return "central";
  if (exported) return "exported";
  if (compiledFrom !== null) return "compiled";
  if (named.some(({ reference }) => reference.kind === "include")) {
    return standsAlone ? "input" : "included";
  }
  if (/constraint/i.test(nameOf(path)) || /(^|\/)constraints\/[^/]+$/.test(path))
    return "constraint";
  // What is only named by -c constrains, unless its name makes it an input of its own.
  if (named.length > 0 && (!standsAlone || PINS.test(nameOf(path)))) return "constraint";
  return "input";
}

const PINS = /(^|[-_.])(pins?|pinned|limits?|locks?|locked|freeze|frozen|versions?)([-_.]|$)/i;

/** The project of a source: its folder, or that of the source which alone leads to it. */
function projectOf(
  { path, standsAlone, reading }: FileFacts,
  byPath: ReadonlyMap<string, FileFacts>,
  into: ReadonlyMap<string, readonly Include[]>,
  seen: readonly string[] = [],
): string {
  if (path === CENTRAL) return ".";
  const includer = into.get(path)?.find(({ from }) => from !== path && !seen.includes(from));
  if (!standsAlone && includer) {
    return projectOf(byPath.get(includer.from)!, byPath, into, [...seen, path]);
  }
  return owningFolder(folderOf(path), reading?.format === "requirements.txt");
}

/** A folder named `requirements` counts as its parent, and what lists of packages it sorts into. */
function owningFolder(folder: string, isList: boolean): string {
  if (nameOf(folder) === "requirements") return folderOf(folder);
  const inside = isList ? /^(?:(.*)\/)?requirements\/./.exec(folder) : null;
  return inside === null ? folder : (inside[1] ?? ".");
}

/** What is included for an optional group only belongs to that group. */
function ofGroup(reading: Reading, { standsAlone }: FileFacts, named: readonly Include[]): Reading {
  const [first] = named;
  const group = first?.reference.group;
  if (
    standsAlone ||
    !group ||
    named.some(({ reference }) => reference.group?.name !== group.name)
  ) {
    return reading;
  }
  const declarations = reading.declarations.map((declaration) => ({ ...declaration, group }));
  return { ...reading, declarations };
}

/** The other names of files: symbolic links, met or named by an include. */
function aliasesIn(walk: Walk, facts: readonly FileFacts[]): Map<string, string[]> {
  const pairs = [
    ...walk.links.map(({ path, target }) => [target, path] as const),
    ...facts.map(({ path, aliasOf }) => [aliasOf, path] as const),
  ];
  const names = new Map<string, string[]>();
  for (const [target, path] of pairs) {
    if (target === null || names.get(target)?.includes(path)) continue;
    names.set(target, [...(names.get(target) ?? []), path].sort());
  }
  return names;
}
