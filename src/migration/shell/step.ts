import type { FinderInput } from "../input.ts";
import { type Act, actOf, targetOf } from "./act.ts";
import type { Step } from "./draft.ts";
import { type Environment, environmentAt } from "./environment.ts";
import { type Install, readInstall } from "./install.ts";
import type { Ran } from "./model.ts";
import { toolUse } from "./tools.ts";
import { nameAt } from "./unwrap.ts";
import { locations, UNKNOWN } from "./value.ts";

export function stepOf(ran: Ran, input: FinderInput): Step {
  let act: Act = actOf(ran);
  let install: Install | null = null;
  if (act.kind === "tool") {
    const use = toolUse(act);
    const { args } = act;
    const { word } = ran.words[ran.main]!;
    const program = { start: word.pos, end: word.end, env: null, variable: null };
    if (use.kind === "pip") act = { kind: "pip", ...program, args: use.args, version: null };
    if (use.kind === "create") act = { kind: "create", ...program, target: targetOf(use.args) };
    if (use.kind === "install") {
      const found = use.files.flatMap((file) =>
        locations(file, ran.place).flatMap(({ path }) => path ?? []),
      );
      const sources = found.filter((path) => input.accounted.has(path));
      const all = found.filter((path) => input.tree.has(path) || input.accounted.has(path));
      const verdict = sources.length > 0 ? "declared" : "report";
      const reason = sources.length > 0 ? TOOL_GOES : TOOL_STAYS;
      const adds = verdict === "report";
      install = { verdict, reason, sources: [...new Set(all)], missing: [], adds };
      act = { kind: "pip", ...program, args, version: null };
    }
  }
  if (act.kind === "pip" && install === null) install = readInstall(act.args, ran, input);
  return { ran, act, install };
}

const TOOL_GOES =
  "The central requirements account for what it installs; its own environment is no longer used.";

const TOOL_STAYS =
  "The central requirements do not account for what it installs: consolidate first.";

/** Where uv makes and fills an environment that nobody names. */
const UV = ".venv";

/** The environment that a step makes. */
export function createdBy({ act, ran }: Step): Environment | null {
  if (act.kind !== "create") return null;
  const text = act.target === null ? UV : (act.target.value.texts[0] ?? UNKNOWN);
  return environmentAt(text, ran.place);
}

/** The environment that a step fills: pip's own, or the active one. */
export function filledBy({ act, ran }: Step): string | null {
  if (act.kind !== "pip") return null;
  const env = act.env ?? activeEnvironment(ran);
  if (env !== null) return env.key;
  return nameAt(ran.words, ran.main) === "uv" ? environmentAt(UV, ran.place).key : null;
}

/** The environment that is active where a command runs. */
export function activeEnvironment({ active }: Ran): Environment | null {
  if (active === null) return null;
  const act = actOf(active.by);
  return act.kind === "activate" ? act.env : null;
}
