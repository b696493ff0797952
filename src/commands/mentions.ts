import { posix } from "node:path";
import { callSiteKind } from "../monorepo/call-site-files.ts";
import type { Mention } from "../monorepo/git-files.ts";
import type { Obstacle } from "./accounted.ts";

/**
 * The lines that name one of the sources (paths from the root) though no call site does: Python
 * that reads the file, build files that take it in. A line of prose or of comment, and one that a
 * site has spoken of (`PATH:LINE` in `known`), does not count.
 */
export function mentionsOf(
  lines: readonly Mention[],
  sources: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly Obstacle[]> {
  const found = lines.flatMap(({ path, line, text }) => {
    if (!mayRead(path) || sources.has(path) || known.has(`${path}:${line}`)) return [];
    if (/^\s*(#|\/\/|\*|--|;|rem\b|<!--)/i.test(text)) return [];
    return wordsOf(text).flatMap((word) => {
      const near = posix.normalize(posix.join(posix.dirname(path), word));
      const target = [near, posix.normalize(word)].find((one) => sources.has(one));
      return target === undefined ? [] : [{ target, path, line, reason: `it names ${target}` }];
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

/** Files that tools read. Documents, lists of owners and what git ignores need no file to be there. */
function mayRead(path: string): boolean {
  if (path.startsWith("build/python/")) return false;
  const kind = callSiteKind(path);
  if (kind !== null) return kind !== "document" && kind !== "dockerignore";
  return /\.(pyw?|toml|cfg|ini|ya?ml|json|bzl|bazel|gradle|nix|groovy|tf|properties|in)$|(^|\/)(BUILD|WORKSPACE|Vagrantfile|Brewfile|Tiltfile)$/.test(
    path,
  );
}

/** What may be a path in a line, with the dots and slashes around it. */
function wordsOf(text: string): string[] {
  return (text.match(/[\w./@+-]+/g) ?? []).filter(
    (word) => /\w/.test(word) && !word.startsWith("/"),
  );
}
