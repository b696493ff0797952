import type { CallSiteDrift } from "../commands/call-site-drift.ts";
import { callSiteDrift } from "../commands/call-site-drift.ts";
import { assessHealth } from "../commands/health.ts";
import type { Hands } from "../environment/ground.ts";
import { VENV } from "../environment/layout.ts";
import { scan } from "../monorepo/scan.ts";
import type { Output } from "./output.ts";
import { count, DONE, NEEDED, paint } from "./output.ts";

const NO_CALL_SITES: CallSiteDrift = { toMove: 0, reasons: [] };

/** `one-venv check`: setup.py's word on the venv, and the brain's on the sources. */
export async function runCheck(
  root: string,
  json: boolean,
  hands: Hands,
  output: Output,
): Promise<number> {
  const options = { hands, processes: true, scan: await scan(root, { git: true }) };
  const { state: found, reasons: health, report } = await assessHealth(root, options);
  const unread = health.some(({ code }) => code === "decisions");
  const callSites =
    found === "not consolidated" || unread ? NO_CALL_SITES : await callSiteDrift(root, options);
  const reasons = [...health, ...callSites.reasons];
  const state = found === "healthy" && callSites.reasons.length > 0 ? "call sites" : found;
  if (json)
    output.json({
      state,
      healthy: state === "healthy",
      reasons,
      callSites: callSites.toMove,
      venv: report && { ...report, venv: VENV },
    });
  else if (state === "not consolidated") {
    output.print("No build/python/requirements.txt here yet. Start with: one-venv consolidate");
  } else {
    output.print(`Central venv: ${paint(state === "healthy" ? "green" : "yellow", state)}`);
    if (report?.python)
      output.print(
        paint(
          "dim",
          `  Python ${report.python}, ${report.packages} packages, built with ${report.installer}`,
        ),
      );
    for (const { message, mend } of reasons) {
      output.print(`  ${message}`);
      output.print(paint("dim", `    → ${mend}`));
    }
    if (callSites.toMove > callSites.reasons.length) {
      const sites = count(callSites.toMove, "call site");
      output.print(paint("dim", `  ${sites} to move to it: one-venv migrate`));
    }
  }
  return state === "healthy" ? DONE : NEEDED;
}
