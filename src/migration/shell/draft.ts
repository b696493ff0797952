import type { Edit, SiteKind } from "../site.ts";
import type { Act } from "./act.ts";
import type { Install } from "./install.ts";
import type { Ran } from "./model.ts";

/** A command of the job, and what it does. */
export interface Step {
  readonly ran: Ran;
  readonly act: Act;
  /** What becomes of it where it is pip's; null for others. */
  readonly install: Install | null;
}

/** What is to become of one place; a site, once it has its id. Edits are the file's. */
export interface Draft {
  /** The thing it is about: stays the same when the job is decided again. */
  readonly key: object;
  /** The offset in the file where it stands. */
  readonly offset: number;
  readonly kind: SiteKind;
  readonly reason: string;
  readonly edits: readonly Edit[];
  readonly alternative: readonly Edit[] | null;
  /** Offsets in the file of lines that stay and are named. */
  readonly listed: readonly number[];
  readonly names: readonly string[];
  readonly stillNames: readonly string[];
  /** It needs a venv, and nothing before it makes one. */
  readonly unprepared: boolean;
}

export function draft(
  key: object,
  offset: number,
  kind: SiteKind,
  reason: string,
  more: Partial<Draft> = {},
): Draft {
  const names = more.names ?? [];
  return {
    key,
    offset,
    kind,
    reason,
    edits: [],
    alternative: null,
    listed: [],
    names,
    stillNames: kind === "report" ? names : [],
    unprepared: false,
    ...more,
  };
}

/** The offset in the file of a command. */
export function offsetOf({ fragment, node, words }: Ran): number {
  return fragment.offsets[words[0]?.word.pos ?? node.pos]!;
}
