import { posix } from "node:path";
import type { NotUnderstood, Reference } from "../requirements/declaration.ts";
import type { FileFacts } from "./file-facts.ts";
import { folderOf } from "./interest.ts";

/** Where a reference leads: a path relative to the root, or why it leads nowhere. */
export type Lead = { readonly path: string } | { readonly reason: string };

/** Where a reference in the source `file` leads, by what it says alone. */
export function leadOf(file: string, { target }: Reference): Lead {
  if (/^[a-z][a-z0-9+.-]+:/i.test(target)) return { reason: "it is a URL" };
  if (/\$\{[A-Z0-9_]+\}/.test(target)) return { reason: "its name depends on a variable" };
  if (posix.isAbsolute(target) || /^[a-z]:\//i.test(target)) return { reason: OUTSIDE };
  const path = posix.normalize(posix.join(folderOf(file), target));
  return path === ".." || path.startsWith("../") ? { reason: OUTSIDE } : { path };
}

const OUTSIDE = "it lies outside the root";

/** One `-r` or `-c` that leads to a path inside the root. */
export interface Include {
  readonly from: string;
  /** The path that it names, and the file that this is where links are followed. */
  readonly named: string;
  readonly to: string;
  readonly reference: Reference;
}

export function includesOf(facts: readonly FileFacts[]): Include[] {
  const aliases = new Map(facts.map(({ path, aliasOf }) => [path, aliasOf ?? path]));
  return facts.flatMap(({ path, reading }) =>
    (reading?.references ?? []).flatMap((reference) => {
      const lead = leadOf(path, reference);
      if ("reason" in lead) return [];
      const to = aliases.get(lead.path) ?? lead.path;
      return [{ from: path, named: lead.path, to, reference }];
    }),
  );
}

/**
 * The includes that lead back to where they came from: for each, an entry for the file that holds
 * it, which names the whole chain. A file that two others include is no cycle.
 */
export function cycles(includes: readonly Include[]): Map<string, NotUnderstood[]> {
  const from = Map.groupBy(includes, (include) => include.from);
  const found = new Map<string, NotUnderstood[]>();
  const done = new Set<string>();

  const visit = (file: string, chain: readonly string[]) => {
    for (const { to, reference } of from.get(file) ?? []) {
      const start = chain.indexOf(to);
      if (start >= 0) {
        const reason = `files include each other: ${[...chain.slice(start), to].join(" → ")}`;
        const { span, raw } = reference;
        found.set(file, [...(found.get(file) ?? []), { span, raw, reason }]);
      } else if (!done.has(to)) visit(to, [...chain, to]);
    }
    done.add(file);
  };

  for (const file of [...from.keys()].sort()) if (!done.has(file)) visit(file, [file]);
  return found;
}
