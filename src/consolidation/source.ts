import type { Reading, Span } from "../requirements/declaration.ts";

/** A source as consolidation is handed it. Paths are relative to the root, with `/`. */
export interface MergeSource {
  readonly path: string;
  /** The project that owns it; the root project is `.`. */
  readonly project: string;
  readonly role: "input" | "compiled" | "constraint" | "included" | "central" | "exported";
  readonly reading: Reading;
  /** For a compiled file: what it was compiled from. */
  readonly compiledFrom: string | null;
  /** Which of the local paths that its declarations may mean exist, relative to the root. */
  readonly localPaths: ReadonlySet<string>;
}

/** A project with package metadata, which others can require by its folder. */
export interface MergeMember {
  /** The folder, relative to the root; `.` for the root. */
  readonly path: string;
  /** As written. */
  readonly name: string;
  readonly version: string | null;
  readonly requiresPython: { readonly value: string; readonly span: Span } | null;
  /** The file that says so. */
  readonly file: string;
}
