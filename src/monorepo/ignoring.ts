import ignore, { type Ignore } from "ignore";

/**
 * The rules of one .gitignore file (or of several that hold for the same folder). A path is
 * relative to the root of the walk; `strip` characters less, or `prefix` more, make it relative
 * to the folder that the rules hold for.
 */
interface Level {
  readonly strip: number;
  readonly prefix: string;
  readonly text: string;
  readonly rules: Ignore;
}

/** What git ignores at some place: rules of the outermost folder first. */
export type Ignoring = readonly Level[];

/** As git's `core.ignoreCase` is on a file system that does not tell case apart. */
const IGNORE_CASE = process.platform === "win32" || process.platform === "darwin";

/** Rules that hold from a folder above the root on; the root is its subfolder `prefix` (`a/b/`). */
export function rulesAbove(outer: Ignoring, prefix: string, text: string): Ignoring {
  return [...outer, level(0, prefix, text)];
}

/** Rules that hold below `folder` (`""` or `a/b/`, relative to the root), added to outer ones. */
export function rulesBelow(outer: Ignoring, folder: string, text: string): Ignoring {
  return [...outer, level(folder.length, "", text)];
}

/**
 * Whether git ignores a path (relative to the root, a folder's with `/` at its end) whose parent
 * folders are not ignored. The innermost rule that speaks of it decides.
 */
export function isIgnored(ignoring: Ignoring, path: string): boolean {
  for (let i = ignoring.length - 1; i >= 0; i--) {
    const verdict = ask(ignoring[i]!, path);
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}

/**
 * The rules as they hold inside a folder that is not ignored. Rules further out may say of the
 * folder itself that it is ignored, and would then hold for all in it: they are told otherwise.
 */
export function rulesInside(ignoring: Ignoring, folder: string): Ignoring {
  if (ignoring.length < 2) return ignoring;
  return ignoring.map((outer) => {
    if (!ask(outer, folder).ignored) return outer;
    const exception = `!/${(outer.prefix + folder.slice(outer.strip)).replace(/[\\*?[\]!# ]/g, "\\$&")}`;
    return level(outer.strip, outer.prefix, `${outer.text}\n${exception}`);
  });
}

function level(strip: number, prefix: string, text: string): Level {
  return { strip, prefix, text, rules: ignore({ ignorecase: IGNORE_CASE }).add(text) };
}

function ask({ strip, prefix, rules }: Level, path: string) {
  return rules.test(prefix === "" ? path.slice(strip) : prefix + path);
}
