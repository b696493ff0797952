import type { FileState } from "../plan/plan.ts";

/** setup.py or run.py as this One Venv would write it, against the one that stands there. */
export type HandState = "missing" | "same" | "older" | "newer" | "edited" | "foreign";

const MARK = /^# One Venv (?:runner|setup), version (\d+)$/m;

/**
 * How the file on disk stands to ours. Edited: One Venv's mark of the same version over other
 * bytes; foreign: no mark at all. Neither is ever replaced without asking.
 */
export function handState(onDisk: FileState | null, ours: FileState): HandState {
  if (onDisk === null) return "missing";
  const [theirs, mine] = [textOf(onDisk), textOf(ours)];
  if (theirs === mine) return "same";
  const version = MARK.exec(theirs)?.[1];
  if (version === undefined) return "foreign";
  const ahead = Number(version) - Number(MARK.exec(mine)?.[1]);
  return ahead === 0 ? "edited" : ahead > 0 ? "newer" : "older";
}

/** With line ends as LF: a checkout with CRLF is not an edit. */
function textOf({ bytes }: FileState): string {
  return Buffer.from(bytes).toString("utf8").replaceAll("\r\n", "\n");
}
