import type { Edit } from "../site.ts";
import type { Block } from "./blocks.ts";
import type { Ran, Spot } from "./model.ts";
import {
  canEmpty,
  partEdit,
  type Removals,
  removePart,
  removeStatement,
  statementEdit,
} from "./removing.ts";
import { type Roles, roleOf } from "./roles.ts";

/** Whether a command goes with a block. */
export function within(ran: Ran, block: Block): boolean {
  const at = ran.fragment.offsets[ran.node.pos]!;
  if (block.draft.edits.some(({ start, end }) => at >= start && at < end)) return true;
  return block.gone.some(({ list, index, node }) => {
    const piece = node === null ? list.statements[index]! : node.commands[index]!;
    return list.fragment === ran.fragment && ran.node.pos >= piece.pos && ran.node.end <= piece.end;
  });
}

/** Whether a command is part of what goes. */
export function insideGone(ran: Ran, { statements, parts }: Removals): boolean {
  const inside = (one: { readonly pos: number; readonly end: number }): boolean =>
    ran.node.pos >= one.pos && ran.node.end <= one.end;
  for (const { list, gone } of statements.values()) {
    if (list.fragment === ran.fragment && [...gone].some((i) => inside(list.statements[i]!)))
      return true;
  }
  for (const [node, { list, gone }] of parts) {
    if (list.fragment === ran.fragment && [...gone].some((i) => inside(node.commands[i]!)))
      return true;
  }
  return false;
}

/**
 * Takes a command out, with the test around it; null where that leaves nothing that may stand. The
 * edits are asked for when all that goes is known.
 */
export function takeOut(
  ran: Ran,
  roles: Roles,
  removals: Removals,
): (() => readonly Edit[]) | null {
  const soft = (at: Spot): boolean =>
    roleOf(at.list.statements[at.index]!.command, roles) === "soft";
  const { chain, list, index, piped } = ran.spot;
  const statement = list.statements[index]!.command;
  if (soft(ran.spot)) {
    let spot = ran.spot;
    for (let up = list.within; up !== null && soft(up); up = up.list.within) spot = up;
    return statementOut(spot, removals);
  }
  if (piped) return null;
  if (statement === ran.node) return statementOut(ran.spot, removals);
  if (chain === null || statement !== chain.node) return null;
  const { node, index: part } = chain;
  if (node.commands[part] !== ran.node) return null;
  if ([node.operators[part - 1], node.operators[part]].includes("||")) return null;
  const gone = removals.parts.get(node)?.gone ?? new Set<number>();
  if (!node.commands.some((_, i) => i !== part && !gone.has(i))) return null;
  removePart(removals, list, node, part);
  return () => [partEdit(removals, list, node, part)];
}

function statementOut({ list, index }: Spot, removals: Removals): (() => readonly Edit[]) | null {
  const gone = removals.statements.get(list.statements)?.gone ?? new Set<number>();
  const others = list.statements.some((_, i) => i !== index && !gone.has(i));
  if (!others && !canEmpty(list)) return null;
  removeStatement(removals, list, index);
  return () => statementEdit(removals, list, index);
}
