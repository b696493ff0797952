import type { Group } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { type Marker, printMarker } from "../marker.ts";
import { parseRequirement } from "../requirement.ts";
import { writtenSpecifiers } from "../specifier.ts";
import type { Findings, Place } from "./findings.ts";
import type { PackageLink } from "./toml-link.ts";

/** Where another table of the same file takes a package of a group from; null: from an index. */
export type LinkFor = (name: string, group: Group) => PackageLink | null;

export const noLink: LinkFor = () => null;

/** What holds for every requirement of one list. */
export interface ListContext {
  readonly file: string;
  readonly group: Group;
  readonly found: Findings;
  readonly linkFor?: LinkFor;
  /** A condition that stands outside of the requirement, as in `extras_require={":MARKER": …}`. */
  readonly marker?: Marker | null;
}

/** Reads one PEP 508 requirement that stands at a place: a declaration, or not understood. */
export function readPep508(text: string, place: Place, context: ListContext): void {
  const parsed = parseRequirement(text);
  if (isFailure(parsed)) {
    context.found.notUnderstood.push({ ...place, reason: parsed.message });
    return;
  }
  const from = parsed.url === null ? (context.linkFor ?? noLink)(parsed.name, context.group) : null;
  const marker = both(parsed.marker, context.marker ?? null);
  context.found.declarations.push({
    file: context.file,
    ...place,
    name: parsed.name,
    specifier: writtenSpecifiers(parsed.specifier),
    extras: parsed.extras,
    marker: marker === null ? null : printMarker(marker),
    link: from?.link ?? parsed.url,
    editable: from?.editable ?? false,
    hashes: [],
    group: context.group,
  });
}

/** The marker that holds where both do. */
function both(a: Marker | null, b: Marker | null): Marker | null {
  if (a === null || b === null) return a ?? b;
  const items = [a, b].flatMap((one) => (one.kind === "and" ? one.items : [one]));
  return { kind: "and", items, grouped: false };
}
