import type { Material, Proposal } from "../commands/propose.ts";
import type { Claim } from "../consolidation/claim.ts";
import type { Conflict } from "../consolidation/conflict.ts";
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

function conflictJson({ name, marker, kind, claims, sentence, choices }: Conflict): object {
  return {
    ...{ name, marker, kind, sentence },
    declarations: claims.map(claimJson),
    choices: choices.map(({ choice, of, title, requirement, drops }) => ({
      choice,
      keeps: of === null ? null : placeJson(claims[of]!),
      title,
      requirement,
      drops: drops.map(placeJson),
    })),
  };
}

function claimJson(claim: Claim): object {
  const { declaration, project, wants, clashes } = claim;
  const says = declaration ? declarationJson(declaration) : placeJson(claim);
  return { ...says, project, wants, clashes };
}

function placeJson({ file, span }: Claim) {
  return { file, line: span.line, column: span.column };
}
