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
      const own = (second ?? site.edits).filter((edit) => !edits.some((one) => isSame(one, edit)));
      const other = made.find(
        (one) => edits.some((edit) => own.some((two) => touch(edit, two))) && one,
      );
      if (other) {
        refused.set(
          site.id,
          `Its edit meets that of another line of this file: change it by hand.`,
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

function isSame(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text && a.start < a.end;
}

/** Whether two edits overlap; those that stand side by side do not. */
function touch(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}
