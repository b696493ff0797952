import type { Declaration, Group } from "../requirements/declaration.ts";
import type { Environment } from "../requirements/marker-evaluate.ts";
import { normalizeName } from "../requirements/name.ts";
import type { Decisions } from "./decision.ts";
import type { Fate, Other } from "./ledger.ts";
import { localLink } from "./local-link.ts";
import type { LinkTarget, Need } from "./need.ts";
import { needOf, versionPart } from "./need.ts";
import type { MergeMember, MergeSource } from "./source.ts";

/** The declarations that merge, and what became of those that do not. */
export interface Sorted {
  readonly needs: readonly Need[];
  /** Constraints: they limit what is needed. */
  readonly limits: readonly Need[];
  readonly others: readonly Other[];
}

/** What decides about a declaration besides itself. */
export interface Sorting {
  readonly members: readonly MergeMember[];
  readonly decisions: Pick<Decisions, "leftOut" | "included">;
  readonly environment: Partial<Environment>;
}

/** Which declarations of the sources merge for this base Python. */
export function sortDeclarations(sources: readonly MergeSource[], sorting: Sorting): Sorted {
  const python = versionPart(sorting.environment);
  const folders = new Map(sorting.members.map(({ name, path }) => [normalizeName(name), path]));
  const asked = askedGroups(sources, folders, sorting.decisions.included);
  const needs: Need[] = [];
  const limits: Need[] = [];
  const others: Other[] = [];
  for (const source of sources) {
    for (const declaration of source.reading.declarations) {
      const stays = fateWithoutMerge(source, declaration, sorting.decisions.leftOut, asked);
      const target = stays ? null : targetOf(source, declaration, folders);
      if (stays) others.push({ declaration, ...stays });
      else if (target && "reason" in target) {
        others.push({ declaration, fate: "not understood", reason: target.reason });
      } else {
        const limit = source.role === "constraint";
        const need = needOf(declaration, limit ? null : source.project, target, python);
        const reason = `not on this Python: ${declaration.marker}`;
        if (need === null) others.push({ declaration, fate: "inactive", reason });
        else if (limit) limits.push({ ...need, limit });
        else needs.push(need);
      }
    }
  }
  return { needs, limits, others };
}

/** The name of a group that a person can ask for: `services/a[dev]`, or the script's path. */
export function groupId(
  source: Pick<MergeSource, "path" | "project">,
  { kind, name }: Group,
): string {
  return kind === "script" ? source.path : `${source.project}[${name ?? ""}]`;
}

/** The optional groups that are asked for: by a person, or by another declaration's extras. */
function askedGroups(
  sources: readonly MergeSource[],
  folders: ReadonlyMap<string, string>,
  included: readonly string[],
): ReadonlySet<string> {
  const asked = new Set(included);
  for (const { reading } of sources) {
    for (const { name, extras } of reading.declarations) {
      const folder = name === null ? undefined : folders.get(normalizeName(name));
      if (folder === undefined) continue;
      for (const extra of extras) asked.add(`${folder}[${normalizeName(extra)}]`);
    }
  }
  return asked;
}

/** The fate of a declaration that does not merge, or null. */
function fateWithoutMerge(
  source: MergeSource,
  { group }: Declaration,
  leftOut: Decisions["leftOut"],
  asked: ReadonlySet<string>,
): { fate: Fate; reason: string | null } | null {
  const out = leftOut.find(({ path }) => path === source.path || path === source.project);
  if (out) return { fate: "left out", reason: out.reason };
  if (source.role === "compiled") {
    return { fate: "preference", reason: `compiled from ${source.compiledFrom}` };
  }
  if (source.role === "exported") return { fate: "information", reason: "exported from the lock" };
  if (group.kind === "build") {
    return { fate: "information", reason: "needed to build, not to run" };
  }
  if (group.kind !== "optional" && group.kind !== "script") return null;
  const id = groupId(source, group);
  return asked.has(id) ? null : { fate: "optional", reason: `${id} is not asked for` };
}

type Target = LinkTarget | { readonly reason: string };

/** Where the package comes from: a member of the repository wins over the index. */
function targetOf(
  source: MergeSource,
  { name, link, editable }: Declaration,
  folders: ReadonlyMap<string, string>,
): Target | null {
  const member = name === null ? undefined : folders.get(normalizeName(name));
  if (link === null) return member === undefined ? null : localTarget(member, true);
  const local = localLink(source, link);
  if (local === null) return { link, editable, name: null };
  if ("reason" in local) return local;
  const folder = local.path || ".";
  const isMember = [...folders.values()].includes(folder);
  const target = localTarget(folder, editable || isMember);
  // A wheel's name stands in its file name, and is what it goes by.
  return name !== null && !isMember ? { ...target, name: null } : target;
}

/** What lies in the repository goes by its path: the same for all who ask by name or by path. */
function localTarget(path: string, editable: boolean): LinkTarget {
  const link = path === "." ? "." : `./${path}`;
  return { link, editable, name: link };
}
