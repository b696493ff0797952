import { withoutExpressions } from "../formats/expressions.ts";
import { writable } from "../formats/yaml-check.ts";
import { yamlFragment } from "../formats/yaml-fragment.ts";
import type { YamlFile } from "../formats/yaml-text.ts";
import type { Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import type { Places } from "../places.ts";
import { reported } from "../report.ts";
import { rootVariable } from "../root-variable.ts";
import type { OuterVariable, ShellPart } from "../shell/job.ts";
import { relativeTo } from "../shell/paths.ts";
import { shellSites } from "../shell/sites.ts";
import type { Site } from "../site.ts";
import { windowsSites } from "../windows/sites.ts";
import { hanging } from "./hanging.ts";
import { type CiJob, type CiPart, PUBLISHES } from "./job.ts";
import { together } from "./together.ts";

/** What a CI system writes in its texts that no shell sees: `${{ … }}`. */
export interface Expressions {
  readonly pattern: RegExp;
  /** What an expression is, as the name of a variable that the shell has. */
  readonly names: ReadonlyMap<string, string>;
}

/** The call sites of all jobs of a CI file. A text that several jobs run has one site for all. */
export function ciSites(
  path: string,
  file: YamlFile,
  jobs: readonly CiJob[],
  expressions: Expressions,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const sitesOf = (some: readonly CiJob[]) => {
    const all = some.map((job) => ({
      job,
      sites: jobSites(path, file, job, expressions, input, places),
    }));
    return together(file.text, all);
  };
  const sites = sitesOf(jobs);
  const emptied = emptiedLists(jobs, sites);
  return writable(file, emptied.size === 0 ? sites : sitesOf(keeping(jobs, emptied)));
}

/** The variable that the anchor names is known wherever the text reads it. */
function anchorVariable({ anchor }: CiJob): readonly OuterVariable[] {
  const name = /^\$(\w+)$/.exec(anchor?.text ?? "")?.[1];
  return anchor === null || name === undefined ? [] : [rootVariable(name, anchor.folder)];
}

/** The lists of which no item would be left. */
function emptiedLists(jobs: readonly CiJob[], sites: readonly Site[]): ReadonlySet<unknown> {
  const edits = sites.flatMap((site) => site.edits).filter(({ text }) => text === "");
  const gone = jobs
    .flatMap(({ parts }) => parts)
    .filter(({ scalar: { range } }) =>
      edits.some(({ start, end }) => start <= range[0] && end >= range[1]),
    );
  const byList = Map.groupBy(
    gone.filter(({ list }) => list !== null),
    ({ list }) => list!.node,
  );
  const full = [...byList].filter(
    ([, parts]) => new Set(parts.map(({ scalar }) => scalar)).size >= parts[0]!.list!.count,
  );
  return new Set(full.map(([node]) => node));
}

/** The jobs, with the items of these lists held where they are. */
function keeping(jobs: readonly CiJob[], lists: ReadonlySet<unknown>): readonly CiJob[] {
  return jobs.map((job) => ({
    ...job,
    parts: job.parts.map((part) =>
      part.list !== null && lists.has(part.list.node) ? { ...part, whole: null } : part,
    ),
  }));
}

/** The same place for the same offset, in whatever order they are asked for. */
export function remembering(places: Places): Places {
  const known = new Map<number, ReturnType<Places["at"]>>();
  return {
    lineOf: places.lineOf,
    at: (offset) => {
      const place = known.get(offset) ?? places.at(offset);
      known.set(offset, place);
      return place;
    },
  };
}

function jobSites(
  path: string,
  file: YamlFile,
  found: CiJob,
  expressions: Expressions,
  input: FinderInput,
  places: Places,
): readonly Site[] {
  const job = found.offer === null && publishes(found) ? { ...found, offer: PUBLISHES } : found;
  const names = new Map([...expressions.names, ...job.expressions]);
  const others: { part: CiPart; fragment: Fragment }[] = [];
  const parts = job.parts.flatMap((part): { part: CiPart; shell: ShellPart }[] => {
    const written = part.dialect === "other" ? null : yamlFragment(file.text, part.scalar);
    if (written === null) return [];
    const fragment = withoutExpressions(written, expressions.pattern, names);
    if (part.dialect !== "sh" && !readsAlike(fragment.text)) {
      others.push({ part, fragment });
      return [];
    }
    const { start, sameShell, whole } = part;
    const shell = { fragment, start, sameShell, whole, group: job.name, offer: job.offer };
    return [{ part, shell }];
  });
  const windows = others.map(({ part, fragment }) => {
    const dialect = part.dialect === "cmd" ? ("batch" as const) : ("powershell" as const);
    const kind = job.offer === null ? ("rewrite" as const) : ("offer" as const);
    return windowsSites(
      { path, dialect, fragment, start: part.start, kind, file: false },
      input,
      places,
    );
  });
  // Steps of both kinds may follow each other: what makes the venv in one serves the others.
  const made = windows.some((one) => one.setup);
  const result = shellSites(
    {
      path,
      file: file.text,
      parts: parts.map(({ shell }) => shell),
      variables: [...anchorVariable(job), ...job.variables],
      runner: job.runner,
      python: job.bare ? "python" : "python3",
      anchor: job.anchor,
      script: false,
      bareCheckout: job.bare && !made,
      openEnd: false,
      stops: job.stops,
    },
    input,
    places,
  );
  const setup = result.setup || made;
  const needy = new Set(result.unprepared.map(({ id }) => id));
  if (!setup) for (const { unprepared } of windows) for (const id of unprepared) needy.add(id);
  const sites = [...result.sites, ...windows.flatMap((one) => one.sites)].map((site) =>
    needy.has(site.id) && site.kind === "rewrite"
      ? { ...site, kind: "offer" as const, reason: BARE }
      : site,
  );
  if (job.report !== null) return sites.map((site) => reported(site, job.report!));
  const sure = sites.map((site) => (isHeldBack(site, job) ? { ...site, ...HELD_BACK } : site));
  return prepared(hanging(sure, job), needy, setup, job, file, input);
}

/** Whether a job hands packages to an index. */
function publishes({ parts }: CiJob): boolean {
  return parts.some(({ scalar }) => PUBLISHING.test(scalar.value));
}

const PUBLISHING =
  /\btwine\s+upload\b|\b(poetry|uv|flit|hatch|pdm|rye|maturin)\s+publish\b|\bsetup\.py\b[^\n;&|]*\bupload\b/;

/** Whether a site makes the venv in a step that may be left out. */
function isHeldBack({ kind, edits }: Site, { parts }: CiJob): boolean {
  if (kind !== "rewrite") return false;
  return edits.some(
    ({ start, text }) =>
      /build[/\\]python[/\\]setup\.py/.test(text) &&
      parts.some(
        ({ conditional, scalar: { range } }) =>
          conditional && start >= range[0] && start <= range[1],
      ),
  );
}

const HELD_BACK = {
  kind: "offer",
  reason: "The step may be left out by its condition, and what follows needs the venv in any case.",
} as const;

const EARLY = "It runs before the job makes the venv: move it behind that line.";
const BARE = "A job starts from a bare checkout: nothing in it makes the venv.";

/** Whether PowerShell, cmd and sh read a text as the same commands: plain words and strings. */
function readsAlike(text: string): boolean {
  return /^[\w\s./:=@,+"'-]*$/.test(text);
}

/**
 * Where nothing in the job makes the venv, the first call that is moved brings a call of setup.py.
 * One that a person left out brings its own, for the case that it is ticked again.
 */
function prepared(
  sites: readonly Site[],
  needy: ReadonlySet<string>,
  setup: boolean,
  job: CiJob,
  file: YamlFile,
  input: FinderInput,
): readonly Site[] {
  let brought = false;
  return sites.map((site) => {
    if (!needy.has(site.id) || site.edits.length === 0) return site;
    if (setup) return reported(site, EARLY);
    const excluded = input.excluded.has(site.id);
    if (brought && !excluded) return site;
    const at = site.edits[0]!.start;
    const part = job.parts.find(({ scalar: { range } }) => at >= range[0] && at <= range[1]);
    if (part?.before == null) return reported(site, `${site.reason} Nothing in the job makes it.`);
    if (!excluded) brought = true;
    const { before } = part;
    const { start, end } = site.edits[0]!;
    // An image that has a python3 need not have a python.
    const python = /^python3\b/.test(file.text.slice(start, end)) ? "python3" : "python";
    const command = `${python} ${relativeTo(before.folder, "build/python/setup.py")}`;
    const eol = file.text.includes("\r\n") ? "\r\n" : "\n";
    const text = before.text(command).replaceAll("\n", eol);
    const insertion = { start: before.at, end: before.at, text };
    return {
      ...site,
      edits: [insertion, ...site.edits],
      alternative: site.alternative && [insertion, ...site.alternative],
    };
  });
}
