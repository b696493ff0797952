import type { MigrationProposal } from "../commands/migration.ts";
import { applyMigration, gatherMigration, proposeMigration } from "../commands/migration.ts";
import { chosenTicks } from "../commands/migration-choices.ts";
import type { Hands } from "../environment/ground.ts";
import { whyNotInGit } from "../monorepo/git-files.ts";
import type { Arguments } from "./arguments.ts";
import { migrationJson } from "./migrate-json.ts";
import { printMigration } from "./migrate-text.ts";
import type { MigrationOutcome } from "./migration-outcome.ts";
import type { Output } from "./output.ts";
import { DONE, NEEDED } from "./output.ts";

/** `one-venv migrate`: shows the call sites and what can be removed; with `--write` does it. */
export async function runMigrate(
  root: string,
  args: Arguments,
  hands: Hands,
  output: Output,
): Promise<number> {
  const material = await gatherMigration(root, { hands, processes: true });
  const wanted = chosenTicks(material, args);
  const inGit = await whyNotInGit(root, [...wanted.removals]);
  const refused = new Map([...inGit].flatMap(([path, why]) => (why === null ? [] : [[path, why]])));
  const removals = new Set([...wanted.removals].filter((path) => !refused.has(path)));
  const proposal = await proposeMigration(material, { ...wanted, removals });
  // What is named is meant: it is not passed over in silence, as one of `all` is.
  const impossible = args.remove
    .map((path) => path.replace(/^\.\/|\/$/g, ""))
    .filter((path) => path !== "all" && !proposal.ticked.removals.has(path));
  const ready = proposal.first.length === 0 && impossible.length === 0;
  const written = args.write && ready ? await applyMigration(proposal) : [];
  const outcome: MigrationOutcome = { args, refused, impossible, written };
  const textOf = (path: string) =>
    material.input.files.find((file) => file.path === path)?.text ?? "";
  if (args.json) output.json(migrationJson(proposal, textOf, outcome));
  else printMigration(proposal, textOf, outcome, output);
  return ready && isDone(proposal, outcome) ? DONE : NEEDED;
}

/** Whether nothing that could be moved or was to be removed is left. */
function isDone({ plan, ticked, removals }: MigrationProposal, outcome: MigrationOutcome): boolean {
  const { args, refused, written } = outcome;
  const all = args.remove.includes("all");
  const held = removals.some(
    ({ path, kind, inTheWay }) =>
      all &&
      kind === "source" &&
      (inTheWay.length > 0 || refused.has(path)) &&
      !ticked.removals.has(path),
  );
  return !held && (plan.changes.length === 0 || written.length > 0);
}
