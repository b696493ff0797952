/**
 * What a migration does with a call site: `rewrite` is safe and ticked, `offer` is proposed with its
 * reason and not ticked, `report` is named with what to do and has no edit. What is left alone has
 * no site at all.
 */
export type SiteKind = "rewrite" | "offer" | "report";

/** A replacement in a file's text. Offsets count UTF-16 units from the start of the text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A call site and what becomes of it. Sites of one file never overlap in their edits. */
export interface Site {
  /** `PATH:LINE`, with `#2` for the second of a line; stays the same while the file does. */
  readonly id: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly kind: SiteKind;
  /** The line as it stands, trimmed, without secrets. */
  readonly text: string;
  /** One sentence: why it is of this kind, or what a person does about it. */
  readonly reason: string;
  /** None for a report. */
  readonly edits: readonly Edit[];
  /** A second way to write it, in place of `edits`. */
  readonly alternative: readonly Edit[] | null;
  /** Lines (from 1) that stay as they are and are named beside the edit. */
  readonly listed: readonly number[];
  /** Sources and environments (paths from the root) that this line names as it stands now. */
  readonly names: readonly string[];
  /** Whether they are still named after the edit: then the line stands in the way of removal. */
  readonly stillNames: readonly string[];
  /** Exported locks that the edit needs, each for one project. */
  readonly creates: readonly ExportedLock[];
}

/** A lock for an image: what one project needs, with the central lock's pins. */
export interface ExportedLock {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly project: string;
}
