import type { Places } from "./places.ts";
import type { Site } from "./site.ts";

/** A place that is named with what a person does about it, and has no edit. */
export function reportAt(
  places: Places,
  at: number,
  reason: string,
  names: readonly string[] = [],
): Site {
  return {
    ...places.at(at),
    kind: "report",
    reason,
    edits: [],
    alternative: null,
    listed: [],
    names,
    stillNames: names,
    creates: [],
  };
}

/** A site that a person has to see to: its edits are none. */
export function reported(site: Site, reason: string): Site {
  return {
    ...site,
    kind: "report",
    reason,
    edits: [],
    alternative: null,
    listed: [],
    stillNames: site.names,
    creates: [],
  };
}

/** A site that is proposed and not ticked, for a reason that its file gives. */
export function offered(site: Site, reason: string): Site {
  return site.kind === "rewrite" ? { ...site, kind: "offer", reason } : site;
}
