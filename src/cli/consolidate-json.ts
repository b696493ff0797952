import type { Material, Proposal } from "../commands/propose.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import type { Need } from "../consolidation/need.ts";
import { declarationJson } from "./scan-json.ts";

/** The proposal as docs/cli.md describes it. */
export function consolidationJson(
  { interpreter, importRoots, ground, sources }: Material,
  { consolidation, plan }: Proposal,
  asked: readonly string[],
  written: readonly string[],
): object {
  const { central, lines, conflicts, ledger } = consolidation;
  return {
    python: interpreter?.version ?? null,
    central,
    lines: lines.map(({ name, marker, requirement, projects }) => ({
      name,
      marker,
      requirement,
      projects,
    })),
    conflicts: conflicts.map(conflictJson),
    ledger: ledger.map(({ declaration, fate, line, reason }) => ({
      ...declarationJson(declaration),
      ...{ fate, centralLine: line, reason },
    })),
    notUnderstood: sources.flatMap(({ reading }) =>
      reading.notUnderstood.map(({ span, raw, reason }) => ({
        ...{ file: reading.file, line: span.line, column: span.column, raw, reason },
      })),
    ),
    importRoots: importRoots.map(({ folder, evidence }) => ({
      folder,
      imports: evidence.map(({ file, span, module }) => ({ file, line: span.line, module })),
    })),
    buildTargets: ground.buildTargets,
    asksToReplace: asked,
    changes: plan.changes.map(({ path, before, after }) => ({
      path,
      change: before === null ? "add" : after === null ? "remove" : "edit",
    })),
    written,
  };
}

function conflictJson({ name, marker, kind, clash, needs, sentence, choices }: Conflict): object {
  return {
    ...{ name, marker, kind, sentence },
    declarations: needs.map((need) => needJson(need, clash)),
    choices: choices.map(({ choice, of, title, requirement, drops }) => ({
      choice,
      keeps: of === null ? null : placeJson(clash[of]!),
      title,
      requirement,
      drops: drops.map(placeJson),
    })),
  };
}

function needJson(need: Need, clash: readonly Need[]): object {
  return {
    ...declarationJson(need.declaration),
    project: need.project,
    clashes: clash.includes(need),
  };
}

function placeJson({ declaration }: Need) {
  return { file: declaration.file, line: declaration.span.line };
}
