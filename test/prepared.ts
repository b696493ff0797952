import { join } from "node:path";
import { execa } from "execa";
import { copyExample } from "../scripts/example.ts";
import { applyProposal } from "../src/commands/apply.ts";
import { gather, propose } from "../src/commands/propose.ts";
import { decide } from "../src/consolidation/decide.ts";
import type { Decision } from "../src/consolidation/decision.ts";
import { readHands } from "../src/environment/ground.ts";
import { applyPlan } from "../src/plan/apply.ts";
import { readState } from "../src/plan/file-state.ts";

const hands = () => readHands(join(import.meta.dirname, "..", "src", "python"));

/** The example with its conflicts decided ("highest") and the consolidation applied. */
export async function consolidatedExample(folder: string): Promise<void> {
  await copyExample(folder);
  const material = await gather(folder, { hands: await hands(), processes: true });
  const { conflicts } = propose(material, material.decisions, null).consolidation;
  const decisions = conflicts.map((conflict) => decide(conflict, "highest") as Decision);
  await applyProposal(folder, propose(material, { ...material.decisions, decisions }, null));
}

/** The same with the hidden conflict mended, too. */
export async function mendedExample(folder: string): Promise<void> {
  await consolidatedExample(folder);
  const path = "build/python/requirements.txt";
  const before = (await readState(join(folder, path)))!;
  const text = Buffer.from(before.bytes)
    .toString("utf8")
    .replace("mdit-py-plugins==0.3.5", "mdit-py-plugins==0.4.0");
  await applyPlan(folder, {
    title: "Mend",
    changes: [{ path, before, after: { ...before, bytes: Buffer.from(text) } }],
  });
}

/** The same with the central venv built. */
export async function builtExample(folder: string): Promise<void> {
  await mendedExample(folder);
  await execa("python3", [join(folder, "build/python/setup.py")]);
}

/** The same with every package pinned before it is built. */
export async function lockedExample(folder: string): Promise<void> {
  await mendedExample(folder);
  const setup = join(folder, "build/python/setup.py");
  await execa("python3", [setup, "lock"]);
  await execa("python3", [setup]);
}
