import { editedBytes } from "../migration/edited-bytes.ts";
import type { Edit, Site } from "../migration/site.ts";
import type { FileState } from "../plan/plan.ts";

/** The files as the ticked sites leave them, and the sites whose edits cannot be made, and why. */
export interface EditedFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly refused: ReadonlyMap<string, string>;
}

/** Makes the edits of these sites, of each its second way where `alternatives` has its id. */
export function editedFiles(
  states: ReadonlyMap<string, FileState>,
  sites: readonly Site[],
  alternatives: ReadonlySet<string>,
): EditedFiles {
  const files = new Map<string, Uint8Array>();
  const refused = new Map<string, string>();
  for (const [path, all] of Map.groupBy(sites, (site) => site.path)) {
    const bytes = states.get(path)?.bytes;
    const edits: Edit[] = [];
    const made: Site[] = [];
    for (const site of all) {
      const second = alternatives.has(site.id) ? site.alternative : null;
      // What another site takes away with more around it is done.
      const own = (second ?? site.edits).filter((edit) => !edits.some((one) => holds(one, edit)));
      if (edits.some((edit) => own.some((two) => touch(edit, two)))) {
        refused.set(
          site.id,
          "Its edit meets that of another line of this file: change it by hand.",
        );
        continue;
      }
      edits.push(...own);
      made.push(site);
    }
    const after = bytes === undefined ? null : editedBytes(bytes, edits);
    if (after !== null) files.set(path, after);
    else {
      const why = "The file is in an encoding that One Venv cannot write: change it by hand.";
      for (const { id } of made) refused.set(id, why);
    }
  }
  return { files, refused };
}

/** Whether one edit replaces all that another does, and more; or is the same. */
function holds(outer: Edit, { start, end, text }: Edit): boolean {
  if (outer.start === start && outer.end === end) return outer.text === text && start < end;
  return outer.start <= start && end <= outer.end && start < end;
}

/** Whether two edits overlap; those that stand side by side do not. */
function touch(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}

/** These edits as they can be made together: those that others hold, or meet, are left out. */
export function joined(edits: readonly Edit[]): readonly Edit[] {
  const made: Edit[] = [];
  const outerFirst = [...edits].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const edit of outerFirst) {
    if (!made.some((one) => holds(one, edit) || touch(one, edit))) made.push(edit);
  }
  return made;
}
