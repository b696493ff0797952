import { lineStarts, offsetOf } from "../../requirements/readers/text.ts";
import { reported } from "../report.ts";
import type { Edit, Site } from "../site.ts";
import type { CiJob } from "./job.ts";

/** The sites of one job. */
export interface JobSites {
  readonly job: CiJob;
  readonly sites: readonly Site[];
}

/**
 * One site for each place: a text that several jobs run (a template, a default) has the edits of all
 * of them, where each of them would make of it the same; else it is reported.
 */
export function together(text: string, all: readonly JobSites[]): readonly Site[] {
  const starts = lineStarts(text);
  const running = (start: number, end: number) =>
    all.filter(({ job }) =>
      job.parts.some(({ scalar: { range } }) => start <= range[1] && end >= range[0]),
    );
  const made = new Map(
    all.map((one) => [
      one,
      new Map(one.sites.flatMap(({ edits }) => edits.map((edit) => [keyOf(edit), edit] as const))),
    ]),
  );
  const groups = Map.groupBy(
    all.flatMap((one) => one.sites.map((site) => ({ one, site }))),
    ({ site }) => site.id,
  );
  const merged = [...groups.values()].map((group) => {
    const sites = group.map(({ site }) => site);
    const first = sites.find(({ kind }) => kind !== "rewrite") ?? sites[0]!;
    const jobs = group.map(({ one }) => one);
    if (sites.length === 1 && sites[0]!.edits.length === 0)
      return { site: first, jobs, differs: false, none: false };
    const edits = distinct(sites.flatMap((site) => site.edits)).filter(
      (edit) => edit.text !== "" || mayGo(edit, running(edit.start, edit.end), made),
    );
    const at = offsetOf(starts, first.line, first.column);
    const missing = running(at, at).some(
      (one) =>
        !jobs.includes(one) &&
        ![...made.get(one)!.values()].some(({ start, end }) => start <= at && end >= at),
    );
    const unlike = edits.some(
      (edit) =>
        edit.text !== "" &&
        edit.start !== edit.end &&
        running(edit.start, edit.end).some((one) => !isMade(edit, made.get(one)!)),
    );
    const reports = sites.filter(({ kind }) => kind === "report").length;
    const none = edits.length === 0 && sites.some((one) => one.edits.length > 0);
    const differs =
      none || missing || unlike || overlap(edits) || (reports > 0 && reports < sites.length);
    const names = [...new Set(sites.flatMap((site) => site.names))];
    const kept = new Set(edits.map(keyOf));
    const { reason } =
      sites.find((one) => one.edits.every((edit) => kept.has(keyOf(edit)))) ?? first;
    const site = sites.length === 1 ? first : { ...first, reason, names, alternative: null };
    return { site: { ...site, edits }, jobs, differs, none };
  });
  // What one job cannot have leaves the others that share a line with it as they are.
  const held = new Set(merged.filter(({ differs }) => differs).flatMap(({ jobs }) => jobs));
  for (let before = -1; before !== held.size; ) {
    before = held.size;
    for (const { jobs } of merged)
      if (jobs.some((one) => held.has(one))) for (const one of jobs) held.add(one);
  }
  return eachOnce(
    merged.map(({ site, jobs, none }) =>
      jobs.some((one) => held.has(one)) && (site.edits.length > 0 || none)
        ? reported(site, DIFFERS)
        : site,
    ),
  );
}

/** What the blocks of two jobs both take away, the first of them takes away. */
function eachOnce(sites: readonly Site[]): readonly Site[] {
  const taken = new Set<string>();
  return sites.map((site) => {
    const edits = site.edits.filter((edit) => !taken.has(keyOf(edit)));
    for (const edit of edits) taken.add(keyOf(edit));
    return { ...site, edits };
  });
}

/** Whether a job makes an edit, or takes away what it changes: the text that is left serves that job too. */
function isMade(edit: Edit, made: ReadonlyMap<string, Edit>): boolean {
  if (made.has(keyOf(edit))) return true;
  return [...made.values()].some(
    ({ start, end, text }) => text === "" && start <= edit.start && end >= edit.end,
  );
}

function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [keyOf(edit), edit])).values()];
}

/** A text that one job can do without goes only where all that run it can; else it is the others'. */
function mayGo(
  edit: Edit,
  running: readonly JobSites[],
  made: ReadonlyMap<JobSites, ReadonlyMap<string, Edit>>,
): boolean {
  return running.every((one) => {
    const met = [...made.get(one)!.values()].filter(
      ({ start, end }) => start < edit.end && end > edit.start,
    );
    return met.length > 0 && met.every(({ text }) => text === "");
  });
}

const DIFFERS = "Several jobs run this line, and it would have to differ in them.";

function keyOf({ start, end, text }: Edit): string {
  return `${start}:${end}:${text}`;
}

function overlap(edits: readonly Edit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return ordered.some((edit, i) => i > 0 && edit.start < ordered[i - 1]!.end);
}
