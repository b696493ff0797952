import { isFailure } from "../requirements/failure.ts";
import { normalizeName } from "../requirements/name.ts";
import { parseRequirement } from "../requirements/requirement.ts";
import { holdsSecret } from "../requirements/secret.ts";
import { decisionOf } from "./choices.ts";
import { claimOf } from "./claim.ts";
import type { Conflict } from "./conflict.ts";
import type { Decision } from "./decision.ts";
import type { MergedLine } from "./merge.ts";
import { USE_A_VARIABLE } from "./merge.ts";
import { declaredTexts } from "./need.ts";

/** Why a person's answer cannot be taken, in a sentence. */
export interface Refusal {
  readonly problem: string;
}

/**
 * The decision that an answer to a conflict is. The answer is `highest`, `lowest`, `keep` or
 * `drop` where the conflict offers that, a specifier (`>=2,<3`), or a whole requirement.
 */
export function decide(conflict: Conflict, answer: string): Decision | Refusal {
  const wanted = answer.trim();
  for (const { choice, of, requirement } of conflict.choices) {
    if (choice === wanted && choice !== "leave out" && of === null)
      return decisionOf(conflict, { choice, requirement });
  }
  const text = /^[=<>!~]/.test(wanted) ? conflict.name + wanted : wanted;
  const problem = ownTextProblem(conflict, text);
  if (problem !== null) return { problem };
  const { marker } = conflict;
  const requirement = marker !== null && !text.includes(";") ? `${text}; ${marker}` : text;
  return decisionOf(conflict, { choice: "own", requirement });
}

/** The decision that an answer about a line without a conflict is: a requirement of one's own. */
export function decideLine(line: MergedLine, answer: string): Decision | Refusal {
  const { name, marker, needs } = line;
  const claims = needs.map((need) => claimOf(need, false));
  const base = { name, marker, claims, declared: declaredTexts(needs), choices: [] };
  return decide({ ...base, kind: "specifiers", sentence: "" }, answer);
}

/** Why a text typed for a conflict cannot be taken, or null. */
export function ownTextProblem(conflict: Conflict, text: string): string | null {
  if (holdsSecret(text)) {
    return `it holds a password; ${USE_A_VARIABLE}`;
  }
  if (conflict.name === "python")
    return "choose another base Python, or leave one of the projects out";
  if (conflict.name.startsWith("--")) {
    const option = conflict.name.split(" ")[0]!;
    return text.startsWith(`${option} `) ? null : `write ${option} and an address`;
  }
  if (/^-e\s/.test(text)) return null;
  const requirement = parseRequirement(text);
  if (isFailure(requirement)) {
    const example = `such as ${conflict.choices[0]?.requirement ?? `${conflict.name}==1.0`}`;
    return `"${text}" is not a requirement (${requirement.message}); write one ${example}`;
  }
  if (normalizeName(requirement.name) === conflict.name) return null;
  return `"${text}" is about ${requirement.name}, the conflict is about ${conflict.name}`;
}
