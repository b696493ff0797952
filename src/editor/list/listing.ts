import type { Plan } from "../../plan/plan.ts";

/** A plan as a list that a person ticks, and what it would write with these answers. */
export interface Listing {
  readonly groups: readonly Group[];
  readonly plan: Plan;
  /** Folders (relative to the root) that are deleted after the plan is applied, for good. */
  readonly environments: readonly string[];
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

/** The list for these answers. Pure: everything was read before. */
export type Planner = (answers: Answers) => Listing;

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

/** How a list ends that was changed by hand: the answers for rows that are still what they were. */
export function stillMeant(before: Listing, after: Listing, answers: Answers): Answers {
  const renamed = namesAfter(before, after);
  const carry = (ids: ReadonlySet<string>) =>
    new Set([...ids].flatMap((id) => renamed.get(id) ?? []));
  return { toggled: carry(answers.toggled), seconds: carry(answers.seconds) };
}

/**
 * The ids of rows in a list that was made anew, by their ids in the old one. An id may name a line
 * number; a line that only moved is found by its path, its text and its place among equal ones.
 */
function namesAfter(before: Listing, after: Listing): Map<string, string> {
  const fresh = Map.groupBy(rowsOf(after), nameOf);
  const names = new Map<string, string>();
  for (const [name, rows] of Map.groupBy(rowsOf(before), nameOf))
    for (const [i, row] of rows.entries()) {
      const same = fresh.get(name)?.[i];
      if (same) names.set(row.id, same.id);
    }
  return names;
}

function nameOf({ path, line, id, change, description }: Row): string {
  return line === null ? id : JSON.stringify([path, change?.now ?? description]);
}
