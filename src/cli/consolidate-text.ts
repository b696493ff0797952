import type { Material, Proposal } from "../commands/propose.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import { CENTRAL, PYTHONPATH } from "../environment/layout.ts";
import type { FileChange, FileState } from "../plan/plan.ts";
import { centralChanges } from "./central-changes.ts";
import { printConflict } from "./conflict-text.ts";
import type { Output } from "./output.ts";
import { count, paint, printRows, titleOf } from "./output.ts";

/** The order in which people want to hear what became of the declarations. */
const FATES = [
  ...["kept", "merged", "decided", "conflict", "constraint", "preference", "optional"],
  ...["inactive", "information", "left out", "not understood"],
];

/** The proposal for people: what became of the declarations, the conflicts, the files. */
export function printProposal(material: Material, proposal: Proposal, output: Output): void {
  const { sources, interpreter, importRoots, buildTargets, root } = material;
  const { conflicts, ledger, optionNotes } = proposal.consolidation;
  const { changes } = proposal.plan;
  const from = `${count(sources.length, "source")}, ${count(ledger.length, "declaration")}`;
  output.print(`${paint("bold", titleOf(root))}: ${from} → ${CENTRAL}`);
  output.print(`  ${fates(proposal)}`);
  const python = interpreter
    ? `Python ${interpreter.version} answers the markers`
    : "no Python was found: markers stay open";
  output.print(paint("dim", `  ${python}`));

  for (const conflict of conflicts) printConflict(conflict, output);
  printRows("Decided otherwise than declared", decided(proposal), output);
  printRows("Not understood (these files are never removed)", puzzles(material, proposal), output);
  printRows(
    "Not taken over",
    optionNotes.map(({ file, line, text, message }) => [`${file}:${line}`, text, message]),
    output,
  );
  if (openConflicts({ conflicts }).length === 0) {
    const change = changes.find(({ path }) => path === CENTRAL);
    printRows(CENTRAL, change ? centralRows(change) : [], output);
  }
  printRows(
    `New in ${PYTHONPATH}`,
    changes.some(({ path }) => path === PYTHONPATH)
      ? importRoots.map(({ folder, evidence }) => [
          folder,
          `imported by ${evidence.map(({ file, span }) => `${file}:${span.line}`).join(", ")}`,
        ])
      : [],
    output,
  );
  printRows(
    "Mind",
    buildTargets.map((where) => [
      where,
      "the target named build is not phony: once the folder build/ exists, make takes it for done",
    ]),
    output,
  );
  printRows(
    "Files",
    changes.map((change) => [sign(change), change.path]),
    output,
  );
}

function fates({ consolidation: { ledger } }: Proposal): string {
  return FATES.flatMap((fate) => {
    const entries = ledger.filter((entry) => entry.fate === fate).length;
    return entries === 0 ? [] : [`${entries} ${fate === "conflict" ? "to decide" : fate}`];
  }).join(", ");
}

/** The declarations that a decision does not leave as they stand. */
function decided({ consolidation: { ledger } }: Proposal): string[][] {
  return ledger
    .filter(({ fate, declaration, line }) => fate === "decided" && declaration.raw !== line)
    .map(({ declaration, line }) => [
      `${declaration.file}:${declaration.span.line}`,
      declaration.raw,
      `→ ${line}`,
    ]);
}

function puzzles({ sources }: Material, { consolidation: { ledger } }: Proposal): string[][] {
  return [
    ...sources.flatMap(({ reading }) =>
      reading.notUnderstood.map(({ span, reason }) => [`${reading.file}:${span.line}`, reason]),
    ),
    ...ledger.flatMap(({ fate, declaration, reason }) =>
      fate === "not understood"
        ? [[`${declaration.file}:${declaration.span.line}`, reason ?? ""]]
        : [],
    ),
  ];
}

function centralRows({ before, after }: FileChange): string[][] {
  return centralChanges(text(before), text(after)).map(({ change, line }) => [
    paint(change === "+" ? "green" : "red", `${change} ${line}`),
  ]);
}

function text(state: FileState | null): string {
  return state === null ? "" : Buffer.from(state.bytes).toString("utf8");
}

function sign({ before, after }: FileChange): string {
  if (before === null) return paint("green", "+");
  return after === null ? paint("red", "-") : paint("yellow", "~");
}
