import { assessHealth } from "../commands/health.ts";
import type { Hands } from "../environment/ground.ts";
import { VENV } from "../environment/layout.ts";
import type { Output } from "./output.ts";
import { DONE, NEEDED, paint } from "./output.ts";

/** `one-venv check`: setup.py's word on the venv, and the brain's on the sources. */
export async function runCheck(
  root: string,
  json: boolean,
  hands: Hands,
  output: Output,
): Promise<number> {
  const { state, reasons, report } = await assessHealth(root, { hands, processes: true });
  if (json)
    output.json({
      state,
      healthy: state === "healthy",
      reasons,
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
  }
  return state === "healthy" ? DONE : NEEDED;
}
