import type { MigrationProposal, Removal } from "../commands/migration.ts";
import { hunksOf } from "../migration/hunks.ts";
import type { Site } from "../migration/site.ts";
import type { MigrationOutcome } from "./migrate.ts";
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
    for (const site of some) printSite(site, textOf(site.path), proposal, output);
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

function printSite(site: Site, text: string, { ticked }: MigrationProposal, output: Output): void {
  const left = site.kind === "rewrite" && !ticked.sites.has(site.id) ? " (left)" : "";
  output.print(`  ${paint("cyan", site.id)}${left}  ${paint("dim", site.reason)}`);
  if (site.edits.length === 0) {
    output.print(`      ${site.text}`);
    return;
  }
  const second = ticked.alternatives.has(site.id) ? site.alternative : null;
  for (const { before, after } of hunksOf(text, second ?? site.edits)) {
    for (const line of before) output.print(paint("red", `    - ${line.trimEnd()}`));
    for (const line of after) output.print(paint("green", `    + ${line.trimEnd()}`));
  }
  if (site.alternative && second === null) {
    const [other] = hunksOf(text, site.alternative);
    output.print(
      paint("dim", `    or, with --second ${site.id}: ${other?.after.join(" ").trim()}`),
    );
  }
  const listed = site.listed.map((line) => `${site.path}:${line}`).join(", ");
  if (listed !== "") output.print(paint("dim", `    stays as it is: ${listed}`));
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
