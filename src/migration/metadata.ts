import { readText } from "../requirements/readers/read.ts";
import { lineStarts, offsetOf } from "../requirements/readers/text.ts";
import type { FinderInput } from "./input.ts";
import { lineEnd } from "./lines.ts";
import { mentionsIn, pathsOf } from "./mentions.ts";
import { resolvedFrom } from "./paths.ts";
import { placesOf } from "./places.ts";
import { reportAt } from "./report.ts";
import { folderOf } from "./shell/paths.ts";
import type { Site } from "./site.ts";

const NEEDED = "Package metadata reads this file: it is needed for as long as they do.";

/** What a pyproject.toml, a setup.cfg or a setup.py reads of the sources that would go. */
export function metadataSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const places = placesOf(path, text);
  const starts = lineStarts(text);
  const found = readText(path, text).references.flatMap(({ target, span }) => {
    const source = resolvedFrom(folderOf(path), target);
    if (source === null || !input.accounted.has(source)) return [];
    return [{ at: offsetOf(starts, span.line, span.column), names: [source] }];
  });
  const lines = new Set(found.map(({ at }) => places.lineOf(at)));
  // Hatch's tables, tasks and the like: no reader knows them all, but a file's name is plain enough.
  const others = otherLines(path, text, input).filter(({ at }) => !lines.has(places.lineOf(at)));
  return [...found, ...others]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, names }) => reportAt(places, at, NEEDED, names));
}

function otherLines(
  path: string,
  text: string,
  input: FinderInput,
): readonly { readonly at: number; readonly names: readonly string[] }[] {
  const found = [];
  const sources = { accounted: input.accounted, environments: new Set<string>() };
  for (let at = 0; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*[#;]/.test(line) || line.length > 1000) continue;
    const mentions = mentionsIn(line.replace(/\s#.*/, ""), [folderOf(path)], sources);
    const [first] = mentions;
    // A source of its own (pyproject.toml) names itself in nothing.
    if (first === undefined) continue;
    const names = pathsOf(mentions).filter((name) => name !== path);
    if (names.length > 0) found.push({ at: at + first.start, names });
  }
  return found;
}
