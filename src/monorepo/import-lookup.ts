import type { Import } from "./import-statements.ts";
import { folderOf } from "./interest.ts";
import type { ModuleIndex } from "./module-index.ts";

/** Where an import leads: to files of the repository, or to folders that would have to be import roots. */
export interface Lookup {
  /** Files that the import loads, as it is. */
  readonly files: readonly string[];
  /** Folders in which the module lies though nobody looks there; empty where it is found. */
  readonly candidates: readonly string[];
}

const NOWHERE: Lookup = { files: [], candidates: [] };

/**
 * Looks for what the file `from` imports: in the folders of `path` in their order, then in the
 * whole repository. Modules for which `comesFromElsewhere` holds are not looked for there.
 */
export function lookUp(
  statement: Import,
  from: string,
  path: readonly string[],
  index: ModuleIndex,
  comesFromElsewhere: (name: string) => boolean,
): Lookup {
  const base = folderOf(from) === "." ? "" : folderOf(from);
  if (statement.level > 0) {
    const folder = base
      .split("/")
      .slice(0, -(statement.level - 1) || undefined)
      .join("/");
    return { files: filesOf(statement, folder, index), candidates: [] };
  }
  const top = statement.module.split(".")[0]!;
  if (top === "" || comesFromElsewhere(top)) return NOWHERE;
  const here = path.find((folder) => isThere(statement, folder, index));
  if (here !== undefined) return { files: filesOf(statement, here, index), candidates: [] };
  const candidates = index.foldersWith(top).filter((folder) => isThere(statement, folder, index));
  return { files: [], candidates };
}

/** Whether a statement finds its module in a folder. */
function isThere(statement: Import, folder: string, index: ModuleIndex): boolean {
  const found = index.find(folder, statement.module);
  if (found === null) return false;
  if (/\.pyw?$/.test(found)) return true;
  // A folder without __init__.py is a package only for what is imported from it.
  return statement.names.some((name) => index.find(folder, `${statement.module}.${name}`) !== null);
}

/** The module, the packages around it, and those of its names that are modules. */
function filesOf(statement: Import, folder: string, index: ModuleIndex): string[] {
  const parts = statement.module.split(".").filter(Boolean);
  const prefixes = parts.map((_, depth) => parts.slice(0, depth + 1).join("."));
  const names = statement.names.map((name) => [...parts, name].join("."));
  return [...prefixes, ...names]
    .map((module) => index.find(folder, module))
    .filter((file): file is string => file !== null && /\.pyw?$/.test(file));
}
