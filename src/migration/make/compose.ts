import type { Edit, Site } from "../site.ts";
import type { Placed, Wanted } from "./agree.ts";
import { candidatesOf } from "./agree.ts";
import { onWindows } from "./manner.ts";
import { phonyEdit, siteAt } from "./own-sites.ts";
import type { Program } from "./program.ts";
import type { Run } from "./run.ts";
import { keyOf, type Origin } from "./variables.ts";
import { makeText } from "./write.ts";

/** A call site as it was found in a run, and the changes that it wants. */
export interface Judged {
  readonly run: Run;
  readonly site: Site;
  readonly wanted: readonly Wanted[];
  /** Whether it becomes a call of setup.py. */
  readonly setup: boolean;
  /** Whether its changes cannot be told apart by lines. */
  readonly failed?: boolean;
  /** A target that has to be made phony with it. */
  readonly phony?: string;
}

/** What was found, and which ids of lines hang on the id of a variable's definition. */
export interface Composed {
  readonly sites: ReadonlyMap<string, readonly Site[]>;
  readonly hangs: ReadonlyMap<string, readonly string[]>;
}

/** A change of a variable's value, with the call sites that want it. */
interface Shared {
  readonly origin: Origin;
  readonly edit: Edit;
  readonly by: Set<Site>;
}

/** Makes sites of files out of what the runs found. */
export function compose(
  judged: readonly Judged[],
  placed: ReadonlyMap<Wanted, Placed | null>,
  own: readonly Site[],
  programs: readonly Program[],
  texts: ReadonlyMap<string, string>,
): Composed {
  const grouped = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = one.site.id;
    grouped.set(key, [...(grouped.get(key) ?? []), one]);
  }
  const shared = new Map<string, Shared>();
  const made = new Map<string, Site[]>();
  for (const group of grouped.values()) {
    const composed = oneSite(group, placed, texts, shared);
    const others = made.get(group[0]!.site.path) ?? [];
    if (!composed || others.some((other) => makesAll(other, composed))) continue;
    made.set(composed.path, [...others, composed]);
  }
  const sites = [...made.values()].flat();
  const { definitions, hangs } = sharedSites([...shared.values()], sites, texts);
  const all = [...sites, ...definitions];
  const broken = brokenFiles(programs);
  const found = new Map<string, Site[]>();
  const add = (site: Site) => found.set(site.path, [...(found.get(site.path) ?? []), site]);
  for (const site of all) add(broken.has(site.path) ? unchanged(site) : site);
  for (const site of different(own))
    add(site.kind !== "report" && broken.has(site.path) ? unchanged(site) : site);
  for (const [path, list] of found) found.set(path, ordered(withOwnIds(list)));
  return { sites: found, hangs };
}

/** The site of a line out of what it is in each way that make may go; null where none is left. */
function oneSite(
  group: readonly Judged[],
  placed: ReadonlyMap<Wanted, Placed | null>,
  texts: ReadonlyMap<string, string>,
  shared: Map<string, Shared>,
): Site | null {
  const [{ site }] = group as [Judged];
  const reports = group.filter((one) => one.site.kind === "report");
  if (reports.length > 0) return unchanged(reports[0]!.site, reports[0]!.site.reason);
  const wanted = group.flatMap((one) => one.wanted);
  if (group.some(({ failed }) => failed) || wanted.some((one) => placed.get(one) === null)) {
    return unchanged(
      site,
      "Its words come from variables that other lines need as they are, or it runs in several folders.",
    );
  }
  const edits: Edit[] = [];
  const values: { origin: Origin; edit: Edit }[] = [];
  for (const one of wanted) {
    const there = placed.get(one)!;
    const { origin } = there;
    const edit = editOf(there, one);
    if (origin.definition === null && origin.path === site.path) {
      if (!edits.some((other) => sameEdit(other, edit))) edits.push(edit);
    } else values.push({ origin, edit });
  }
  for (const { run, phony } of group) {
    const text = texts.get(run.path);
    const rule = run.program.statements.find(
      ({ statement, path }) =>
        statement.is === "rule" && path === run.path && statement.line === run.line,
    )?.statement;
    if (phony === undefined || text === undefined || rule?.is !== "rule") continue;
    const edit = phonyEdit(text, rule.start, phony);
    if (!edits.some((other) => sameEdit(other, edit))) edits.push(edit);
  }
  if (overlap(edits)) {
    return unchanged(site, "It is read in several ways, which would be changed differently.");
  }
  for (const { origin, edit } of values) {
    const key = `${origin.path}:${edit.start}-${edit.end}`;
    const one = shared.get(key) ?? { origin, edit, by: new Set() };
    one.by.add(site);
    shared.set(key, one);
  }
  if (edits.length === 0) return null;
  return { ...site, edits, alternative: alternativeOf(group[0]!, texts) };
}

function editOf(there: Placed, { line, text, run }: Wanted): Edit {
  const { origin, start, end } = there;
  const span = { start: origin.text.at[start]!, end: origin.text.at[end]! };
  const whole = line.whole !== null && keyOf(origin) === keyOf(line.origin) && text === "";
  if (!whole || start > 0 || end < origin.text.text.length) return { ...span, text: there.text };
  // Without a recipe, make would look for a rule of its own: `activate` out of `activate.sh`.
  if (run.rule?.rule.recipe.length === 1) return { ...span, text: "@:" };
  return { ...line.whole!, text: "" };
}

/** The second way to write it, where it can be written in the line itself. */
function alternativeOf({ run, site }: Judged, texts: ReadonlyMap<string, string>) {
  if (site.alternative === null || !texts.has(run.path)) return null;
  const edits: Edit[] = [];
  for (const { start, end, text } of site.alternative) {
    const line = run.lines.findLast((one) => one.start <= start) ?? run.lines[0]!;
    const last = line.start + line.expansion.text.length;
    const change = { start, end: Math.min(end, last), text };
    const wanted = { run, line, ...change, sure: true, full: change };
    const found = candidatesOf(wanted).find(({ spot }) => spot.origin === line.origin);
    const made = found && makeText(found.text, run.program);
    if (!found || made === null || made === undefined) return null;
    edits.push(editOf({ ...found.spot, text: made }, wanted));
  }
  return edits;
}

/** One site for what changes in a variable's value; changes that come together stay together. */
function sharedSites(
  shared: readonly Shared[],
  sites: readonly Site[],
  texts: ReadonlyMap<string, string>,
) {
  const byOrigin = new Map<string, Shared[][]>();
  for (const one of shared) {
    const key = keyOf(one.origin);
    const groups = byOrigin.get(key) ?? [];
    byOrigin.set(key, groups);
    const group = groups.find((others) =>
      others.some(({ by }) => [...by].some((site) => one.by.has(site))),
    );
    if (group) group.push(one);
    else groups.push([one]);
  }
  const groups = [...byOrigin.values()].flat();
  const hangs = new Map<string, string[]>();
  const taken = new Map<string, number>();
  for (const { path, line } of sites)
    taken.set(`${path}:${line}`, (taken.get(`${path}:${line}`) ?? 0) + 1);
  const definitions = groups.map((group): Site => {
    const { origin } = group[0]!;
    const by = [...new Set(group.flatMap((one) => [...one.by]))];
    const edits = group.map(({ edit }) => edit);
    const kind = by.every((site) => site.kind === "rewrite") ? "rewrite" : "offer";
    const offered = by.find((site) => site.kind === "offer");
    const made = siteAt(
      origin.path,
      texts.get(origin.path)!,
      Math.min(...edits.map(({ start }) => start)),
      kind,
      offered?.reason ?? reasonOf(origin, by),
      edits,
    );
    const nth = (taken.get(made.id) ?? 0) + 1;
    taken.set(made.id, nth);
    const id = nth === 1 ? made.id : `${made.id}#${nth}`;
    hangs.set(
      id,
      by.map((site) => site.id),
    );
    const names = [...new Set(by.flatMap((site) => site.names))];
    if (onWindows(origin.definition?.branch ?? [])) {
      return unchanged({ ...made, id, names }, "It is for Windows, where it was not tried.");
    }
    const stillNames = [...new Set(by.flatMap((site) => site.stillNames))];
    return { ...made, id, names, stillNames };
  });
  return { definitions, hangs };
}

function reasonOf({ definition }: Origin, by: readonly Site[]): string {
  const name = definition?.name.text ?? "it";
  const lines = [...new Set(by.map(({ line }) => line))].sort((a, b) => a - b);
  const where = lines.length === 1 ? `line ${lines[0]}` : `lines ${lines.join(", ")}`;
  return `${name} is set here once for ${where}.`;
}

/** Files of programs that make would refuse. */
function brokenFiles(programs: readonly Program[]): ReadonlySet<string> {
  return new Set(
    programs.flatMap(({ readings }) =>
      readings.filter(({ problems }) => problems.length > 0).map(({ path }) => path),
    ),
  );
}

function unchanged(site: Site, reason = "The file has lines that make does not understand."): Site {
  return {
    ...{ ...site, kind: "report", reason, edits: [], alternative: null, listed: [] },
    ...{ stillNames: site.names, creates: [] },
  };
}

/** What several programs find in one file is one. */
function different(sites: readonly Site[]): readonly Site[] {
  return [...new Map(sites.map((site) => [`${site.id} ${site.reason}`, site])).values()];
}

/** No two ids alike: the first keeps its own. */
function withOwnIds(sites: readonly Site[]): readonly Site[] {
  const taken = new Set<string>();
  return sites.map((site) => {
    let { id } = site;
    for (let nth = 2; taken.has(id); nth++) id = `${site.path}:${site.line}#${nth}`;
    taken.add(id);
    return { ...site, id };
  });
}

function sameEdit(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Whether a site's changes are made by another already: one text that make repeats. */
function makesAll(other: Site, { edits }: Site): boolean {
  if (edits.length === 0) return false;
  return edits.every((edit) => other.edits.some((one) => sameEdit(one, edit)));
}

function overlap(edits: readonly Edit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((edit, i) => i > 0 && edit.start < sorted[i - 1]!.end);
}

function ordered(sites: readonly Site[]): Site[] {
  return [...sites].sort((a, b) => a.line - b.line || a.column - b.column);
}
