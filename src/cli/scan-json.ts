import type { Scan, Source } from "../monorepo/scan.ts";
import type { Declaration, Span } from "../requirements/declaration.ts";

/** The scan as docs/cli.md describes it: stable names, lines and columns from 1. */
export function scanJson(found: Scan): object {
  return {
    sources: found.sources.map(sourceJson),
    scripts: found.scripts.map(({ path, kind, blocks }) => ({
      path,
      kind,
      lines: blocks.map(({ line }) => line),
    })),
    notRead: found.unread.map(({ path, reason, from }) => ({
      path,
      reason,
      ...(from ? { from: { file: from.file, ...start(from.span) } } : {}),
    })),
  };
}

function sourceJson({
  path,
  format,
  project,
  role,
  compiledFrom,
  reading,
  reason,
}: Source): object {
  return {
    ...{ path, format, project, role, compiledFrom, reason },
    declarations: reading.declarations.map(declarationJson),
    options: reading.options.map(({ name, value, span, raw }) => ({
      name,
      value,
      ...start(span),
      raw,
    })),
    references: reading.references.map(({ kind, target, span, raw }) => ({
      kind,
      target,
      ...start(span),
      raw,
    })),
    notUnderstood: reading.notUnderstood.map(({ span, raw, reason: why }) => ({
      file: path,
      ...start(span),
      raw,
      reason: why,
    })),
    notes: reading.notes.map(({ span, raw, message }) => ({ ...start(span), raw, message })),
    requiresPython: reading.metadata?.requiresPython?.value ?? null,
  };
}

/** A declaration in every JSON that one-venv prints. */
export function declarationJson(declaration: Declaration): object {
  const { file, span, raw, name, specifier, extras, marker, link, editable, hashes, group } =
    declaration;
  return {
    file,
    ...start(span),
    raw,
    name,
    specifier,
    extras,
    marker,
    link,
    editable,
    hashes,
    group,
  };
}

function start({ line, column }: Span) {
  return { line, column };
}
