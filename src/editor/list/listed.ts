import type { FolderState } from "../folder-state.ts";
import type { ListedDiff } from "./listed-diff.ts";
import type { Answers, Listing, Planner } from "./listing.ts";

/** A plan that is shown as a list with tick boxes. */
export interface Listed {
  /** What the list is called, and the command that shows it. */
  readonly title: string;
  /** Which text stands there while it is empty. */
  readonly id: "migration" | "removal" | "checks";
  /** Whether a change of this file (relative to the root, with `/`) changes the plan. */
  isRead(path: string): boolean;
  /** Reads the files. */
  read(folder: FolderState): Promise<Planner>;
  /** What is offered after it was applied: a title, and the command that runs with the folder. */
  readonly next: { readonly title: string; readonly command: string } | null;
}

/** The list that is shown, and all that a person answered in it. */
export interface Open {
  readonly folder: FolderState;
  readonly listed: Listed;
  readonly diff: ListedDiff;
  readonly planner: Planner;
  readonly answers: Answers;
  readonly listing: Listing;
}
