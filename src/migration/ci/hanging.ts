import type { Site } from "../site.ts";
import type { CiJob } from "./job.ts";

/**
 * What a call needs has to be made in the same job: where the line that makes the venv is only
 * offered, whatever hangs on it is only offered too, until a line comes that surely makes it.
 */
export function hanging(sites: readonly Site[], { parts }: CiJob): readonly Site[] {
  const offered = sites.some((site) => site.kind === "offer" && makesVenv(site));
  if (!offered || parts.some(({ scalar }) => SETUP.test(scalar.value))) return sites;
  // In the order in which they run: what a job takes from a template may stand further down.
  const orderOf = ({ edits }: Site): readonly [number, number] => {
    const at = edits[0]!.start;
    return [parts.findIndex(({ scalar: { range } }) => at <= range[1] && at >= range[0]), at];
  };
  const sure = sites
    .filter((site) => site.kind === "rewrite" && makesVenv(site))
    .map(orderOf)
    .toSorted(inOrder)[0];
  return sites.map((site) => {
    if (site.kind !== "rewrite" || site.edits.length === 0 || makesVenv(site)) return site;
    if (sure !== undefined && inOrder(sure, orderOf(site)) < 0) return site;
    return { ...site, kind: "offer" as const, reason: HANGS };
  });
}

/** Whether a site's edits bring a call of setup.py. */
export function makesVenv({ edits }: Site): boolean {
  return edits.some(({ text }) => SETUP.test(text));
}

function inOrder(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}

const SETUP = /build[/\\]python[/\\]setup\.py/;

const HANGS =
  "The line of the job that makes the venv for it is only offered: the two go together.";
