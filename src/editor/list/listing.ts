import type { Plan } from "../../plan/plan.ts";

/** A plan as a list that a person ticks, and what it would write with these answers. */
export interface Listing {
  readonly groups: readonly Group[];
  readonly plan: Plan;
  /** Folders (relative to the root) that are deleted after the plan is applied, for good. */
  readonly environments: readonly string[];
  /** Why it cannot be applied, in sentences; empty where it can. */
  readonly first: readonly string[];
}

/** Rows of one kind, under one heading. */
export interface Group {
  readonly id: "rewrite" | "offer" | "remove" | "report";
  readonly title: string;
  /** One sentence: what the tick means, or what a person does with these. */
  readonly about: string;
  readonly rows: readonly Row[];
}

/** One part of the plan, or something that is left to a person. */
export interface Row {
  /** Unlike that of any other row of the list; stays while the file does. */
  readonly id: string;
  readonly label: string;
  /** Beside the label. */
  readonly description: string;
  /** One sentence: why it is here. */
  readonly reason: string;
  /** null: there is nothing to tick. */
  readonly tick: boolean | null;
  /** Which of its two forms it takes; null where it has but one. */
  readonly form: "first" | "second" | null;
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly icon: "line" | "file" | "folder" | "note";
  /** From 1; null where the row is about the file as a whole. */
  readonly line: number | null;
  /** The lines as they stand and as they would be; null where nothing would be written. */
  readonly change: Change | null;
  /** Lines that belong to it, such as those that stand in its way. */
  readonly within: readonly Row[];
}

export interface Change {
  readonly now: string;
  readonly planned: string;
  /** The line (from 1) at which the change begins once it is made. */
  readonly plannedLine: number;
}

/** What a person answered, as what differs from how the list begins. Ids of rows. */
export interface Answers {
  readonly toggled: ReadonlySet<string>;
  readonly seconds: ReadonlySet<string>;
}

/** The list for these answers, made from what was read before. */
export type Planner = (answers: Answers) => Promise<Listing>;

/** Every row, those within others too. */
export function rowsOf({ groups }: Pick<Listing, "groups">): Row[] {
  return groups.flatMap(({ rows }) => rows.flatMap((row) => [row, ...row.within]));
}

/** The set with an id put in, or taken out. */
export function toggle(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * The answers for a list that was made anew, so that what a person ticked and unticked stands as it
 * did. `after` is the new list as it begins.
 */
export function stillMeant(before: Listing, after: Listing, answers: Answers): Answers {
  const renamed = sameRows(before, after);
  const pairs = (ids: ReadonlySet<string>) => [...ids].flatMap((id) => renamed.get(id) ?? []);
  // How a list begins may itself follow what was left the last time.
  const turned = pairs(answers.toggled).filter(
    ([old, fresh]) => old.tick === null || fresh.tick !== old.tick,
  );
  return {
    toggled: new Set(turned.map(([, { id }]) => id)),
    seconds: new Set(pairs(answers.seconds).map(([, { id }]) => id)),
  };
}

/**
 * Rows and what they are in a list that was made anew, by their old ids. An id may name a line
 * number; a line that only moved is found by its path, its text and its place among equal ones.
 */
function sameRows(before: Listing, after: Listing): Map<string, [[Row, Row]]> {
  const fresh = Map.groupBy(rowsOf(after), nameOf);
  const pairs = new Map<string, [[Row, Row]]>();
  for (const [name, rows] of Map.groupBy(rowsOf(before), nameOf))
    for (const [i, row] of rows.entries()) {
      const same = fresh.get(name)?.[i];
      if (same) pairs.set(row.id, [[row, same]]);
    }
  return pairs;
}

function nameOf({ path, line, id, change, description }: Row): string {
  return line === null ? id : JSON.stringify([path, change?.now ?? description]);
}
