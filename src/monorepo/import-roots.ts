import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Span } from "../requirements/declaration.ts";
import { normalizeName } from "../requirements/name.ts";
import { decode } from "../requirements/readers/decode.ts";
import { distributionsOf } from "./distribution-names.ts";
import { lookUp } from "./import-lookup.ts";
import { type Import, importsOf, setsItsPath } from "./import-statements.ts";
import { folderOf, isPython, nameOf } from "./interest.ts";
import { type ModuleIndex, moduleIndex } from "./module-index.ts";
import type { Scan, Script } from "./scan-data.ts";
import { isStandard } from "./standard-library.ts";

/** An import that the runner would not resolve by the root and the script's own folder alone. */
export interface FarImport {
  readonly script: string;
  /** The file with the import: the script, or a module that it loads. */
  readonly file: string;
  readonly span: Span;
  readonly module: string;
}

/** A folder that has to be an import root (a line of pythonpath.txt), and why. */
export interface ImportRoot {
  /** Relative to the root, with `/`. */
  readonly folder: string;
  readonly evidence: readonly FarImport[];
  /** Modules there that would hide one of the standard library or a declared distribution. */
  readonly shadows: readonly string[];
}

/** An import whose module lies in two or more folders: which is meant is for a person to say. */
export interface AmbiguousImport extends FarImport {
  readonly candidates: readonly string[];
}

export interface ImportRoots {
  readonly needed: readonly ImportRoot[];
  readonly ambiguous: readonly AmbiguousImport[];
}

/** The import roots that a scan's scripts need, read from disk. */
export async function findImportRoots(scan: Scan, signal?: AbortSignal): Promise<ImportRoot[]> {
  return (await findImports(scan, signal)).needed.slice();
}

/** The import roots that a scan's scripts need, and what is ambiguous, read from disk. */
export async function findImports(scan: Scan, signal?: AbortSignal): Promise<ImportRoots> {
  const textOf = async (path: string) => {
    signal?.throwIfAborted();
    const bytes = await readFile(join(scan.root, path)).catch(() => new Uint8Array());
    return decode(bytes).text;
  };
  const lines = (await textOf(PYTHONPATH)).split(/\r\n|\r|\n/).map((line) => line.trim());
  const roots = lines.map((line) => line.replace(/\/$/, "")).filter((line) => !/^(#|$)/.test(line));
  return importRoots(scan, { roots, installed: [] }, textOf);
}

const PYTHONPATH = "build/python/pythonpath.txt";

/** What decides about imports besides the files. */
export interface ImportContext {
  /** The lines of pythonpath.txt: where a module lies in several folders, they have chosen. */
  readonly roots: readonly string[];
  /** Names of installed distributions, as far as they are known. */
  readonly installed: readonly string[];
}

/**
 * The import roots that the scripts of a scan need: for each script and the modules that it loads
 * from the repository, what lies neither beside the script nor at the root. Nothing is proposed
 * for the standard library, declared or installed distributions, imports that may fail, and
 * scripts that set `sys.path` themselves. `textOf` gives a file's text, "" where it cannot.
 */
export async function importRoots(
  { walk, scripts, sources }: Pick<Scan, "walk" | "scripts" | "sources">,
  { roots, installed }: ImportContext,
  textOf: (path: string) => Promise<string>,
): Promise<ImportRoots> {
  const index = moduleIndex(walk.files.filter(isPython));
  const known = new Set([...installed, ...declaredNames(sources)].map(normalizeName));
  const comesFromElsewhere = (name: string) =>
    isStandard(name) || distributionsOf(name).some((one) => known.has(one));
  const read = remembering(async (path) => {
    const text = await textOf(path);
    return { imports: importsOf(text), setsPath: setsItsPath(text) };
  });
  const far: AmbiguousImport[] = [];
  for (const script of scripts) {
    const found = await farImportsOf(script, roots, index, comesFromElsewhere, read);
    far.push(...found);
  }
  const single = far.filter(({ candidates }) => candidates.length === 1);
  const needed = [...Map.groupBy(single, ({ candidates }) => candidates[0]!)].map(
    ([folder, imports]): ImportRoot => ({
      folder,
      evidence: imports.map(({ candidates: _, ...evidence }) => evidence),
      shadows: index.namesIn(folder).filter(comesFromElsewhere).sort(),
    }),
  );
  return {
    needed: needed.sort((a, b) => (a.folder < b.folder ? -1 : 1)),
    ambiguous: far.filter(({ candidates }) => candidates.length > 1),
  };
}

interface FileImports {
  readonly imports: readonly Import[];
  readonly setsPath: boolean;
}

async function farImportsOf(
  { path: script, kind }: Script,
  roots: readonly string[],
  index: ModuleIndex,
  comesFromElsewhere: (name: string) => boolean,
  read: (path: string) => Promise<FileImports>,
): Promise<AmbiguousImport[]> {
  const folder = asFolder(folderOf(script));
  // `python -m package` finds the package in the folder that holds it.
  const around = kind === "package" ? [asFolder(folderOf(folder))] : [];
  const path = [folder, ...around, ""];
  const far: AmbiguousImport[] = [];
  const seen = new Set([script]);
  for (const file of seen) {
    const { imports, setsPath } = await read(file);
    if (setsPath) return [];
    for (const one of imports) {
      let { files, candidates } = lookUp(one, file, path, index, comesFromElsewhere);
      if (candidates.length > 0 && !one.guarded) {
        candidates = likely(candidates, roots, index);
        const { span, module } = one;
        far.push({ script, file, span, module, candidates });
        if (candidates.length === 1) {
          path.push(candidates[0]!);
          files = lookUp(one, file, path, index, comesFromElsewhere).files;
        }
      }
      for (const loaded of files) seen.add(loaded);
    }
  }
  return far;
}

/** The one that is an import root already, else those that are no packages themselves, else all. */
function likely(folders: readonly string[], roots: readonly string[], index: ModuleIndex) {
  const chosen = roots.find((root) => folders.includes(root));
  if (chosen !== undefined) return [chosen];
  const outside = folders.filter((folder) => {
    const found = folder === "" ? null : index.find(asFolder(folderOf(folder)), nameOf(folder));
    return found === null || !found.endsWith("__init__.py");
  });
  return (outside.length > 0 ? outside : [...folders]).sort();
}

function declaredNames(sources: Scan["sources"]): string[] {
  return sources.flatMap(({ reading }) => reading.declarations.flatMap(({ name }) => name ?? []));
}

function asFolder(folder: string): string {
  return folder === "." ? "" : folder;
}

function remembering<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (path) => {
    const value = known.get(path) ?? read(path);
    known.set(path, value);
    return value;
  };
}
