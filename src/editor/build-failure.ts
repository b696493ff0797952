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
  return (pip ?? uv ?? "")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
