import { openConflicts } from "../consolidation/conflict.ts";
import { applyPlan } from "../plan/apply.ts";
import { MessageError } from "../plan/message.ts";
import type { Proposal } from "./propose.ts";

/** Why a proposal cannot be applied yet, in sentences; empty where it can. */
export function openPoints({ consolidation }: Proposal): string[] {
  return openConflicts(consolidation).map(({ name, sentence }) => `${name}: ${sentence}`);
}

/** Applies a proposal; with open conflicts nothing is written. Returns the paths that changed. */
export async function applyProposal(root: string, proposal: Proposal): Promise<readonly string[]> {
  const open = openPoints(proposal);
  if (open.length > 0) {
    const count = open.length === 1 ? "1 conflict is" : `${open.length} conflicts are`;
    throw new MessageError(`${count} not decided yet; nothing was written.`);
  }
  return applyPlan(root, proposal.plan);
}
