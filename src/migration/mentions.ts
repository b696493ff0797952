import type { MigrationInput } from "./input.ts";
import { resolvedFrom } from "./paths.ts";

/** A word of a text that names a source or an environment. */
export interface Mention {
  /** The source or environment, relative to the root. */
  readonly path: string;
  /** Where the word is in the text. */
  readonly start: number;
  readonly end: number;
}

const WORD = /[\w.@+~\-/\\*?]+/g;

/**
 * The accounted sources and the stray environments that a text names, taken from each of the folders
 * that its paths may be relative to (`` is the root). A pattern with `*` names all that it matches.
 */
export function mentionsIn(
  text: string,
  folders: readonly string[],
  { accounted, environments }: Pick<MigrationInput, "accounted" | "environments">,
): readonly Mention[] {
  if (accounted.size === 0 && environments.size === 0) return [];
  const found: Mention[] = [];
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    // `-rrequirements.txt`: the option and its value are one word.
    const option = /^-[rc](?=[^-])/.exec(raw)?.[0].length ?? 0;
    const word = raw.slice(option).replace(/[.]+$/, "");
    const paths = new Set<string>();
    for (const folder of folders) {
      // In absolute words of a container or a runner the root cannot be told: `/app/requirements.txt`.
      const path = resolvedFrom(folder, word.replace(/^[/\\]+/, "./"));
      if (path === null || path === "") continue;
      for (const source of accounted) if (fits(path, source)) paths.add(source);
      for (const one of environments) {
        // A lone `venv` may be any word; with a slash, or as all of the text, it is a path.
        const isPath = /[/\\]/.test(word) || text.trim() === word;
        if (isPath && (path === one || path.startsWith(`${one}/`))) paths.add(one);
      }
    }
    const start = index + option;
    for (const path of paths) found.push({ path, start, end: start + word.length });
  }
  return found;
}

/** The different paths of mentions. */
export function pathsOf(mentions: readonly Mention[]): readonly string[] {
  return [...new Set(mentions.map(({ path }) => path))];
}

/** Whether a pattern with `*` finds a path, taken from the root; a plain path finds itself. */
export function fitsPattern(pattern: string, path: string): boolean {
  return fits(pattern.replace(/^(\.?\/)+/, ""), path);
}

function fits(pattern: string, path: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === path;
  const source = pattern
    .replace(/[.+^$(){}|[\]]/g, "\\$&")
    .replace(/\*\*\/|\*+|\?/g, (star) =>
      star === "**/" ? "(.*/)?" : star === "?" ? "[^/]" : star === "*" ? "[^/]*" : ".*",
    );
  return new RegExp(`^${source}$`).test(path);
}
