import { MessageError } from "../plan/message.ts";
import type { MigrationMaterial, Ticked } from "./migration.ts";
import { firstTicks } from "./migration.ts";
import { removalsOf } from "./removals.ts";

/** What a person chooses in one go, as flags of a command line do. */
export interface MigrationChoices {
  /** Sites to make: an id (`PATH:LINE`), a file, a folder, or `all`. */
  readonly take: readonly string[];
  /** Sites to leave as they are, named in the same way. */
  readonly leave: readonly string[];
  /** Ids of sites that take their second way. */
  readonly second: readonly string[];
  /** Paths to remove, or `all` for every source that can go. */
  readonly remove: readonly string[];
}

/** The ticks that these choices come to; a choice of nothing is an error that says so. */
export function chosenTicks(material: MigrationMaterial, choices: MigrationChoices): Ticked {
  const { sites } = material;
  const editable = sites.filter(({ edits }) => edits.length > 0);
  const matching = (option: string, wanted: string) => {
    const path = wanted.replace(/^\.\/|\/$/g, "");
    const found = editable.filter(
      (site) =>
        wanted === "all" ||
        site.id === path ||
        site.path === path ||
        site.path.startsWith(`${path}/`) ||
        `${site.path}:${site.line}` === path,
    );
    if (found.length > 0 || wanted === "all") return found.map(({ id }) => id);
    const report = sites.find(({ id }) => id === path);
    throw new MessageError(
      `--${option} ${wanted}: ${report ? "that line is only reported, it has no edit" : "there is no call site of that name"}.`,
    );
  };
  const removals = new Set(choices.remove.flatMap((one) => pathsToRemove(material, one)));
  const first = firstTicks(material, removals);
  const ticked = new Set(first.sites);
  for (const one of choices.take) for (const id of matching("take", one)) ticked.add(id);
  const alternatives = choices.second.flatMap((one) => matching("second", one));
  for (const id of alternatives) ticked.add(id);
  for (const one of choices.leave) for (const id of matching("leave", one)) ticked.delete(id);
  const without = alternatives.find((id) => !sites.find((site) => site.id === id)?.alternative);
  if (without) throw new MessageError(`--second ${without}: there is no second way.`);
  return { ...first, sites: ticked, alternatives: new Set(alternatives) };
}

function pathsToRemove({ removal, sites }: MigrationMaterial, wanted: string): string[] {
  const known = removalsOf(removal, sites, new Set(), new Set());
  if (wanted === "all") {
    return known.filter(({ kind }) => kind === "source").map(({ path }) => path);
  }
  const path = wanted.replace(/^\.\/|\/$/g, "");
  const found = known.find((one) => one.path === path);
  if (!found)
    throw new MessageError(`--remove ${wanted}: there is nothing scattered of that path.`);
  if (found.kind === "environment") {
    throw new MessageError(
      `--remove ${wanted}: git could not bring an environment back. Delete it in the editor (One Venv: Delete Stray Environments), or by hand.`,
    );
  }
  return [path];
}
