import { applyProposal } from "../commands/apply.ts";
import type { Material, Proposal } from "../commands/propose.ts";
import { gather, propose } from "../commands/propose.ts";
import { decide } from "../consolidation/decide.ts";
import type { Decisions } from "../consolidation/decision.ts";
import { key } from "../consolidation/decision.ts";
import type { Hands } from "../environment/ground.ts";
import { MessageError } from "../plan/message.ts";
import { normalizeName } from "../requirements/name.ts";
import type { Arguments } from "./arguments.ts";
import { answersTo } from "./conflict-text.ts";
import { consolidationJson } from "./consolidate-json.ts";
import { printProposal } from "./consolidate-text.ts";
import type { Output } from "./output.ts";
import { count, DONE, NEEDED, paint } from "./output.ts";

/** `one-venv consolidate`: shows the plan, and with `--write` applies it if nothing is open. */
export async function runConsolidate(
  root: string,
  args: Arguments,
  hands: Hands,
  output: Output,
): Promise<number> {
  const material = await gather(root, { hands, processes: true });
  const proposal = decideAll(material, args.decide);
  const open = proposal.consolidation.conflicts.length;
  const asked = proposal.replaces.filter((path) => !args.replace.includes(path));
  const ready = open === 0 && asked.length === 0;
  const written = args.write && ready ? await applyProposal(root, proposal) : [];
  if (args.json) output.json(consolidationJson(material, proposal, asked, written));
  else {
    printProposal(material, proposal, output);
    printEnd(proposal, asked, args.write ? written : null, output);
  }
  const puzzled = proposal.consolidation.ledger.some(({ fate }) => fate === "not understood");
  const unread = material.sources.some(({ reading }) => reading.notUnderstood.length > 0);
  return ready && !puzzled && !unread ? DONE : NEEDED;
}

/** The proposal with every `--decide` taken; an answer to no conflict is an error. */
function decideAll(material: Material, answers: Arguments["decide"]): Proposal {
  let decisions: Decisions = material.decisions;
  const first = propose(material, decisions, null);
  for (const { name, answer } of answers) {
    const wanted = normalizeName(name);
    const conflicts = first.consolidation.conflicts.filter((one) => one.name === wanted);
    if (conflicts.length === 0) {
      throw new MessageError(`--decide ${name}: there is no open conflict about ${name}.`);
    }
    const taken = conflicts.map((conflict) => {
      const decision = decide(conflict, answer);
      if ("problem" in decision) throw new MessageError(`--decide ${name}: ${decision.problem}.`);
      return decision;
    });
    const others = decisions.decisions.filter((one) => !taken.some((two) => key(two) === key(one)));
    decisions = { ...decisions, decisions: [...others, ...taken] };
  }
  return answers.length === 0 ? first : propose(material, decisions, null);
}

function printEnd(
  { consolidation: { conflicts }, plan }: Proposal,
  asked: readonly string[],
  written: readonly string[] | null,
  output: Output,
): void {
  output.print();
  if (conflicts.length > 0) {
    output.print(
      paint("yellow", `${count(conflicts.length, "conflict")} to decide; nothing was written.`),
    );
    const answers = conflicts.flatMap((conflict) => answersTo(conflict)[0]?.answer ?? []);
    const words = answers.map((answer) => `--decide ${answer}`).join(" ");
    if (words !== "") output.print(`For example: one-venv consolidate ${words} --write`);
  } else if (asked.length > 0) {
    output.print(
      paint(
        "yellow",
        `Made or changed by a person: ${asked.join(", ")}. Nothing was written; to replace, add ${asked.map((path) => `--replace ${path}`).join(" ")}.`,
      ),
    );
  } else if (written && written.length > 0) {
    output.print(
      paint("green", `Wrote ${count(written.length, "file")}. Take it back: one-venv undo --write`),
    );
    output.print(
      "Next: python3 build/python/setup.py builds the central venv, or brings it up to date.",
    );
  } else if (plan.changes.length === 0) {
    output.print(paint("green", "build/python is up to date with what is declared."));
  } else output.print("Nothing was written yet; add --write to apply.");
}
