import type { Proposal } from "../commands/propose.ts";
import type { Resolution } from "../commands/resolve.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Arguments } from "./arguments.ts";
import { answersTo } from "./conflict-text.ts";
import type { Output } from "./output.ts";
import { count, paint } from "./output.ts";
import { gaveNoAnswer } from "./resolution-text.ts";

/** What came of the command: what was asked, found and written. */
export interface Outcome {
  readonly args: Arguments;
  readonly resolution: Resolution | null;
  /** Files that would be replaced, and may not be without asking. */
  readonly asked: readonly string[];
  readonly written: readonly string[];
}

/** The last words of `one-venv consolidate`: what stands in the way, or what to do next. */
export function printEnd(
  { consolidation, plan }: Proposal,
  { args, resolution, asked, written }: Outcome,
  output: Output,
): void {
  const conflicts = openConflicts(consolidation);
  output.print();
  if (conflicts.length > 0) {
    const open = `${count(conflicts.length, "conflict")} to decide; nothing was written.`;
    output.print(paint("yellow", open));
    const example = exampleOf(conflicts, args.folder);
    if (example !== null) output.print(`For example: ${example}`);
  } else if (resolution && gaveNoAnswer(resolution)) {
    output.print(paint("yellow", "The resolver gave no answer; nothing was written."));
    output.print("What the files alone say stands above; without --resolve it can be written.");
  } else if (resolution && resolution.findings.length > 0) {
    const found = count(resolution.findings.length, "obstacle");
    output.print(paint("yellow", `${found} found by the resolver; nothing was written.`));
  } else if (asked.length > 0) {
    const replace = asked.map((path) => `--replace ${path}`).join(" ");
    output.print(paint("yellow", `Made or changed by a person: ${asked.join(", ")}.`));
    output.print(`Nothing was written; to replace, add ${replace}`);
  } else if (written.length > 0) {
    const done = `Wrote ${count(written.length, "file")}. Take it back: one-venv undo --write`;
    output.print(paint("green", done));
    output.print(
      "Next: python3 build/python/setup.py builds the central venv, or brings it up to date.",
    );
  } else if (plan.changes.length === 0) {
    output.print(paint("green", "build/python is up to date with what is declared."));
  } else output.print("Nothing was written yet; add --write to apply.");
}

/** A whole command that settles every conflict in the first way offered; null where that cannot be. */
function exampleOf(conflicts: readonly Conflict[], folder: string): string | null {
  const command = folder === "." ? "one-venv consolidate" : `one-venv consolidate ${folder}`;
  const highest = conflicts.every(({ choices }) =>
    choices.some(({ choice }) => choice === "highest"),
  );
  if (highest && conflicts.length > 3) return `${command} --prefer highest --write`;
  const answers = conflicts.map((conflict) => answersTo(conflict)[0]?.option);
  if (answers.includes(undefined)) return null;
  return [command, ...new Set(answers), "--write"].join(" ");
}
