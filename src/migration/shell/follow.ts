import type { Fragment } from "../fragment.ts";
import { editOfFile } from "../fragment.ts";
import type { Edit } from "../site.ts";
import type { ShellJob } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import type { Said } from "./model.ts";
import { joined, relativeTo, VENV } from "./paths.ts";
import { folderAt, type Place } from "./place.ts";
import { HERE, only, ROOT } from "./value.ts";

/** A word, and where it stands. */
export interface Standing {
  readonly said: Said;
  readonly fragment: Fragment;
  readonly place: Place;
  readonly variables: Variables;
}

/**
 * The edit that makes a word which names a stray environment, or something in it, name the central
 * venv; `"variable"` where a variable names it, null where it cannot be written.
 */
export function following(one: Standing, env: string, job: ShellJob): Edit | "variable" | null {
  const { said, fragment, place } = one;
  const { text, pos, end } = said.word;
  const value = only(said.value);
  if (value === null || !value.startsWith(env)) return null;
  const rest = value.slice(env.length);
  const found =
    /^("?)(\$(?:\w+|\{\w+\}|\([^()]*(?:\([^()]*\)[^()]*)*\)))?("?)([^"$`\\*?'{}()]*)("?)$/.exec(
      text,
    );
  const single = /^'([^']*)'$/.exec(text);
  if (single !== null) {
    const path = fromPlace(place);
    return path === null
      ? null
      : editOfFile(fragment, { start: pos, end, text: `'${path}${rest}'` });
  }
  if (found === null) return null;
  const [, open, anchor, middle, tail, close] = found;
  if (anchor === undefined) {
    const path = fromPlace(place);
    if (path === null) return null;
    const quote = open === "" ? "" : '"';
    const dot = tail!.startsWith("./") ? "./" : "";
    return editOfFile(fragment, { start: pos, end, text: `${quote}${dot}${path}${rest}${quote}` });
  }
  const before = value.slice(0, value.length - tail!.length);
  // All of the environment's path comes from the variable.
  if (before.length >= env.length) return "variable";
  const mark = before[0];
  if (mark !== ROOT && mark !== HERE) return prefixed(one, before, rest, job);
  const folder = joined("", before.slice(1));
  if (folder === null) return null;
  const path = relativeTo(folder, VENV);
  return editOfFile(fragment, {
    start: pos,
    end,
    text: `${open}${anchor}${middle}/${path}${rest}${close}`,
  });
}

/** A variable that holds a path from here: `$BASE/venv`. */
function prefixed(one: Standing, before: string, rest: string, _job: ShellJob): Edit | null {
  const at = folderAt(one.place);
  const folder = at === null ? null : joined(at, before);
  const found = /^("?\$\{?\w+\}?"?)\//.exec(one.said.word.text);
  if (folder === null || found === null) return null;
  const close = found[1]!.startsWith('"') && !found[1]!.endsWith('"') ? '"' : "";
  const { pos, end } = one.said.word;
  return editOfFile(one.fragment, {
    start: pos,
    end,
    text: `${found[1]}/${relativeTo(folder, VENV)}${rest}${close}`,
  });
}

function fromPlace(place: Place): string | null {
  const [first, ...more] = place.pairs.map(({ folder }) => relativeTo(folder, VENV));
  return first === undefined || more.some((other) => other !== first) ? null : first;
}
