import type { Site } from "../site.ts";

/** The site as a report, with nothing to tick. */
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
