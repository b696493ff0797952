import type { EnvironmentFolder } from "../monorepo/environments.ts";
import type { Scan, Source } from "../monorepo/scan.ts";
import type { Declaration, Span } from "../requirements/declaration.ts";

/** A stray environment, and how many bytes its files hold. */
export interface MeasuredEnvironment extends EnvironmentFolder {
  readonly bytes: number;
}

/** The scan as docs/cli.md describes it: stable names, lines and columns from 1. */
export function scanJson(found: Scan, environments: readonly MeasuredEnvironment[]): object {
  return {
    sources: found.sources.map(sourceJson),
    projects: found.projects.map(({ path, sources, member }) => ({
      path,
      sources,
      member: member && {
        name: member.name,
        version: member.version,
        requiresPython: member.requiresPython?.value ?? null,
        file: member.file,
      },
    })),
    scripts: found.scripts.map(({ path, kind, blocks }) => ({
      path,
      kind,
      lines: blocks.map(({ line }) => line),
    })),
    environments: environments.map(({ path, kind, python, bytes }) => ({
      path,
      kind,
      python,
      bytes,
    })),
    condaFiles: found.condaFiles,
    locks: found.locks.map(({ path, kind }) => ({ path, kind })),
    callSiteFiles: found.callSiteFiles.map(({ path, kind }) => ({ path, kind })),
    antiPatterns: found.antiPatterns.map(({ kind, message, paths }) => ({ kind, message, paths })),
    notRead: found.unread.map(({ path, reason, from }) => ({
      path,
      reason,
      from: from && { file: from.file, ...start(from.span) },
    })),
    nestedRepositories: found.walk.repositories,
    knowsTracked: found.walk.knowsTracked,
  };
}

function sourceJson({
  path,
  format,
  project,
  role,
  compiledFrom,
  aliases,
  reading,
  reason,
}: Source): object {
  return {
    ...{ path, format, project, role, compiledFrom, aliases, reason },
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
  const configSettings = declaration.configSettings ?? [];
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
    configSettings,
    group,
  };
}

function start({ line, column }: Span) {
  return { line, column };
}
