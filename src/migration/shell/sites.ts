import type { FinderInput } from "../input.ts";
import type { Places } from "../places.ts";
import type { Site } from "../site.ts";
import { decide } from "./decide.ts";
import type { Draft } from "./draft.ts";
import { withOffered } from "./hanging.ts";
import type { ShellJob, ShellResult } from "./job.ts";
import { outerVariables } from "./outer.ts";
import { walkFromKnownStarts } from "./starts.ts";

/**
 * The call sites of a job's shell text, edits and all, in the file's own offsets. `places` gives ids
 * and lines, and is one for all jobs of a file.
 */
export function shellSites(job: ShellJob, input: FinderInput, places: Places): ShellResult {
  const walked = walkFromKnownStarts(job, input, outerVariables(job));
  const all = decide(job, input, walked, places.lineOf, new Set());
  const ids = new Map<object, ReturnType<Places["at"]>>();
  for (const draft of inOrder(all.drafts)) ids.set(draft.key, places.at(draft.offset));
  const out = [...ids].filter(([, { id }]) => input.excluded.has(id)).map(([key]) => key);
  const decided = out.length === 0 ? all : decide(job, input, walked, places.lineOf, new Set(out));
  const leftOut = all.drafts.filter(({ key }) => out.includes(key)).map(asLeftOut);
  const kept = withOffered(
    decided.drafts.filter(({ key }) => !out.includes(key)),
    (left) => decide(job, input, walked, places.lineOf, new Set([...out, ...left])).drafts,
    places.lineOf,
  );
  const drafts = inOrder([...kept, ...leftOut]);
  const sites = drafts.map((draft) => {
    const at = ids.get(draft.key) ?? places.at(draft.offset);
    return { site: siteOf(draft, at, places), draft };
  });
  return {
    sites: sites.map(({ site }) => site),
    setup: decided.setup,
    unprepared: sites.filter(({ draft }) => draft.unprepared).map(({ site }) => site),
  };
}

function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  return [...drafts].sort((a, b) => a.offset - b.offset);
}

/** A site that a person left out is named, and stays as it is. */
function asLeftOut(draft: Draft): Draft {
  return { ...draft, edits: [], alternative: null, listed: [], stillNames: draft.names };
}

function siteOf(draft: Draft, at: ReturnType<Places["at"]>, { lineOf }: Places): Site {
  const { kind, reason, edits, alternative, names, stillNames } = draft;
  const listed = draft.listed.map(lineOf).sort((a, b) => a - b);
  return { ...at, kind, reason, edits, alternative, listed, names, stillNames, creates: [] };
}
