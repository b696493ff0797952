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

/** The part of the tool's words that says why; the whole stands in the log. */
export function explanation(text: string): string {
  const pip = /The conflict is caused by:\n([\s\S]*?)\n\s*\n/.exec(text)?.[1];
  const uv = /(?:×|error:) [\s\S]*$/m.exec(text)?.[0];
  const errors = [...text.matchAll(/^ERROR: (.*)$/gm)].map(([, words]) => words).join("\n");
  return (pip ?? unreachable(text) ?? uv ?? errors)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

/** The lines that a failure is about: none where the index was out of reach, as any could be first. */
export function linesOf(failure: BuildFailure): readonly NamedLine[] {
  return unreachable(failure.text) === null ? failure.lines : [];
}

/** What to tell where the tool could not reach the index, or null where that is not why it failed. */
function unreachable(text: string): string | null {
  if (/conflict is caused by|No solution found/.test(text)) return null;
  if (!/connection broken by|Max retries exceeded|Failed to fetch|error sending request/.test(text))
    return null;
  const detail =
    /\[Errno -?\d+\] ([^'")\n]+)/.exec(text)?.[1] ??
    /(?:dns|tcp connect|tls) error[^\n]*|Read timed out|ProxyError|SSLError/i.exec(text)?.[0];
  const why = detail === undefined ? "" : ` (${detail.trim()})`;
  return `The package index could not be reached${why}. Check the network, and pip's or uv's index and proxy settings; then build again`;
}
