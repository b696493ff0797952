import type { Material, Proposal } from "../commands/propose.ts";
import { place } from "../consolidation/claim.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import type { FileChange } from "../plan/plan.ts";
import type { Output } from "./output.ts";
import { count, paint, table } from "./output.ts";

/** The proposal for people: what became of the declarations, the conflicts, the files. */
export function printProposal(material: Material, proposal: Proposal, output: Output): void {
  const { sources, interpreter, importRoots, ground, scan } = material;
  const { ledger, conflicts } = proposal.consolidation;
  const from = `${count(sources.length, "source")}, ${count(ledger.length, "declaration")}`;
  output.print(`${paint("bold", scan.root)}: ${from} → build/python/requirements.txt`);
  const fates = Map.groupBy(ledger, ({ fate }) => (fate === "conflict" ? "to decide" : fate));
  output.print(`  ${[...fates].map(([fate, entries]) => `${entries.length} ${fate}`).join(", ")}`);
  const python = interpreter
    ? `Python ${interpreter.version} answers the markers`
    : "no Python was found: markers stay open";
  output.print(paint("dim", `  ${python}`));

  for (const conflict of conflicts) printConflict(conflict, output);
  const puzzles = [
    ...sources.flatMap(({ reading }) =>
      reading.notUnderstood.map(({ span, reason }) => [`${reading.file}:${span.line}`, reason]),
    ),
    ...ledger.flatMap(({ fate, declaration, reason }) =>
      fate === "not understood"
        ? [[`${declaration.file}:${declaration.span.line}`, reason ?? ""]]
        : [],
    ),
  ];
  printRows("Not understood (these files are never removed)", puzzles, output);
  printRows(
    "Import roots for pythonpath.txt",
    importRoots.map(({ folder, evidence }) => [
      folder,
      evidence.map(({ file, span }) => `${file}:${span.line}`).join(", "),
    ]),
    output,
  );
  printRows(
    "Mind",
    ground.buildTargets.map((where) => [
      where,
      "the target named build is not phony: once the folder build/ exists, make takes it for done",
    ]),
    output,
  );
  printRows(
    "Files",
    proposal.plan.changes.map((change) => [sign(change), change.path]),
    output,
  );
}

function printConflict(conflict: Conflict, output: Output): void {
  const { name, marker, claims, sentence, choices } = conflict;
  output.print();
  const where = marker === null ? "" : ` (${marker})`;
  output.print(`${paint(["bold", "yellow"], name)}${where}: ${sentence}`);
  const rows = claims.map((claim) => [
    claim.clashes ? paint("yellow", "●") : "○",
    place(claim),
    claim.wants,
  ]);
  for (const line of table(rows, "    ")) output.print(line);
  const titles = choices
    .filter(({ of }) => of === null)
    .map(({ choice, requirement }) => `${choice}: ${requirement ?? "leave it out"}`);
  if (titles.length > 0) {
    output.print(paint("dim", `    ${titles.join("   ")}   or a requirement of your own`));
  }
}

function printRows(title: string, rows: readonly (readonly string[])[], output: Output): void {
  if (rows.length === 0) return;
  output.print();
  output.print(paint("bold", title));
  for (const line of table(rows)) output.print(line);
}

function sign({ before, after }: FileChange): string {
  if (before === null) return paint("green", "+");
  return after === null ? paint("red", "-") : paint("yellow", "~");
}
