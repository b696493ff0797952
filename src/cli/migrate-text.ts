import { joined } from "../commands/edited-files.ts";
import type { MigrationProposal, Removal, Ticked } from "../commands/migration.ts";
import { hunksOf } from "../migration/hunks.ts";
import type { Edit, Site } from "../migration/site.ts";
import type { MigrationOutcome } from "./migration-outcome.ts";
import type { Output } from "./output.ts";
import { count, paint, printRows, titleOf } from "./output.ts";

/** The migration for people: rewrite, offer, remove, report, and the files. */
export function printMigration(
  proposal: MigrationProposal,
  textOf: (path: string) => string,
  outcome: MigrationOutcome,
  output: Output,
): void {
  const { root, sites, removals, ticked, first, notes, plan } = proposal;
  const of = (kind: Site["kind"]) => sites.filter((site) => site.kind === kind);
  const counts = [
    `${count(of("rewrite").length, "call site")} to rewrite`,
    `${count(of("offer").length, "offer")}`,
    `${count(of("report").length, "line")} for a person`,
  ];
  output.print(`${paint("bold", titleOf(root))}: ${counts.join(", ")}`);
  for (const note of notes) output.print(paint("dim", `  ${note}`));

  const show = (title: string, some: readonly Site[]) => {
    if (some.length === 0) return;
    output.print();
    output.print(paint("bold", title));
    for (const together of groupsOf(some, textOf, ticked)) {
      printSites(together, textOf(together[0]!.path), ticked, output);
    }
  };
  show("Rewrite", of("rewrite"));
  show("Offer (made with --take PATH:LINE)", of("offer"));
  const files = removals.filter(({ kind }) => kind !== "environment");
  if (files.length > 0) {
    output.print();
    output.print(paint("bold", "Remove (with --remove PATH, or --remove all)"));
    for (const one of files) printRemoval(one, ticked.removals.has(one.path), outcome, output);
  }
  printRows(
    "Stray environments (not removed here: One Venv: Delete Stray Environments)",
    removals
      .filter(({ kind }) => kind === "environment")
      .map(({ path, inTheWay }) => [
        path,
        inTheWay.map(place).join(", ") && `named by ${inTheWay.map(place).join(", ")}`,
      ]),
    output,
  );
  show("For a person", of("report"));
  printRows(
    "Files",
    plan.changes.map(({ path, before, after }) => [
      before === null
        ? paint("green", "+")
        : after === null
          ? paint("red", "-")
          : paint("yellow", "~"),
      path,
    ]),
    output,
  );
  printEnd(first, plan.changes.length, outcome, output);
}

/** Sites whose edits meet on a line are shown as one change. */
function groupsOf(
  sites: readonly Site[],
  textOf: (path: string) => string,
  ticked: Ticked,
): (readonly Site[])[] {
  const groups: { path: string; end: number; sites: Site[] }[] = [];
  for (const site of sites) {
    const hunks = hunksOf(textOf(site.path), editsOf(site, ticked));
    const start = hunks[0]?.line ?? site.line;
    const end = Math.max(...hunks.map(({ line, before }) => line + before.length - 1), start);
    const last = groups.at(-1);
    const joins = last?.path === site.path && start <= last.end && hunks.length > 0;
    // One that is left is no part of what becomes of the line.
    if (joins && ticked.sites.has(site.id) === ticked.sites.has(last.sites[0]!.id)) {
      last.sites.push(site);
      last.end = Math.max(last.end, end);
    } else groups.push({ path: site.path, end: hunks.length > 0 ? end : 0, sites: [site] });
  }
  return groups.map((group) => group.sites);
}

function editsOf(site: Site, { alternatives }: Ticked): readonly Edit[] {
  return (alternatives.has(site.id) ? site.alternative : null) ?? site.edits;
}

function printSites(sites: readonly Site[], text: string, ticked: Ticked, output: Output): void {
  for (const { id, kind, reason } of sites) {
    const left = kind === "rewrite" && !ticked.sites.has(id) ? " (left)" : "";
    output.print(`  ${paint("cyan", id)}${left}  ${paint("dim", reason)}`);
  }
  const edits = joined(sites.flatMap((site) => editsOf(site, ticked)));
  if (edits.length === 0) for (const site of sites) output.print(`      ${site.text}`);
  for (const { before, after } of hunksOf(text, edits)) {
    for (const line of before) output.print(paint("red", `    - ${line.trimEnd()}`));
    for (const line of after) output.print(paint("green", `    + ${line.trimEnd()}`));
  }
  for (const { id, path, alternative, listed } of sites) {
    if (alternative && !ticked.alternatives.has(id)) {
      const other = hunksOf(text, alternative).flatMap(({ after }) => after);
      const shown = other.map((line) => line.trim()).join("; ");
      output.print(paint("dim", `    or, with --second ${id}: ${shown}`));
    }
    const stays = listed.map((line) => `${path}:${line}`).join(", ");
    if (stays !== "") output.print(paint("dim", `    stays as it is: ${stays}`));
  }
}

function printRemoval(
  { path, lost, inTheWay }: Removal,
  ticked: boolean,
  { refused }: MigrationOutcome,
  output: Output,
): void {
  const sign = ticked ? paint("red", "-") : " ";
  output.print(`  ${sign} ${path}  ${paint("dim", lost)}`);
  const why = refused.get(path);
  if (why) output.print(paint("yellow", `      refused: ${why}`));
  for (const one of inTheWay)
    output.print(paint("yellow", `      stays: ${place(one)} ${one.reason}`));
}

function place({ path, line }: { readonly path: string; readonly line: number }): string {
  return `${path}:${line}`;
}

function printEnd(
  first: readonly string[],
  changes: number,
  { args, impossible, written }: MigrationOutcome,
  output: Output,
): void {
  output.print();
  if (first.length > 0) {
    for (const one of first) output.print(paint("yellow", one));
    output.print("Nothing was written.");
  } else if (impossible.length > 0) {
    output.print(
      paint("yellow", `Not removed: ${impossible.join(", ")}; the reason stands above.`),
    );
    output.print("Nothing was written.");
  } else if (written.length > 0) {
    const done = `Wrote ${count(written.length, "file")}. Take it back: one-venv undo --write`;
    output.print(paint("green", done));
  } else if (changes === 0) output.print(paint("green", "There is nothing to write."));
  else if (args.write) output.print("Nothing was written.");
  else output.print("Nothing was written yet; add --write to apply.");
}
