/** All that finding call sites is handed: values, no I/O. Paths are relative to the root, with `/`. */
export interface MigrationInput {
  /** The files that may hold call sites. */
  readonly files: readonly SiteFile[];
  /** Every file of the repository that git does not ignore. Folders are their prefixes. */
  readonly tree: ReadonlySet<string>;
  /** The text of a file of the tree (for shebangs, a Dockerfile's context); null where unreadable. */
  readonly textOf: (path: string) => string | null;
  /** Sources whose every declaration the central requirements account for. */
  readonly accounted: ReadonlySet<string>;
  /** Normalised names that the central requirements hold. */
  readonly declared: ReadonlySet<string>;
  /** Names in the central venv's program folder, such as pytest. */
  readonly consoleScripts: ReadonlySet<string>;
  /** Stray environments, such as `venv` or `services/a/.venv`. */
  readonly environments: ReadonlySet<string>;
  /** The central venv's Python as major.minor, or null where it is not known. */
  readonly python: string | null;
  /** Ids of sites that a person left out: they stay as they are, and what hangs on them does too. */
  readonly excluded: ReadonlySet<string>;
}

/** What a finder of sites is handed: the input, and what is derived from it once. */
export interface FinderInput extends MigrationInput {
  /** The folders of the tree; the root is `""`. */
  readonly folders: ReadonlySet<string>;
}

/** The input with what finders need of it. */
export function finderInput(input: MigrationInput): FinderInput {
  const folders = new Set([""]);
  for (const path of input.tree) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { ...input, folders };
}

/** A file that may hold call sites. */
export interface SiteFile {
  readonly path: string;
  /** What its name says it is written in (`callSiteKind` of monorepo); null where the name says nothing. */
  readonly kind: FileKind | null;
  /** Decoded, a BOM stripped. */
  readonly text: string;
}

export type FileKind =
  | "make"
  | "shell"
  | "github"
  | "gitlab"
  | "ci"
  | "docker"
  | "dockerignore"
  | "compose"
  | "pre-commit"
  | "package.json"
  | "vscode"
  | "devcontainer"
  | "procfile"
  | "systemd"
  | "tox"
  | "batch"
  | "powershell"
  | "document";
