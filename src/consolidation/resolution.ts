import { claimOf } from "./claim.ts";
import type { Conflict } from "./conflict.ts";
import type { Consolidation } from "./consolidate.ts";
import { key } from "./decision.ts";
import { explanation, isBuildFailure } from "./explanation.ts";
import type { MergedLine } from "./merge.ts";
import { declaredTexts } from "./need.ts";
import { withSpecifier } from "./suggestion.ts";

/** What a resolver said of a set that it could not put together. */
export interface ResolverWords {
  readonly outcome: "unsatisfiable" | "unknown";
  readonly tool: string;
  /** Whole, as the tool wrote it. */
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * The requirements to ask the resolver about: the central file as proposed, with the lines of
 * `loose` (by key) asking for any version, so that what else clashes can be found.
 */
export function questionText(
  { central, merged }: Consolidation,
  replaced: ReadonlyMap<string, string>,
): string {
  const lines = new Map(
    merged.flatMap((line) => (line.line ? [[line.line.requirement, key(line)]] : [])),
  );
  return central
    .split("\n")
    .map((text) => {
      const lineKey = lines.get(text.split("  #")[0]!);
      return (lineKey && replaced.get(lineKey)) ?? text;
    })
    .join("\n");
}

/** The line asking for any version of its package. */
export function anyVersion(line: MergedLine): string {
  return withSpecifier(line, "");
}

/** The lines that a resolver's words are about: packages from an index, by name. */
export function linesNamed({ merged }: Consolidation, names: readonly string[]): MergedLine[] {
  const wanted = new Set(names);
  const named = merged.filter(
    ({ name, line, needs }) =>
      line !== null && wanted.has(name) && needs.every(({ link }) => link === null),
  );
  return named.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A resolver's finding as a conflict of the declarations behind the lines that it names. */
export function resolverConflict(lines: readonly MergedLine[], words: ResolverWords): Conflict {
  const needs = lines.flatMap((line) => line.needs);
  const build = words.outcome === "unknown" && isBuildFailure(words.text);
  return {
    name: lines[0]?.name ?? "",
    marker: null,
    kind: build ? "build" : "unresolvable",
    claims: needs.map((need) => claimOf(need, true)),
    declared: declaredTexts(needs),
    sentence: `${words.tool} says: ${explanation(words.text) || "it found no set that works"}`,
    choices: [],
  };
}
