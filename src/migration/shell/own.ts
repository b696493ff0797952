import { type Draft, draft, offsetOf, type Step } from "./draft.ts";
import type { Environment } from "./environment.ts";
import { activeEnvironment, createdBy, filledBy } from "./step.ts";
import { UNKNOWN_WRAPPER } from "./unwrap.ts";
import { otherVersion, sameVersion } from "./words.ts";

/** What pip and venv themselves come to where they are no part of a block. */
export function ownDraft(
  step: Step,
  held: ReadonlyMap<string, string>,
  python: string | null,
): Draft | null {
  const { act, install, ran } = step;
  const at = offsetOf(ran);
  const names = install?.sources ?? [];
  if (install?.verdict === "report")
    return draft(ran.node, at, "report", install.reason, { names });
  if (
    act.kind === "pip" &&
    act.env === null &&
    !sameVersion(act.version, python) &&
    install?.verdict !== "query"
  )
    return draft(ran.node, at, "report", otherVersion(act.version, python), { names });
  if (act.kind === "activate" && (act.env.where === "elsewhere" || act.env.where === "unknown")) {
    return draft(ran.node, at, "report", FOREIGN);
  }
  const starter = ran.wrappers.find((name) => name.startsWith(UNKNOWN_WRAPPER));
  if (starter !== undefined && (act.kind === "create" || act.kind === "pip")) {
    return draft(ran.node, at, "report", `${starter.slice(UNKNOWN_WRAPPER.length)} starts it.`, {
      names,
    });
  }
  const created = createdBy(step);
  const key = created?.key ?? filledBy(step);
  if (created !== null && (created.where === "elsewhere" || created.where === "unknown")) {
    return draft(
      ran.node,
      at,
      "report",
      "Makes an environment outside of what is known here: decide whether it is still needed.",
    );
  }
  if (
    (created !== null || install !== null) &&
    key !== null &&
    held.has(key) &&
    install?.verdict !== "query"
  ) {
    return draft(ran.node, at, "report", held.get(key)!, { names });
  }
  if (install !== null && install.verdict !== "query" && install.verdict !== "tools") {
    if (ran.active?.kind === "conda" || filled(step)?.where === "elsewhere") {
      return draft(
        ran.node,
        at,
        "report",
        "It fills an environment outside of the repository: decide whether that is still needed.",
        { names },
      );
    }
    if (act.kind === "pip" && act.env?.where === "unknown") {
      return draft(ran.node, at, "report", "Which environment it fills is not known.", { names });
    }
  }
  return null;
}

/** The environment that a command of pip fills: its own, or the active one. */
function filled({ act, ran }: Step): Environment | null {
  return act.kind === "pip" ? (act.env ?? activeEnvironment(ran)) : null;
}

export function isMember(step: Step): boolean {
  const { act, install } = step;
  if (act.kind === "create") return true;
  if (act.kind !== "pip" || install === null) return false;
  if (act.env?.where === "unknown" || filled(step)?.where === "elsewhere") return false;
  return (
    install.verdict === "covered" || install.verdict === "declared" || install.verdict === "tools"
  );
}

/** `python3 -c "import x" || pip install x`: the whole line waits for the install to be settled. */
export function onDemand(steps: readonly Step[], drafts: Map<Step, Draft>): void {
  for (const step of steps) {
    const { chain, list } = step.ran.spot;
    if (step.install?.verdict !== "report" || chain === null) continue;
    if (chain.node.operators[chain.index - 1] !== "||") continue;
    for (const other of steps) {
      const spot = other.ran.spot;
      if (spot.list === list && spot.chain?.node === chain.node && spot.chain.index < chain.index) {
        if (drafts.get(other)?.kind !== "report") drafts.delete(other);
      }
    }
  }
}

const FOREIGN =
  "Activates an environment outside of what is known here: decide whether it is still needed.";
