import type { FinderInput } from "../input.ts";
import { folderOf } from "../paths.ts";
import { type Uses, usesIn } from "./uses.ts";

/**
 * Which folder a Dockerfile is built from, by the files that it copies and installs: its own folder,
 * one above, or the root. `uses` is null where more than one fits and they name different sources.
 */
export function contextOf(
  path: string,
  text: string,
  input: FinderInput,
): { readonly uses: Uses | null; readonly candidates: readonly string[] } {
  const candidates = foldersAbove(folderOf(path));
  const seen = candidates.map((context) => usesIn(text, context, input));
  const score = ({ there, missing }: Uses) => there - missing;
  const best = Math.max(...seen.map(score));
  const fitting = seen.filter((uses) => score(uses) === best);
  const [first] = fitting;
  const alike = fitting.every((uses) => sources(uses) === sources(first!));
  return { uses: alike ? first! : null, candidates };
}

function sources({ copies, installs }: Uses): string {
  return [...copies, ...installs].map(({ source }) => source).join("\n");
}

/** A folder and all above it, the root (``) last. */
export function foldersAbove(folder: string): readonly string[] {
  return folder === "" ? [""] : [folder, ...foldersAbove(folderOf(folder))];
}
