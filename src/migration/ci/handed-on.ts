import { yamlFragment } from "../formats/yaml-fragment.ts";
import type { YamlFile } from "../formats/yaml-text.ts";
import { editOfFile, type Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { mentionsIn, pathsOf } from "../mentions.ts";
import type { Places } from "../places.ts";
import { reportAt } from "../report.ts";
import type { Edit, Site } from "../site.ts";
import type { CiJob, CiPart } from "./job.ts";

/**
 * Lines that hand an environment on to the steps that follow (`echo "$PWD/venv/bin" >> $GITHUB_PATH`):
 * where the job makes the central venv in its place, they hand on that one.
 */
export function handedOn(
  file: YamlFile,
  jobs: readonly CiJob[],
  moved: (offset: number) => boolean,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const parts = new Map(jobs.flatMap((job) => job.parts.map((part) => [part.scalar, part])));
  return [...parts.values()].flatMap((part) => {
    const fragment = yamlFragment(file.text, part.scalar);
    if (fragment === null) return [];
    return [
      ...fragment.text.matchAll(/[^\n]*\b(?:GITHUB_PATH|GITHUB_ENV|BASH_ENV)\b[^\n]*/g),
    ].flatMap(({ 0: line, index }) => {
      const names = pathsOf(mentionsIn(line.replace(/\$\{?\w+\}?\//g, "./"), [""], input));
      const at = fragment.offsets[index + line.search(/\S/)]!;
      const edit = moved(at) ? followingEdit(part, fragment, line, index) : null;
      if (edit === null && names.length === 0) return [];
      const site = reportAt(places, at, edit === null ? REPORT : FOLLOWS, names);
      if (edit === null) return [site];
      return [{ ...site, kind: "rewrite" as const, edits: [edit], stillNames: [] }];
    });
  });
}

/** The path of an environment behind the root, or alone; what is behind it stays. */
const PATH =
  /(?<=["'\s=])(\$\{?(?:PWD|GITHUB_WORKSPACE)\}?\/|\$\(pwd\)\/|\$\{\{\s*github\.workspace\s*\}\}\/|(?=[.\w]))((?:\.\/)?[\w.-]*v?env[\w.-]*)(?=\/(?:bin|Scripts)\b|["'\s]|$)/;

function followingEdit(
  { start, dialect }: CiPart,
  fragment: Fragment,
  line: string,
  index: number,
): Edit | null {
  // Where the text changes its folder, `$PWD` is another.
  if (dialect !== "sh" || start.length !== 1 || start[0] !== "" || /\bcd\s/.test(fragment.text))
    return null;
  const found = PATH.exec(line);
  if (found === null || !/>>/.test(line.slice(found.index))) return null;
  const from = index + found.index + found[1]!.length;
  return editOfFile(fragment, {
    start: from,
    end: from + found[2]!.length,
    text: "build/python/venv",
  });
}

const REPORT =
  "It hands the environment on: what follows runs through the runner, which needs none.";
const FOLLOWS = "The environment that it hands on is the central one.";
