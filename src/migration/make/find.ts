import type { FinderInput } from "../input.ts";
import { SETUP } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import { placeAll, type Wanted } from "./agree.ts";
import { compose, type Judged } from "./compose.ts";
import { placesOfRun, sitesOfRun } from "./engine.ts";
import { programsOf } from "./entries.ts";
import { exportedNames, mannerOf } from "./manner.ts";
import { buildTargetSite, problemSites, siteAt } from "./own-sites.ts";
import { ruleWords } from "./rule-words.ts";
import { type Run, type RunLine, runsOf } from "./run.ts";
import { trimmedChange } from "./trim.ts";

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
  const byProgram = programs.map((program) => ({ program, runs: runsOf(program) }));
  const judged = byProgram.flatMap(({ program, runs }) => {
    const shell = runs.flatMap((run) => judgedRun(run, input, texts));
    return [...shell, ...ruleWords(program, runs, shell, input)];
  });
  const runs = byProgram.flatMap((one) => one.runs);
  const exported = new Map(programs.map((program) => [program, exportedNames(program)]));
  const placed = placeAll({
    runs,
    wanted: judged.flatMap(({ wanted }) => wanted),
    editable: ({ path }) => texts.has(path),
    exported: ({ definition }) =>
      definition !== null && [...exported.values()].some((names) => names(definition)),
  });
  const own = programs.flatMap((program) => [
    ...buildTargetSite(program, input),
    ...problemSites(program),
  ]);
  return compose(judged, placed, own, programs, texts);
}

/** The call sites of a recipe or a `$(shell …)`, with the changes that they want. */
function judgedRun(run: Run, input: FinderInput, texts: ReadonlyMap<string, string>): Judged[] {
  const text = texts.get(run.path);
  if (text === undefined || (run.kind !== "recipe" && run.kind !== "call")) return [];
  const places = placesOfRun(run, (offset) => siteAt(run.path, text, offset, "report", ""));
  const manner = mannerOf(run);
  if (manner.foreign !== null) return [];
  return sitesOfRun(run, manner, input, places).map((site) => ({
    run,
    site,
    wanted: site.edits.map((edit) => wantedOf(run, edit, site)),
    setup: site.edits.some((edit) => edit.text.includes(SETUP)),
  }));
}

/** An edit of a run's text as a change that is still to be placed in a file. */
function wantedOf(run: Run, edit: Site["edits"][number], site: Site): Wanted {
  const line = lineAt(run, edit.start);
  const last = line.start + line.expansion.text.length;
  const end = Math.min(edit.end, last);
  const full = { start: edit.start, end, text: edit.text };
  const change = trimmedChange(run.text.slice(edit.start, end), edit.start, edit.text);
  return { run, line, ...change, sure: site.kind === "rewrite", full };
}

function lineAt({ lines }: Run, offset: number): RunLine {
  return lines.findLast(({ start }) => start <= offset) ?? lines[0]!;
}
