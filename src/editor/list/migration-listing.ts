import type { MigrationProposal, Removal, Ticked } from "../../commands/migration.ts";
import { withEdits } from "../../migration/edit.ts";
import type { Edit, Site } from "../../migration/site.ts";
import type { Answers, Change, Group, Listing, Row } from "./listing.ts";

/**
 * The list of a migration. `textOf` gives a file's text as finding call sites saw it.
 * Rows have the ids of their sites; a removal's is `remove PATH`.
 */
export function migrationListing(
  proposal: MigrationProposal,
  textOf: (path: string) => string | null,
): Listing {
  const { sites, removals, plan, first, ticked } = proposal;
  const lines = (kind: Site["kind"]) =>
    sites
      .filter((site) => site.kind === kind)
      .map((site) => siteRow(site, ticked, sites, textOf(site.path)));
  const groups: Group[] = [
    {
      id: "rewrite",
      title: "Rewrite",
      about: "Safe to make: the line does the same with the central venv.",
      rows: lines("rewrite"),
    },
    {
      id: "offer",
      title: "Offer",
      about: "Made only where it is ticked: read the reason first.",
      rows: lines("offer"),
    },
    {
      id: "remove",
      title: "Remove",
      about: "What the central requirements make needless.",
      rows: removals.map((removal) => removalRow(removal, ticked.removals)),
    },
    {
      id: "report",
      title: "Left for a person",
      about: "One Venv does not edit these: the reason says what to do.",
      rows: lines("report"),
    },
  ];
  const environments = removals.filter(
    ({ kind, path }) => kind === "environment" && ticked.removals.has(path),
  );
  return {
    groups: groups.filter(({ rows }) => rows.length > 0),
    ...{ plan, first },
    environments: environments.map(({ path }) => path),
  };
}

/** What is ticked, from how the list begins and what the person changed. */
export function tickedWith(initial: Ticked, { toggled, seconds }: Answers): Ticked {
  const removals = new Set<string>();
  const sites = new Set(initial.sites);
  for (const path of initial.removals) removals.add(path);
  for (const id of toggled) {
    const path = id.startsWith(REMOVE) ? id.slice(REMOVE.length) : null;
    const [set, name] = path === null ? [sites, id] : [removals, path];
    if (!set.delete(name)) set.add(name);
  }
  return { sites, alternatives: seconds, removals };
}

const REMOVE = "remove ";

function siteRow(
  site: Site,
  { sites: made, alternatives }: Ticked,
  all: readonly Site[],
  text: string | null,
): Row {
  const { id, path, line, kind, reason } = site;
  const tick = kind === "report" ? null : made.has(id);
  const others = all.filter((one) => one.path === path && one.id !== id && made.has(one.id));
  const second = site.alternative !== null && alternatives.has(id);
  const edits = (one: Site) =>
    (one.alternative !== null && alternatives.has(one.id) ? one.alternative : one.edits) ?? [];
  const listed = site.listed.map(
    (at): Row => ({
      ...{ id: `${id} ${at}`, label: `${path}:${at}`, description: "stays as it is" },
      ...{ reason: "Stays as it is.", tick: null, form: null, path, icon: "note", line: at },
      ...{ change: null, within: [] },
    }),
  );
  return {
    ...{ id, path, line, reason, tick, within: listed },
    label: `${path}:${line}`,
    description: kind === "rewrite" ? site.text : reason,
    form: site.alternative === null ? null : second ? "second" : "first",
    icon: kind === "report" ? "note" : "line",
    change:
      text === null || site.edits.length === 0
        ? null
        : changeOf(text, edits(site), others.flatMap(edits)),
  };
}

function removalRow({ path, kind, lost, inTheWay }: Removal, ticked: ReadonlySet<string>): Row {
  const blocked = inTheWay.length > 0;
  const [first] = inTheWay;
  const more = inTheWay.length > 1 ? ` and ${inTheWay.length - 1} more` : "";
  return {
    id: `${REMOVE}${path}`,
    label: path,
    description: first ? `stays: ${first.path}:${first.line}${more}` : lost,
    reason: first ? `${first.path}:${first.line} stands in the way: ${first.reason}` : lost,
    tick: blocked ? null : ticked.has(path),
    ...{ form: null, path, line: null, change: null },
    icon: kind === "environment" ? "folder" : "file",
    within: inTheWay.map(
      ({ path: where, line, reason }): Row => ({
        ...{ id: `${REMOVE}${path} ${where}:${line}`, label: `${where}:${line}` },
        ...{ description: reason, reason, tick: null, form: null, path: where, icon: "note" },
        ...{ line, change: null, within: [] },
      }),
    ),
  };
}

/** The whole lines that edits touch, before and after; `others` are made in the same text too. */
export function changeOf(text: string, edits: readonly Edit[], others: readonly Edit[]): Change {
  const first = Math.min(...edits.map(({ start }) => start));
  const last = Math.max(...edits.map(({ end }) => end));
  const start = first === 0 ? 0 : text.lastIndexOf("\n", first - 1) + 1;
  const newline = text.indexOf("\n", last);
  const end = newline < 0 ? text.length : newline;
  const now = text.slice(start, end);
  const inside = others.filter((edit) => edit.start >= start && edit.end <= end);
  const within = [...edits, ...inside].map((edit) => ({
    ...edit,
    start: edit.start - start,
    end: edit.end - start,
  }));
  const moved = others
    .filter((edit) => edit.start < start)
    .reduce((sum, edit) => sum + breaks(edit.text) - breaks(text.slice(edit.start, edit.end)), 0);
  return {
    now,
    planned: withEdits(now, within),
    plannedLine: breaks(text.slice(0, start)) + 1 + moved,
  };
}

function breaks(text: string): number {
  return text.split("\n").length - 1;
}
