import type { FinderInput } from "../input.ts";
import { joined } from "../shell/paths.ts";
import { ROOT } from "../shell/value.ts";
import type { Program } from "./program.ts";
import type { Run } from "./run.ts";

const IN_ONE = /([^\s;&|"'()=:]+)\/(?:bin|Scripts)\/(?:activate|python|pip)/g;
const MADE = /(?:-m\s+venv|virtualenv|uv\s+venv)((?:[ \t]+(?:"[^"\n]*"|[^\s;&|)]+))+)/g;
/** Options of what makes an environment whose value is the next word. */
const VALUED = /^(-p|--python|--prompt|--app-data|--seeder|--pip|--setuptools)$/;

/** The environments, from the root, that a program's commands make or use. */
export function environmentsOf(
  program: Program,
  runs: readonly Run[],
  input: FinderInput,
): ReadonlySet<string> {
  const found = new Set(input.environments);
  for (const run of runs) {
    // The expression is slow where it finds nothing.
    if (/\/(bin|Scripts)\//.test(run.text)) {
      for (const [, path] of run.text.matchAll(IN_ONE)) add(placeOf(program, path!));
    }
    for (const { place } of madeIn(run)) add(place);
  }
  function add(place: string | null): void {
    if (place !== null && place !== "" && !place.startsWith("build/python")) found.add(place);
  }
  return found;
}

/** Where a run's text makes an environment, and which, from the root. */
export function madeIn({ text, program }: Run): readonly { start: number; place: string }[] {
  return [...text.matchAll(MADE)].flatMap(({ 1: rest, index }) => {
    const words = rest!.trim().split(/\s+/);
    const named = words.findLast(
      (word, i) => !word.startsWith("-") && !VALUED.test(words[i - 1] ?? ""),
    );
    const place = named === undefined ? null : placeOf(program, named.replace(/^["']|["']$/g, ""));
    return place === null ? [] : [{ start: index, place }];
  });
}

/** The place from the root that a path names where make runs; null outside or where not known. */
export function placeOf(program: Program, path: string): string | null {
  if (path.startsWith(`${ROOT}/`)) return joined("", path.slice(ROOT.length));
  if (path.startsWith("/") || path.startsWith("~") || path.includes("$")) return null;
  return program.folders.length === 1 ? joined(program.folders[0]!, path) : null;
}
