import type { Format, Located, Reading, Span } from "../requirements/declaration.ts";
import type { CallSiteFile } from "./call-site-files.ts";
import type { EnvironmentFolder } from "./environments.ts";
import type { FileFacts } from "./file-facts.ts";
import type { LockKind } from "./interest.ts";
import type { Unread } from "./unread.ts";
import type { Walk } from "./walk.ts";

export type Role = "input" | "compiled" | "constraint" | "included" | "central" | "exported";

/** A file that declares dependencies. Paths are relative to the root, with `/`. */
export interface Source {
  readonly path: string;
  readonly format: Format;
  /** The project that owns it; the root project is `.`. */
  readonly project: string;
  readonly role: Role;
  /** Without any entry where it could not be read: `reason` then says why. */
  readonly reading: Reading;
  /** For a compiled file: the source that it was compiled from. */
  readonly compiledFrom: string | null;
  /** Which of the local paths that its declarations may mean exist, relative to the root. */
  readonly localPaths: readonly string[];
  /** Other names of the same file (symbolic links). */
  readonly aliases: readonly string[];
  readonly reason: string | null;
}

/** Something that is not read, and what named it, where something did. */
export interface NotRead extends Unread {
  readonly from: { readonly file: string; readonly span: Span } | null;
}

/** A file with a `__main__` block, or a package's `__main__.py`. */
export interface Script {
  readonly path: string;
  readonly kind: "main block" | "package";
  /** The `if` with its condition, for each block. */
  readonly blocks: readonly Span[];
}

/** A lock file of another tool: recognised, never merged. */
export interface LockFile {
  readonly path: string;
  readonly kind: LockKind;
}

/** A project with package metadata: others can require it by its folder. */
export interface Member {
  /** As written, not normalised. */
  readonly name: string;
  readonly version: string | null;
  readonly requiresPython: Located | null;
  /** The file that says so. */
  readonly file: string;
}

/** A folder that owns sources, or has package metadata; `.` for the root. */
export interface Project {
  readonly path: string;
  /** Paths of its sources. */
  readonly sources: readonly string[];
  readonly member: Member | null;
}

/** Files or folders that one central venv makes needless, and what is wrong with them. */
export interface AntiPattern {
  readonly kind: "several environments" | "Conda" | "Poetry lock";
  readonly message: string;
  readonly paths: readonly string[];
}

/** What lies in a folder. Data only: it survives JSON. */
export interface Scan {
  readonly root: string;
  readonly sources: readonly Source[];
  readonly projects: readonly Project[];
  readonly scripts: readonly Script[];
  /** Stray environments: every one but the central venv. */
  readonly environments: readonly EnvironmentFolder[];
  /** Conda's environment files and locks. */
  readonly condaFiles: readonly string[];
  readonly locks: readonly LockFile[];
  readonly callSiteFiles: readonly CallSiteFile[];
  readonly antiPatterns: readonly AntiPattern[];
  readonly unread: readonly NotRead[];
  /** What all of this was derived from, so that it can be kept true without a new walk. */
  readonly walk: Walk;
  readonly facts: readonly FileFacts[];
}
