import type { FinderInput } from "../input.ts";
import { VENV } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import type { Placed, Wanted } from "./agree.ts";
import type { Judged } from "./compose.ts";
import { placeOf } from "./environments.ts";
import { siteAt } from "./own-sites.ts";
import type { Program } from "./program.ts";
import type { Run } from "./run.ts";
import { keyOf, type Origin } from "./variables.ts";
import { fromHere } from "./write.ts";

/**
 * Values that name an environment and that nothing uses once all other changes are made: their path
 * follows, so that no line names an environment that goes.
 */
export function deadValues(
  byProgram: readonly {
    readonly program: Program;
    readonly runs: readonly Run[];
    readonly environments: ReadonlySet<string>;
  }[],
  judged: readonly Judged[],
  placed: ReadonlyMap<Wanted, Placed | null>,
  exported: (origin: Origin) => boolean,
  input: FinderInput,
): readonly Site[] {
  const edited = new Set([...placed.values()].flatMap((one) => (one ? [keyOf(one.origin)] : [])));
  const [used, covered] = [new Set<string>(), new Set<string>()];
  const wanted = new Map<Run, Wanted[]>();
  for (const one of judged) wanted.set(one.run, [...(wanted.get(one.run) ?? []), ...one.wanted]);
  for (const run of byProgram.flatMap(({ runs }) => runs)) {
    for (const line of run.lines) {
      for (const use of line.expansion.uses) {
        const [start, end] = [line.start + use.start, line.start + use.end];
        const gone = (wanted.get(run) ?? []).some(
          (one) => placed.get(one) !== null && one.start <= start && end <= one.end && start < end,
        );
        for (const value of use.values) (gone ? covered : used).add(keyOf(value));
      }
    }
  }
  return byProgram.flatMap(({ program, environments }) => {
    return program.definitions.flatMap(({ origin }) => {
      const key = keyOf(origin);
      if (exported(origin) || used.has(key) || !covered.has(key) || edited.has(key)) return [];
      const site = followedValue(program, origin, environments);
      return site === null || input.excluded.has(site.id) ? [] : [site];
    });
  });
}

function followedValue(
  program: Program,
  { path, text, definition }: Origin,
  environments: ReadonlySet<string>,
): Site | null {
  const file = program.readings.find((one) => one.path === path)!.text;
  for (const match of text.text.matchAll(/[^\s"';&|()]+/g)) {
    const place = placeOf(program, match[0]);
    const environment = [...environments].find(
      (one) => place === one || place?.startsWith(`${one}/`),
    );
    if (place === null || environment === undefined) continue;
    const end = match.index + match[0].length - (place.length - environment.length);
    const edit = {
      start: text.at[match.index]!,
      end: text.at[end]!,
      text: fromHere(program, VENV),
    };
    const reason = `Nothing needs ${definition?.name.text} any more; its path follows the venv.`;
    const site = siteAt(path, file, edit.start, "rewrite", reason, [edit]);
    return { ...site, names: [environment] };
  }
  return null;
}
