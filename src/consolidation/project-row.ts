import type { Reading } from "../requirements/declaration.ts";
import { normalizeName } from "../requirements/name.ts";
import type { Conflict } from "./conflict.ts";
import type { LedgerEntry } from "./ledger.ts";

/**
 * A source's text with each requirement as the central file has it: what its project gets. It
 * informs only; nothing writes it. Undecided requirements stay as they are.
 */
export function asTheCentralFileHasIt(
  text: string,
  { file, declarations }: Reading,
  ledger: readonly LedgerEntry[],
): string {
  const lines = text.split("\n");
  const own = new Map(
    ledger
      .filter((entry) => entry.declaration.file === file)
      .map((entry) => [entry.declaration, entry]),
  );
  // From the end, so that what is replaced moves nothing that is still to come.
  for (const declaration of [...declarations].reverse()) {
    const entry = own.get(declaration);
    const { line, column, endLine, endColumn } = declaration.span;
    if (!entry?.line || entry.fate === "kept") continue;
    const tail = lines[endLine - 1]!.slice(endColumn - 1);
    lines.splice(
      line - 1,
      endLine - line + 1,
      lines[line - 1]!.slice(0, column - 1) + entry.line + tail,
    );
  }
  return lines.join("\n");
}

/** The line (from 1) of the proposal's text that a conflict is about. */
export function lineOfConflict(central: string, { name, marker }: Conflict): number {
  const lines = central.split("\n");
  const undecided = `# undecided: ${marker === null ? name : `${name}; ${marker}`} (`;
  const own = (line: string) => normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(line)?.[0] ?? "") === name;
  const found = lines.findIndex((line) => line.startsWith(undecided));
  return (found >= 0 ? found : Math.max(0, lines.findIndex(own))) + 1;
}
