import { VENV } from "../shell/paths.ts";
import type { Judged } from "./compose.ts";
import { madeIn, placeOf } from "./environments.ts";
import { isPrinted } from "./harmless.ts";
import type { Run } from "./run.ts";
import { reached } from "./write.ts";

/**
 * Where a line that makes an environment has to stay, what names the environment's folder stays too:
 * `clean` would delete another one than `setup` makes.
 */
export function withoutStillMade(
  runs: readonly Run[],
  judged: readonly Judged[],
): readonly Judged[] {
  const stays = new Map<string, number>();
  for (const run of runs) {
    if (run.kind !== "recipe") continue;
    const own = judged.filter((one) => one.run === run).flatMap(({ wanted }) => wanted);
    for (const { start, place } of madeIn(run)) {
      const moves = own.some(({ full }) => full.start <= start && start < full.end);
      if (!moves && !isPrinted(run, start) && !place.startsWith("build/python"))
        stays.set(place, run.line);
    }
  }
  if (stays.size === 0) return judged;
  return judged.map((one) => {
    const { run, wanted, site } = one;
    for (const { full } of wanted) {
      if (!reached(full.text)?.path.startsWith(VENV)) continue;
      const place = placeOf(run.program, run.text.slice(full.start, full.end).replace(/["']/g, ""));
      const line = [...stays].find(([env]) => place === env || place?.startsWith(`${env}/`))?.[1];
      if (line === undefined) continue;
      const reason = `The rule in line ${line} still makes this environment: settle that first.`;
      return { ...one, site: { ...site, kind: "report", reason, edits: [] }, wanted: [] };
    }
    return one;
  });
}
