import type { FinderInput } from "../input.ts";
import { folderOf, joined, nameOf } from "../shell/paths.ts";
import { type Program, programOf } from "./program.ts";
import { readMakefile } from "./read.ts";
import type { Reading } from "./statement.ts";

const STANDARD = /^(GNUmakefile|makefile|Makefile)$/;

/**
 * The programs of a repository: one for each makefile that make is started with. It runs in the
 * file's own folder, or where another file starts it from with `-f`.
 */
export function programsOf(input: FinderInput): readonly Program[] {
  const readings = new Map<string, Reading | null>();
  const texts = new Map(input.files.map(({ path, text }) => [path, text]));
  const readOne = (path: string): Reading | null => {
    if (!readings.has(path)) {
      const text = texts.get(path) ?? (input.tree.has(path) ? input.textOf(path) : null);
      readings.set(path, text === null ? null : readMakefile(path, text));
    }
    return readings.get(path)!;
  };
  const read = (pattern: string): readonly Reading[] => {
    const named = /[*?[]/.test(pattern) ? [...input.tree].filter(matching(pattern)) : [pattern];
    return named.flatMap((path) => readOne(path) ?? []);
  };
  const paths = input.files.flatMap(({ path, kind }) => (kind === "make" ? [path] : []));
  const started = startedElsewhere(input);
  const standard = paths.filter((path) => STANDARD.test(nameOf(path)));
  const programs = standard.flatMap((path) =>
    programFor(path, [folderOf(path), ...(started.get(path) ?? [])], read, input.tree),
  );
  const included = new Set(
    programs.flatMap(({ readings: all, entry }) =>
      all.map(({ path }) => path).filter((path) => path !== entry),
    ),
  );
  const others = paths.filter((path) => !standard.includes(path) && !included.has(path));
  return [
    ...programs,
    ...others.flatMap((path) =>
      programFor(path, started.get(path) ?? [folderOf(path), ""], read, input.tree),
    ),
  ];
}

function programFor(
  path: string,
  folders: readonly string[],
  read: (pattern: string) => readonly Reading[],
  tree: ReadonlySet<string>,
): Program[] {
  return read(path).map((reading) => programOf(reading, likely(reading.text, folders, tree), read));
}

/** Of several folders that make may run in, the one in which the files lie that the text names. */
function likely(
  text: string,
  folders: readonly string[],
  tree: ReadonlySet<string>,
): readonly string[] {
  const all = [...new Set(folders)];
  if (all.length === 1) return all;
  const named = [...text.matchAll(/(?<![\w./$)}-])[\w.][\w./-]*\.\w+(?![\w/])/g)].map(
    ([path]) => path,
  );
  const there = all.filter((folder) =>
    named.some((path) => {
      const place = joined(folder, path);
      return place !== null && tree.has(place);
    }),
  );
  return there.length === 1 ? there : all;
}

/** Whether a path fits a pattern of file names, in which `*` and `?` stop at a slash. */
function matching(pattern: string): (path: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  try {
    const expression = new RegExp(`^${source}$`);
    return (path) => expression.test(path);
  } catch {
    return () => false;
  }
}

const STARTS =
  /(?:\bg?make|\$[({]MAKE[)}])[^\n;&|]*?\s(?:-f|--file=|--makefile=)\s*["']?([^\s"';&|)]+)/g;

/** From which folders makefiles are started with `-f`, as far as a line of another file tells. */
function startedElsewhere({ files, tree }: FinderInput): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, text } of files) {
    if (!text.includes("make") && !text.includes("MAKE")) continue;
    for (const [, named] of text.matchAll(STARTS)) {
      for (const folder of [folderOf(path), ""]) {
        const place = joined(folder, named!);
        if (place === null || !tree.has(place)) continue;
        found.set(place, [...(found.get(place) ?? []), folder]);
        break;
      }
    }
  }
  return found;
}
