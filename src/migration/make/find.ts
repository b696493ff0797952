import type { FinderInput } from "../input.ts";
import { nameOf, SETUP, VENV } from "../shell/paths.ts";
import { ROOT } from "../shell/value.ts";
import type { Edit, Site } from "../site.ts";
import { placeAll, type Wanted } from "./agree.ts";
import { automakeSites, fromAutomake } from "./automake.ts";
import { withoutBefore } from "./before-setup.ts";
import { compose, type Judged } from "./compose.ts";
import { concernsIn } from "./concern.ts";
import { deadValues } from "./dead-values.ts";
import { placesOfRun, sitesOfRun } from "./engine.ts";
import { programsOf } from "./entries.ts";
import { environmentsOf } from "./environments.ts";
import { exportedNames, mannerOf } from "./manner.ts";
import {
  buildTargetSite,
  foreignShellSites,
  lookupSites,
  problemSites,
  siteAt,
  templateSites,
} from "./own-sites.ts";
import { ruleWords } from "./rule-words.ts";
import { type Run, runsOf } from "./run.ts";
import type { Assignment } from "./statement.ts";
import { withoutStillMade } from "./still-made.ts";
import { trimmedChange } from "./trim.ts";
import type { Origin } from "./variables.ts";
import { reached } from "./write.ts";

/** The call sites of all makefiles, by path: what one includes or calls decides about the other. */
export function findInMakefiles(input: FinderInput): ReadonlyMap<string, readonly Site[]> {
  const first = found(input);
  const hanging = [...input.excluded].flatMap((id) => first.hangs.get(id) ?? []);
  if (hanging.length === 0) return first.sites;
  return found({ ...input, excluded: new Set([...input.excluded, ...hanging]) }).sites;
}

function found(input: FinderInput) {
  const texts = new Map(
    input.files.flatMap(({ path, kind, text }) => (kind === "make" ? [[path, text] as const] : [])),
  );
  const programs = programsOf(input);
  const concerns = concernsIn(input);
  const byProgram = programs.map((program) => {
    const walked = !fromAutomake(program) && program.readings.some(({ text }) => concerns(text));
    const runs = walked ? runsOf(program) : [];
    return { program, runs, environments: environmentsOf(program, runs, input) };
  });
  const judged = byProgram.flatMap(({ program, runs, environments }) => {
    const own = [...environments].map(nameOf);
    const all = runs.flatMap((run) => {
      const matters = concerns(run.text) || own.some((name) => run.text.includes(name));
      return matters ? judgedRun(run, input, texts) : [];
    });
    const shell = withoutBefore(program, runs, withoutStillMade(runs, all));
    return [...shell, ...ruleWords(program, runs, shell, environments, input)];
  });
  const runs = byProgram.flatMap((one) => one.runs);
  const exporting = new Map<string, ((definition: Assignment) => boolean)[]>();
  for (const program of programs) {
    const names = exportedNames(program);
    for (const { path } of program.readings)
      exporting.set(path, [...(exporting.get(path) ?? []), names]);
  }
  const isExported = ({ path, definition }: Origin) =>
    definition !== null && exporting.get(path)!.some((names) => names(definition));
  const placed = placeAll({
    runs,
    wanted: judged.flatMap(({ wanted }) => wanted),
    editable: ({ path }) => texts.has(path),
    exported: isExported,
  });
  const own = byProgram.flatMap(({ program, runs: all }) => [
    ...templateSites(all),
    ...lookupSites(all, input),
    ...buildTargetSite(program, input),
    ...problemSites(program),
    ...automakeSites(program, input),
    ...foreignShellSites(program),
  ]);
  const dead = deadValues(byProgram, judged, placed, isExported, input);
  return compose(judged, placed, [...own, ...dead], programs, texts);
}

/** The call sites of a recipe or a `$(shell …)`, with the changes that they want. */
function judgedRun(run: Run, input: FinderInput, texts: ReadonlyMap<string, string>): Judged[] {
  const text = texts.get(run.path);
  if (text === undefined || (run.kind !== "recipe" && run.kind !== "call")) return [];
  const places = placesOfRun(run, (offset) => siteAt(run.path, text, offset, "report", ""));
  const manner = mannerOf(run);
  if (manner.foreign !== null) return [];
  return sitesOfRun(run, manner, input, places).map((site) => {
    const wanted = site.edits.map((edit) => wantedOf(run, edit, site, manner.oneShell));
    const setup = site.edits.some((edit) => edit.text.includes(SETUP));
    if (wanted.includes(null)) return { run, site, wanted: [], setup: false, failed: true };
    return { run, site, wanted: wanted.flatMap((all) => all ?? []), setup };
  });
}

/**
 * An edit of a run's text as changes that are still to be placed in a file, one for each line; null
 * where what it leaves of several lines would be joined.
 */
function wantedOf(
  run: Run,
  { start, end, text }: Edit,
  { kind }: Site,
  oneShell: boolean,
): readonly Wanted[] | null {
  const sure = kind === "rewrite";
  const found: Wanted[] = [];
  let rest = text;
  for (const line of run.lines) {
    const last = line.start + line.expansion.text.length;
    const [from, to] = [Math.max(start, line.start), Math.min(end, last)];
    if (from >= to && !(start === end && start >= line.start && start <= last)) continue;
    const several = start < line.start || end > last + 1;
    const first = line.commands[0]?.start ?? line.start;
    const whole = from <= first && to === last;
    // What goes with the line end before it, and what follows goes by another edit.
    const tail = rest === "" && from <= first && start < line.start;
    const replaced = found.length === 0 && to === last && rest !== "";
    if (several && !(whole || tail || replaced)) return null;
    // The first line's marks count for all of a recipe with one shell.
    const marked = oneShell && line === run.lines[0] && first > line.start;
    const full =
      rest === "" && whole && !marked
        ? { start: line.start, end: last, text: "" }
        : { start: from, end: to, text: asAbsolute(run.text.slice(from, to), rest) };
    const change = trimmedChange(run.text.slice(full.start, full.end), full.start, full.text);
    found.push({ run, line, ...change, sure, full });
    rest = "";
  }
  return rest === "" ? found : null;
}

/** An environment's path that was absolute stays so. */
function asAbsolute(before: string, text: string): string {
  const found = reached(text);
  if (!before.startsWith(`${ROOT}/`) || found?.quote !== "") return text;
  return found.path.startsWith(VENV) ? `${ROOT}/${found.path}${found.rest}` : text;
}
