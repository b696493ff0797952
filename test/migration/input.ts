import { type FinderInput, finderInput, type MigrationInput } from "../../src/migration/input.ts";
import { callSiteKind } from "../../src/monorepo/call-site-files.ts";

/** An input of these files, with nothing else in it than what is given. */
export function inputOf(
  files: Readonly<Record<string, string>>,
  more: Partial<Omit<MigrationInput, "files" | "textOf">> = {},
): FinderInput {
  return finderInput({
    files: Object.entries(files).map(([path, text]) => ({ path, kind: callSiteKind(path), text })),
    tree: new Set(Object.keys(files)),
    textOf: (path) => files[path] ?? null,
    accounted: new Set(),
    declared: new Set(),
    consoleScripts: new Set(),
    environments: new Set(),
    python: "3.11",
    excluded: new Set(),
    ...more,
  });
}
