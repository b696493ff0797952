import type { AndOr } from "unbash";
import type { FinderInput } from "../input.ts";
import { headDraft, type Unit } from "./block-head.ts";
import type { Draft, Step } from "./draft.ts";
import type { ShellJob } from "./job.ts";
import type { List, Spot } from "./model.ts";
import { canEmpty, type Removals, removePart, removeStatement } from "./removing.ts";
import { type Role, type Roles, roleOf } from "./roles.ts";

/** A block that becomes one call of setup.py. */
export interface Block {
  readonly head: Step;
  readonly draft: Draft;
  /** The commands that it takes in. */
  readonly steps: readonly Step[];
  readonly flow: unknown;
  /** It is always run where its flow is. */
  readonly certain: boolean;
  /** How its lines go; asked once all removals of the job are known. */
  readonly gone: readonly Gone[];
}

export interface Gone {
  readonly list: List;
  readonly index: number;
  /** The chain whose part goes; null where a statement goes. */
  readonly node: AndOr | null;
}

/** The blocks that make and fill a venv, each as one call of setup.py. */
export function blocksOf(
  members: readonly Step[],
  roles: Roles,
  removals: Removals,
  job: ShellJob,
  { python, folders }: FinderInput,
): readonly Block[] {
  const units = unitsOf(members, roles);
  const blocks: { head: Unit; units: Unit[]; gone: Gone[] }[] = [];
  const waiting: Unit[] = [];
  for (const unit of units) {
    const block = blocks.findLast((one) => follows(unit, one.head));
    if (block !== undefined && remove(unit, block.gone, removals)) {
      block.units.push(unit);
      continue;
    }
    if (!isHead(unit)) {
      waiting.push(unit);
      continue;
    }
    const own = { head: unit, units: [unit], gone: [] as Gone[] };
    blocks.push(own);
    // pip's own upgrade right before it goes with it.
    for (const before of waiting.splice(0)) {
      if (follows(unit, before) && remove(before, own.gone, removals)) own.units.unshift(before);
    }
  }
  return blocks.map(({ head, units: all, gone }) => {
    const steps = all.flatMap((unit) => unit.steps);
    return {
      head: head.steps[0]!,
      steps,
      flow: head.list.flow,
      certain: !head.list.conditional && head.level === "statement",
      gone,
      draft: headDraft(head, steps, job, python, folders),
    };
  });
}

/** Whether a unit runs only where another one has run before. */
function follows(unit: Unit, head: Unit): boolean {
  if (unit.list.statements === head.list.statements) return true;
  if (unit.list.flow !== head.list.flow) return false;
  return !head.list.conditional;
}

function isHead(unit: Unit): boolean {
  return unit.steps.some(
    ({ act, install }) => act.kind === "create" || install?.verdict !== "tools",
  );
}

function unitsOf(members: readonly Step[], roles: Roles): readonly Unit[] {
  const units: Unit[] = [];
  for (const step of members) {
    const place = largest(step.ran.spot, roles);
    const same = units.find(
      (one) =>
        one.level !== "command" &&
        one.level === place.level &&
        one.list.statements === place.list.statements &&
        one.index === place.index &&
        one.chain?.index === place.chain?.index,
    );
    if (same !== undefined) same.steps.push(step);
    else units.push({ ...place, steps: [step] });
  }
  return units;
}

/** The largest piece around a command that is nothing but the block's. */
function largest(spot: Spot, roles: Roles): Omit<Unit, "steps"> {
  const role = (one: Spot): Role => roleOf(one.list.statements[one.index]!.command, roles);
  let found: Spot | null = null;
  for (let at: Spot | null = spot; at !== null && role(at) === "member"; at = at.list.within)
    found = at;
  if (found !== null)
    return { level: "statement", list: found.list, index: found.index, chain: null };
  const { list, index, chain, piped } = spot;
  return { level: chain === null || piped ? "command" : "part", list, index, chain };
}

/** Takes a unit out, where something else stays or all may go. */
function remove(unit: Unit, gone: Gone[], removals: Removals): boolean {
  const { list, index, chain } = unit;
  if (unit.level === "statement") {
    // The next statement asks how this one ended.
    const next = list.statements[index + 1];
    if (next !== undefined && /\$\?/.test(list.fragment.text.slice(next.pos, next.end)))
      return false;
    const others = list.statements.some(
      (_, i) => i !== index && !(removals.statements.get(list.statements)?.gone.has(i) ?? false),
    );
    if (!others && !canEmpty(list)) return false;
    removeStatement(removals, list, index);
    gone.push({ list, index, node: null });
    return true;
  }
  if (unit.level !== "part" || chain === null) return false;
  const { node } = chain;
  const out = removals.parts.get(node)?.gone ?? new Set<number>();
  const stays = node.commands.some((_, i) => i !== chain.index && !out.has(i));
  const around = [node.operators[chain.index - 1], node.operators[chain.index]];

  if (!stays || around.includes("||")) return false;
  removePart(removals, list, node, chain.index);
  gone.push({ list, index: chain.index, node });
  return true;
}
