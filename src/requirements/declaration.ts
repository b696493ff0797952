/**
 * What one requirement in one source is, and what reading a whole source yields.
 *
 * Lines and columns count from 1, columns in UTF-16 code units (as VS Code counts them);
 * the end is exclusive.
 */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The formats that a source can have; lock files are recognised but never merged. */
export type Format =
  | "requirements.txt"
  | "pyproject.toml"
  | "setup.cfg"
  | "setup.py"
  | "Pipfile"
  | "environment.yml"
  | "pep723"
  | "poetry.lock"
  | "uv.lock"
  | "Pipfile.lock"
  | "pylock.toml";

/** Which part of its source a declaration belongs to; `name` tells groups of one kind apart. */
export interface Group {
  readonly kind: "main" | "optional" | "group" | "build" | "script";
  readonly name: string | null;
}

/** One requirement in one source, where it stands and what it says. */
export interface Declaration {
  /** Path relative to the root, with `/`. */
  readonly file: string;
  readonly span: Span;
  /** The file's own text between start and end of `span`. */
  readonly raw: string;
  /** As written, not normalised; null where a URL or path names no package. */
  readonly name: string | null;
  /** PEP 440 specifiers joined by `,` without spaces, in the order written; "" for any version. */
  readonly specifier: string;
  /** As written, without duplicates, sorted. */
  readonly extras: readonly string[];
  /** The marker in its normal form (as `packaging` prints it), or null. */
  readonly marker: string | null;
  /** URL, VCS address or local path (as written, `${VAR}` kept), or null. */
  readonly link: string | null;
  readonly editable: boolean;
  /** `sha256:…` and the like, in the order written. */
  readonly hashes: readonly string[];
  /** `KEY=VALUE` of each `--config-settings` on the requirement's line; absent where there is none. */
  readonly configSettings?: readonly string[];
  readonly group: Group;
}

/** Another file that a source names: `-r`, `-c`, or a `file:` directive. */
export interface Reference {
  readonly kind: "include" | "constraint";
  /** As written (`${VAR}` kept), relative to the file that holds it; may be a URL. */
  readonly target: string;
  readonly span: Span;
  readonly raw: string;
  /** What the file's requirements belong to; absent for the main ones. */
  readonly group?: Group;
}

/** An option line of a requirements file, such as `--index-url`; long name, without dashes. */
export interface Option {
  readonly name: string;
  /** As written; null for a flag. */
  readonly value: string | null;
  readonly span: Span;
  readonly raw: string;
}

/** Something a reader met and could not use, and why; it blocks the deletion of its file. */
export interface NotUnderstood {
  readonly span: Span;
  readonly raw: string;
  readonly reason: string;
}

/** Something a person should know that loses nothing (an option that pip ignores, an old encoding). */
export interface Note {
  readonly span: Span;
  readonly raw: string;
  readonly message: string;
}

/** A metadata value with its place, such as `requires-python`. */
export interface Located {
  readonly value: string;
  readonly span: Span;
}

/** What a project's metadata says of itself. */
export interface Metadata {
  readonly name: string | null;
  readonly version: string | null;
  readonly requiresPython: Located | null;
}

/** A dependency group that takes in another one (`{include-group = "…"}`); both names normalised. */
export interface GroupInclude {
  readonly group: string;
  readonly includes: string;
  readonly span: Span;
  readonly raw: string;
}

/** What reading one source yields. Readers never throw: what they cannot use is in `notUnderstood`. */
export interface Reading {
  readonly file: string;
  readonly format: Format;
  readonly declarations: readonly Declaration[];
  readonly references: readonly Reference[];
  readonly options: readonly Option[];
  readonly notUnderstood: readonly NotUnderstood[];
  readonly notes: readonly Note[];
  readonly metadata: Metadata | null;
  /** Absent where no group includes another. */
  readonly groupIncludes?: readonly GroupInclude[];
}
