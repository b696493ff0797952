import type { FinderInput } from "../input.ts";
import { joined } from "../shell/paths.ts";
import { ROOT } from "../shell/value.ts";
import type { Program } from "./program.ts";
import type { Run } from "./run.ts";

const IN_ONE = /([^\s;&|"'()=:]+)\/(?:bin|Scripts)\/(?:activate|python|pip)/g;
const MADE = /(?:-m\s+venv|virtualenv|uv\s+venv)((?:[ \t]+(?:-\S+|"[^"]*"|[^\s;&|)]+))+)/g;

/** The environments, from the root, that a program's commands make or use. */
export function environmentsOf(
  program: Program,
  runs: readonly Run[],
  input: FinderInput,
): ReadonlySet<string> {
  const found = new Set(input.environments);
  for (const { text } of runs) {
    const named = [
      ...[...text.matchAll(IN_ONE)].map(([, path]) => path!),
      ...[...text.matchAll(MADE)].map(([, words]) => words!.trim().split(/\s+/).at(-1)!),
    ];
    for (const path of named) {
      const place = placeOf(program, path.replace(/^["']|["']$/g, ""));
      if (place !== null && place !== "" && !place.startsWith("build/python")) found.add(place);
    }
  }
  return found;
}

/** The place from the root that a path names where make runs; null outside or where not known. */
export function placeOf(program: Program, path: string): string | null {
  if (path.startsWith(`${ROOT}/`)) return joined("", path.slice(ROOT.length));
  if (path.startsWith("/") || path.startsWith("~") || path.includes("$")) return null;
  return program.folders.length === 1 ? joined(program.folders[0]!, path) : null;
}
