/** Where the Python modules of a repository lie. Folders are relative to the root, `""` for it. */
export interface ModuleIndex {
  /** The folders in which a top-level module of this name lies. */
  foldersWith(name: string): readonly string[];
  /**
   * The file (or, for a package without `__init__.py`, the folder) that a dotted module is when
   * it is looked for in a folder; null where it is not there.
   */
  find(folder: string, module: string): string | null;
  /** The names of the modules that lie directly in a folder. */
  namesIn(folder: string): readonly string[];
}

/** An index over the paths of Python files, relative to the root with `/`. */
export function moduleIndex(files: readonly string[]): ModuleIndex {
  const all = new Set(files);
  const folders = new Set<string>();
  const byName = new Map<string, string[]>();
  const byFolder = new Map<string, string[]>();
  const add = (folder: string, name: string) => {
    push(byName, name, folder);
    push(byFolder, folder, name);
  };
  for (const file of files) {
    const parts = file.split("/");
    const name = parts.pop()!.replace(/\.pyw?$/, "");
    if (name !== "__init__" && name !== "__main__") add(parts.join("/"), name);
    while (parts.length > 0 && !folders.has(parts.join("/"))) {
      folders.add(parts.join("/"));
      const folder = parts.pop()!;
      add(parts.join("/"), folder);
    }
  }
  return {
    foldersWith: (name) => byName.get(name) ?? [],
    namesIn: (folder) => byFolder.get(folder) ?? [],
    find(folder, module) {
      const path = (folder === "" ? "" : `${folder}/`) + module.replaceAll(".", "/");
      for (const file of [`${path}/__init__.py`, `${path}.py`, `${path}.pyw`]) {
        if (all.has(file)) return file;
      }
      return folders.has(path) ? path : null;
    },
  };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}
