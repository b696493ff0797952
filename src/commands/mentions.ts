import { posix } from "node:path";
import { callSiteKind } from "../monorepo/call-site-files.ts";
import type { Mention } from "../monorepo/git-files.ts";
import type { Obstacle } from "./accounted.ts";

/** What call sites say of lines, each as `PATH:LINE`. */
export interface Spoken {
  /** Lines that were looked at, and need nothing. */
  readonly settled: ReadonlySet<string>;
  /** Lines that are only reported: where they run, and so which file they name, may be unknown. */
  readonly reported: ReadonlySet<string>;
}

/**
 * The lines that name one of the sources (paths from the root) beside what call sites name: Python
 * that reads the file, build files that take it in, paths with a variable in them. A line of prose
 * or of comment does not count.
 */
export function mentionsOf(
  lines: readonly Mention[],
  sources: ReadonlySet<string>,
  { settled, reported }: Spoken,
): ReadonlyMap<string, readonly Obstacle[]> {
  const found = lines.flatMap(({ path, line, text }) => {
    const place = `${path}:${line}`;
    if (!mayRead(path) || sources.has(path) || settled.has(place) || isProse(path, text)) return [];
    return wordsOf(text).flatMap((word) => {
      const exact = exactly(word, path, sources);
      const some = word.includes("*") || reported.has(place) ? fitting(word, sources) : [];
      return [...new Set([...exact, ...some])].map((target) => ({
        ...{ target, path, line },
        reason: exact.includes(target) ? `it names ${target}` : `it may name ${target}`,
      }));
    });
  });
  const byTarget = Map.groupBy(found, ({ target }) => target);
  return new Map(
    [...byTarget].map(([target, all]) => [
      target,
      all.map(({ path, line, reason }) => ({ path, line, reason })),
    ]),
  );
}

/** The lines of these texts that hold one of the words. */
export function linesOf(
  texts: readonly { readonly path: string; readonly text: string }[],
  words: readonly string[],
): Mention[] {
  return texts
    .filter(({ text }) => words.some((word) => text.includes(word)))
    .flatMap(({ path, text }) =>
      text.split(/\r?\n/).flatMap((line, i) => {
        const holds = words.some((word) => line.includes(word));
        return holds ? [{ path, line: i + 1, text: line }] : [];
      }),
    );
}

/** Files that tools read. Documents, lists of owners and what git ignores need no file to be there. */
function mayRead(path: string): boolean {
  if (path.startsWith("build/python/")) return false;
  const kind = callSiteKind(path);
  if (kind !== null) return kind !== "document" && kind !== "dockerignore";
  return /\.(pyw?|toml|cfg|ini|ya?ml|json|bzl|bazel|gradle|nix|groovy|tf|properties|in)$|(^|\/)(BUILD|WORKSPACE|Vagrantfile|Brewfile|Tiltfile)$/.test(
    path,
  );
}

function isProse(path: string, text: string): boolean {
  if (/^\s*(#|\/\/|\*|--|;|rem\b|<!--)/i.test(text)) return true;
  return /^\s*[@-]*\s*(echo|printf)\b/.test(text) && callSiteKind(path) !== null;
}

const VARIABLE =
  /\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^()]*\)|\$+[A-Za-z_]\w*|\$\$?[@\d*]|%\w+%/g;

/** What may be a path in a line, with a `*` for each variable. */
function wordsOf(text: string): string[] {
  const plain = text.replace(VARIABLE, "*").replaceAll("\\", "/");
  return (plain.match(/[\w./@+*-]+/g) ?? []).filter((word) => /\w/.test(word));
}

/** The source that a word without a variable names, from the file's own folder, else from the root. */
function exactly(word: string, path: string, sources: ReadonlySet<string>): string[] {
  if (word.includes("*") || word.startsWith("/")) return [];
  const near = posix.normalize(posix.join(posix.dirname(path), word));
  const found = [near, posix.normalize(word)].find((one) => sources.has(one));
  return found === undefined ? [] : [found];
}

/** The sources that a word may name from a folder that nobody knows. */
function fitting(word: string, sources: ReadonlySet<string>): string[] {
  const tail = word.replace(/^(\.{0,2}\/)+/, "");
  if (!/\w/.test(tail.replaceAll("*", ""))) return [];
  const source = tail.replace(/[.+^$(){}|[\]]/g, "\\$&").replace(/\*+/g, ".*");
  const pattern = new RegExp(`(^|/)${source}$`);
  return [...sources].filter((one) => pattern.test(one));
}
