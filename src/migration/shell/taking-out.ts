import type { Fragment } from "../fragment.ts";
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
export function within(one: Piece, block: Block): boolean {
  const at = one.fragment.offsets[one.node.pos]!;
  if (block.draft.edits.some(({ start, end }) => at >= start && at < end)) return true;
  return block.gone.some(({ list, index, node }) => {
    const piece = node === null ? list.statements[index]! : node.commands[index]!;
    return list.fragment === one.fragment && isInside(one.node, piece);
  });
}

/** Whether a command is part of what goes. */
export function insideGone({ fragment, node }: Piece, { statements, parts }: Removals): boolean {
  for (const { list, gone } of statements.values()) {
    const all = [...gone].map((i) => list.statements[i]!);
    if (list.fragment === fragment && all.some((piece) => isInside(node, piece))) return true;
  }
  for (const [chain, { list, gone }] of parts) {
    const all = [...gone].map((i) => chain.commands[i]!);
    if (list.fragment === fragment && all.some((piece) => isInside(node, piece))) return true;
  }
  return false;
}

interface Span {
  readonly pos: number;
  readonly end: number;
}

function isInside({ pos, end }: Span, outer: Span): boolean {
  return pos >= outer.pos && end <= outer.end;
}

/** Something that stands in a fragment's text. */
export interface Piece {
  readonly fragment: Fragment;
  readonly node: Span;
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
