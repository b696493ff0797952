import { answered } from "../commands/answers.ts";
import { applyProposal } from "../commands/apply.ts";
import { askerOf, otherPythons } from "../commands/asking.ts";
import type { Material, Proposal } from "../commands/propose.ts";
import { gather } from "../commands/propose.ts";
import type { Resolution } from "../commands/resolve.ts";
import { resolvePlan } from "../commands/resolve.ts";
import { suggestForAll } from "../commands/suggest.ts";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Hands } from "../environment/ground.ts";
import type { Arguments } from "./arguments.ts";
import { printEnd } from "./consolidate-end.ts";
import { consolidationJson } from "./consolidate-json.ts";
import { printProposal } from "./consolidate-text.ts";
import type { Output } from "./output.ts";
import { DONE, FAILED, NEEDED, titleOf } from "./output.ts";
import { gaveNoAnswer, printResolution } from "./resolution-text.ts";

/** `one-venv consolidate`: shows the plan, and with `--write` applies it if nothing is open. */
export async function runConsolidate(
  root: string,
  args: Arguments,
  hands: Hands,
  output: Output,
): Promise<number> {
  const { python } = args;
  const material = await gather(root, { hands, processes: true, ...(python ? { python } : {}) });
  const proposal = proposed(material, args);
  const resolution = args.resolve ? await askResolver(material, proposal, args.suggest) : null;
  const undecided = openConflicts(proposal.consolidation).length;
  const open = undecided + (resolution?.findings.length ?? 0);
  const asked = proposal.replaces.filter((path) => !args.replace.includes(path));
  const ready = open === 0 && asked.length === 0;
  const written = args.write && ready ? await applyProposal(root, proposal) : [];
  if (args.json) output.json(consolidationJson(material, proposal, resolution, asked, written));
  else if (declaresNothing(material)) {
    output.print(
      `${titleOf(root)}: no file here declares dependencies; there is nothing to write.`,
    );
  } else {
    printProposal(material, proposal, output);
    if (resolution) printResolution(resolution, undecided, output);
    printEnd(proposal, { resolution, asked, written, args }, output);
  }
  const puzzled = proposal.consolidation.ledger.some(({ fate }) => fate === "not understood");
  const unread = material.sources.some(({ reading }) => reading.notUnderstood.length > 0);
  if (undecided === 0 && resolution && gaveNoAnswer(resolution)) return FAILED;
  return ready && !puzzled && !unread ? DONE : NEEDED;
}

/** A folder that nothing is declared in (the wrong one, say) gets no build/python. */
function proposed(material: Material, args: Arguments): Proposal {
  const proposal = answered(material, args);
  if (!declaresNothing(material)) return proposal;
  return { ...proposal, plan: { ...proposal.plan, changes: [] } };
}

function declaresNothing({ sources, ground }: Material): boolean {
  return sources.length === 0 && ground.central === null;
}

/** What the resolver says, with fixes where they are asked for; the time for those is limited. */
async function askResolver(
  material: Material,
  { consolidation }: Proposal,
  suggest: boolean,
): Promise<Resolution> {
  const signal = new AbortController().signal;
  const ask = askerOf(material, consolidation, signal);
  const onProgress = (text: string) => process.stderr.isTTY && process.stderr.write(`${text}\n`);
  const resolution = await resolvePlan(consolidation, ask, onProgress);
  if (!suggest) return resolution;
  const limit = AbortSignal.timeout(PATIENCE);
  const options = {
    ask: askerOf(material, consolidation, limit),
    pythons: await otherPythons(material),
    signal: limit,
    onProgress,
  };
  const nobody = () => undefined;
  const findings = await suggestForAll(consolidation, resolution.findings, options, nobody);
  return { ...resolution, findings };
}

/** Time for suggestions, in milliseconds. */
const PATIENCE = 60_000;
