import type { Decisions } from "../consolidation/decision.ts";
import type { LedgerEntry } from "../consolidation/ledger.ts";
import { leadOf } from "../monorepo/includes.ts";
import type { Source } from "../monorepo/scan.ts";

/** A line of a file, and why it stands in the way. */
export interface Obstacle {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** What is known of the consolidation that sources would go into. */
export interface Accounts {
  readonly ledger: readonly LedgerEntry[];
  readonly leftOut: Decisions["leftOut"];
}

/** The lines of each source (by path) for which nothing stands in the central file. */
export function unaccounted(
  sources: readonly Source[],
  { ledger, leftOut }: Accounts,
): ReadonlyMap<string, readonly Obstacle[]> {
  const entries = Map.groupBy(ledger, ({ declaration }) => declaration.file);
  return new Map(
    sources.map((source) => {
      const { path, project, reading, reason } = source;
      const at = (line: number, why: string): Obstacle => ({ path, line, reason: why });
      const out = leftOut.find((one) => one.path === path || one.path === project);
      return [
        path,
        [
          ...(reason === null ? [] : [at(1, `it could not be read: ${reason}`)]),
          ...(out === undefined ? [] : [at(1, `left out of the consolidation: ${out.reason}`)]),
          ...reading.notUnderstood.map(({ span, reason: why }) =>
            at(span.line, `not understood: ${why}`),
          ),
          ...(out === undefined ? (entries.get(path) ?? []) : []).flatMap((entry) => {
            const why = whyLost(entry);
            return why === null ? [] : [at(entry.declaration.span.line, why)];
          }),
          ...reading.references.flatMap((reference) => {
            const lead = leadOf(path, reference);
            return "reason" in lead
              ? [at(reference.span.line, `it names ${reference.target}: ${lead.reason}`)]
              : [];
          }),
        ],
      ] as const;
    }),
  );
}

function whyLost({ fate, reason }: LedgerEntry): string | null {
  if (fate === "conflict") return "not decided yet";
  if (fate === "not understood") return `not understood: ${reason ?? "it is no requirement"}`;
  return fate === "optional" ? `${reason}: it would be lost` : null;
}

/**
 * The paths of sources that the central file wholly accounts for, with all that they include; other
 * names of the same files too. An optional group of package metadata is nobody's loss.
 */
export function accountedPaths(
  sources: readonly Source[],
  obstacles: ReadonlyMap<string, readonly Obstacle[]>,
): ReadonlySet<string> {
  const byPath = new Map(
    sources.flatMap((source) => [source.path, ...source.aliases].map((path) => [path, source])),
  );
  const isWhole = (path: string, seen: readonly string[]): boolean => {
    const source = byPath.get(path);
    // An exported lock is One Venv's own: nothing has to take its place.
    if (source === undefined || source.role === "exported") return false;
    if (seen.includes(source.path)) return true;
    const open = (obstacles.get(source.path) ?? []).filter(
      ({ reason }) => !(isMetadata(source) && reason.endsWith("it would be lost")),
    );
    return (
      open.length === 0 &&
      source.reading.references.every((reference) => {
        const lead = leadOf(source.path, reference);
        return "path" in lead && isWhole(lead.path, [...seen, source.path]);
      })
    );
  };
  return new Set([...byPath.keys()].filter((path) => isWhole(path, [])));
}

/** Whether a source is package metadata: it stays where it is. */
export function isMetadata({ format }: Pick<Source, "format">): boolean {
  return ["pyproject.toml", "setup.cfg", "setup.py", "pep723"].includes(format);
}
