import type { MigrationInput } from "./input.ts";
import type { Site } from "./site.ts";

/** The sites of one kind of file. */
export type SiteFinder = (path: string, text: string, input: MigrationInput) => readonly Site[];

/** Every call site of the files, by path and line. */
export function findSites(input: MigrationInput): readonly Site[] {
  return input.files.flatMap(({ path, text }) => finderOf(path)?.(path, text, input) ?? []);
}

/** The finder for a file, by its name; null where none knows the kind. */
function finderOf(_path: string): SiteFinder | null {
  return null;
}
