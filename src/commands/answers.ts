import { withChoice, withDecisions } from "../consolidation/choices.ts";
import type { Suggestion } from "../consolidation/conflict.ts";
import { decide, decideLine } from "../consolidation/decide.ts";
import type { Decision, Decisions } from "../consolidation/decision.ts";
import { groupId } from "../consolidation/sort.ts";
import { MessageError } from "../plan/message.ts";
import { normalizeName } from "../requirements/name.ts";
import type { Material, Proposal } from "./propose.ts";
import { propose } from "./propose.ts";

/** What a person answers in one go, as flags of a command line do. */
export interface Answers {
  readonly decide: readonly { readonly name: string; readonly answer: string }[];
  /** Settles every conflict that offers it and is not decided otherwise. */
  readonly prefer: "highest" | "lowest" | null;
  readonly leaveOut: readonly { readonly path: string; readonly reason: string }[];
  readonly include: readonly string[];
  readonly buildConstraints: readonly string[];
}

/** The proposal with all answers taken; an answer to nothing is an error that says so. */
export function answered(material: Material, answers: Answers): Proposal {
  let decisions = withChoices(material, answers);
  let proposal = propose(material, decisions, null);
  for (const { name, answer } of answers.decide) {
    decisions = withDecisions(decisions, decisionsFor(proposal, name, answer));
  }
  if (answers.decide.length > 0) proposal = propose(material, decisions, null);
  const { prefer } = answers;
  if (prefer === null) return proposal;
  const preferred = proposal.consolidation.conflicts.reduce((taken, conflict) => {
    const choice = conflict.choices.find((one) => one.choice === prefer);
    return choice ? withChoice(taken, conflict, choice) : taken;
  }, decisions);
  return preferred === decisions ? proposal : propose(material, preferred, null);
}

/** A change that the resolver proved, as decisions; another base Python is planned for anew. */
export function withSuggestion(decisions: Decisions, suggestion: Suggestion): Decisions {
  const { buildConstraint } = suggestion;
  const limits = buildConstraint === null ? [] : [buildConstraint];
  return {
    ...withDecisions(decisions, suggestion.decisions),
    buildConstraints: [...new Set([...decisions.buildConstraints, ...limits])].sort(),
  };
}

function withChoices({ decisions, sources }: Material, answers: Answers): Decisions {
  const unknown = answers.leaveOut.find(
    ({ path }) => !sources.some((source) => source.path === path || source.project === path),
  );
  if (unknown)
    throw new MessageError(
      `--leave-out ${unknown.path}: there is no source and no project of that path.`,
    );
  const ids = sources.flatMap((source) =>
    source.reading.declarations
      .filter(({ group }) => group.kind === "optional" || group.kind === "script")
      .map(({ group }) => ({ id: groupId(source, group), name: group.name })),
  );
  const included = answers.include.flatMap((wanted) => {
    const found = ids.filter(({ id, name }) => id === wanted || name === normalizeName(wanted));
    if (found.length > 0) return found.map(({ id }) => id);
    const known = [...new Set(ids.map(({ id }) => id))].join(", ") || "none";
    throw new MessageError(`--include ${wanted}: there is no such group. Groups here: ${known}.`);
  });
  const leftOut = [
    ...decisions.leftOut.filter(({ path }) => !answers.leaveOut.some((one) => one.path === path)),
    ...answers.leaveOut,
  ];
  return {
    ...decisions,
    leftOut,
    included: [...new Set([...decisions.included, ...included])].sort(),
    buildConstraints: [
      ...new Set([...decisions.buildConstraints, ...answers.buildConstraints]),
    ].sort(),
  };
}

/** The decisions that an answer about a package is: of its open conflicts, else of its lines. */
function decisionsFor({ consolidation }: Proposal, name: string, answer: string): Decision[] {
  const wanted = name.startsWith("--") || name.startsWith(".") ? name : normalizeName(name);
  const conflicts = consolidation.conflicts.filter((one) => one.name === wanted);
  const lines = consolidation.merged.filter((one) => one.name === wanted && one.line !== null);
  if (conflicts.length === 0 && lines.length === 0) {
    throw new MessageError(`--decide ${name}: nothing here declares ${name}.`);
  }
  const taken =
    conflicts.length > 0
      ? conflicts.map((one) => decide(one, answer))
      : lines.map((one) => decideLine(one, answer));
  return taken.map((decision) => {
    if ("problem" in decision) throw new MessageError(`--decide ${name}: ${decision.problem}.`);
    return decision;
  });
}
