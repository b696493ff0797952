import { causeOf, troubleOf, whyOutOfReach } from "../consolidation/tool-words.ts";
import type { BuildFailure, NamedLine } from "../environment/setup-build.ts";
import type { Scan } from "../monorepo/scan.ts";
import type { Declaration } from "../requirements/declaration.ts";
import { normalizeName } from "../requirements/name.ts";

/** The declarations of the package that a central line is about. */
export function declarationsOf({ scan }: { readonly scan: Scan }, text: string): Declaration[] {
  const name = normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(text)?.[0] ?? "");
  const sources = scan.sources.filter(({ role }) => role !== "central");
  const all = sources.flatMap(({ reading }) => reading.declarations);
  return all.filter(
    (declaration) => declaration.name !== null && normalizeName(declaration.name) === name,
  );
}

/** Why a build failed, a line for each thing to know; the whole of the tool's words is in the log. */
export function explanation(text: string): string {
  if (troubleOf(text) !== "out of reach") return causeOf(text).join("\n");
  const why = whyOutOfReach(text);
  const detail = why === "" ? "" : ` (${why})`;
  return `The package index could not be reached${detail}. Check the network, and pip's or uv's index and proxy settings; then build again`;
}

/** The lines that a failure is about: none where the index was out of reach, as any could be first. */
export function linesOf(failure: BuildFailure): readonly NamedLine[] {
  return troubleOf(failure.text) === "out of reach" ? [] : failure.lines;
}
