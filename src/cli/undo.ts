import { strandedPaths } from "../environment/stranded.ts";
import { previewUndo, undoLastApply } from "../plan/undo.ts";
import type { Output } from "./output.ts";
import { count, DONE, NEEDED, paint } from "./output.ts";

/** `one-venv undo`: shows what the last apply would give back, and with `--write` gives it back. */
export async function runUndo(
  root: string,
  json: boolean,
  write: boolean,
  output: Output,
): Promise<number> {
  const preview = await previewUndo(root);
  const undone = write && preview ? await undoLastApply(root) : preview;
  if (json)
    output.json({
      title: null,
      restored: [],
      skipped: [],
      ...undone,
      written: write && preview !== null,
    });
  else if (!undone) output.print("There is nothing to undo: no plan was applied here.");
  else {
    output.print(
      `${write ? "Undid" : "Would undo"} ${paint("bold", undone.title)}: ${count(undone.restored.length, "file")}`,
    );
    for (const path of undone.restored) output.print(`  ${path}`);
    if (undone.skipped.length > 0) output.print(paint("yellow", "Changed since, and left alone:"));
    for (const path of undone.skipped) output.print(`  ${path}`);
    for (const path of write ? await strandedPaths(root) : []) {
      output.print(
        `${path} is no part of a plan and stays; delete it if nothing needs it any more.`,
      );
    }
    if (!write) output.print("Nothing was written yet; add --write to undo.");
  }
  return undone && undone.skipped.length > 0 ? NEEDED : DONE;
}
