import type { Material, Proposal } from "../commands/propose.ts";
import type { Finding, Resolution } from "../commands/resolve.ts";
import type { Claim } from "../consolidation/claim.ts";
import type { Conflict } from "../consolidation/conflict.ts";
import { suggestionFlags } from "./resolution-text.ts";
import { declarationJson } from "./scan-json.ts";

/** The proposal as docs/cli.md describes it. */
export function consolidationJson(
  { interpreter, importRoots, buildTargets, sources }: Material,
  { consolidation, plan }: Proposal,
  resolution: Resolution | null,
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
    conflicts: [...conflicts.map(conflictJson), ...(resolution?.findings ?? []).map(findingJson)],
    resolution: resolution && {
      tool: resolution.tool,
      packages: resolution.pins.map(({ name, version }) => ({ name, version })),
    },
    optionNotes: consolidation.optionNotes,
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
    buildTargets,
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
    choices: choices.map(({ choice, of, title, requirement, drops, leavesOut = [] }) => ({
      choice,
      keeps: of === null ? null : placeJson(claims[of]!),
      title,
      requirement,
      drops: drops.map(placeJson),
      leavesOut,
    })),
  };
}

/** A resolver's finding: a conflict with the tool's whole words and the fixes that it proved. */
function findingJson({ conflict, words, suggestions }: Finding): object {
  return {
    ...conflictJson(conflict),
    tool: words.tool,
    outcome: words.outcome,
    text: words.text,
    suggestions: suggestions.map((suggestion) => ({
      title: suggestion.title,
      flags: suggestionFlags(suggestion),
      loosened: suggestion.loosened,
      size: suggestion.size,
      changes: suggestion.changes.map(({ claim, gets }) => ({
        ...{ project: claim.project, ...placeJson(claim), asked: claim.wants, gets },
      })),
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
