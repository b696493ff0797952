import type {
  Declaration,
  Format,
  Metadata,
  Note,
  NotUnderstood,
  Option,
  Reading,
  Reference,
  Span,
} from "../declaration.ts";

/** A part of a source: where it stands, and its own text there. */
export interface Place {
  readonly span: Span;
  readonly raw: string;
}

/** What a reader has found so far; it belongs to one reading and nobody else sees it grow. */
export interface Findings {
  readonly declarations: Declaration[];
  readonly references: Reference[];
  readonly options: Option[];
  readonly notUnderstood: NotUnderstood[];
  readonly notes: Note[];
}

export function noFindings(): Findings {
  return { declarations: [], references: [], options: [], notUnderstood: [], notes: [] };
}

/** The reading of a whole source. */
export function reading(
  file: string,
  format: Format,
  found: Findings,
  metadata: Metadata | null = null,
): Reading {
  return { file, format, ...found, metadata };
}
