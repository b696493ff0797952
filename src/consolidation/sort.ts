import type { Declaration } from "../requirements/declaration.ts";
import type { Environment } from "../requirements/marker-evaluate.ts";
import type { Decisions } from "./decision.ts";
import type { Fate, Other } from "./ledger.ts";
import type { Need } from "./need.ts";
import { needOf, versionPart } from "./need.ts";
import type { MergeSource } from "./source.ts";

/** The declarations that merge, and what became of those that do not. */
export interface Sorted {
  readonly needs: readonly Need[];
  readonly others: readonly Other[];
}

/** Which declarations of the sources merge for this base Python. */
export function sortDeclarations(
  sources: readonly MergeSource[],
  leftOut: Decisions["leftOut"],
  environment: Partial<Environment>,
): Sorted {
  const python = versionPart(environment);
  const needs: Need[] = [];
  const others: Other[] = [];
  for (const source of sources) {
    for (const declaration of source.reading.declarations) {
      const stays = fateWithoutMerge(source, declaration, leftOut);
      const link = stays ? null : linkFromRoot(source, declaration);
      if (stays) others.push({ declaration, ...stays });
      else if (link && "reason" in link) {
        others.push({ declaration, fate: "not understood", reason: link.reason });
      } else {
        const need = needOf(declaration, source.project, link?.link ?? null, python);
        if (need) needs.push(need);
        else
          others.push({
            declaration,
            fate: "inactive",
            reason: `not on this Python: ${declaration.marker}`,
          });
      }
    }
  }
  return { needs, others };
}

/** The fate of a declaration that does not merge, or null. */
function fateWithoutMerge(
  source: MergeSource,
  { group }: Declaration,
  leftOut: Decisions["leftOut"],
): { fate: Fate; reason: string | null } | null {
  const out = leftOut.find(({ path }) => path === source.path || path === source.project);
  if (out) return { fate: "left out", reason: out.reason };
  if (source.role === "constraint") return { fate: "constraint", reason: null };
  if (source.role === "compiled")
    return { fate: "preference", reason: `compiled from ${source.compiledFrom}` };
  if (source.role === "exported") return { fate: "information", reason: "exported from the lock" };
  if (group.kind === "build") return { fate: "information", reason: "needed to build, not to run" };
  if (group.kind === "optional" || group.kind === "script") {
    return { fate: "optional", reason: `${group.kind} ${group.name ?? ""}`.trim() };
  }
  return null;
}

/** A local path as the root sees it; URLs and VCS addresses stay as they are. */
function linkFromRoot(
  source: MergeSource,
  { link }: Declaration,
): { link: string } | { reason: string } | null {
  if (link === null) return null;
  if (!isLocal(link)) return { link };
  const found = localCandidates(source.path, link).find((path) => source.localPaths.has(path));
  const [path, extras] = splitExtras(link);
  if (found === undefined) return { reason: `nothing lies at ${path} in this repository` };
  return { link: `./${found}${extras}` };
}

/** Whether a link is a path on this machine, not a URL. */
function isLocal(link: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:/i.test(link);
}

/**
 * What a local link in a source may mean, relative to the root: pip takes it from the folder
 * that it runs in, authors often mean the file's own. "" is the root itself.
 */
function localCandidates(sourcePath: string, link: string): string[] {
  const [path] = splitExtras(link);
  const folder = sourcePath.slice(0, Math.max(0, sourcePath.lastIndexOf("/")));
  return [...new Set([join(folder, path), join("", path)])].filter((one) => one !== null);
}

function splitExtras(link: string): [string, string] {
  const match = /^(.*?)(\[[^\]]*\])?$/s.exec(link);
  return [match?.[1] ?? link, match?.[2] ?? ""];
}

/** Joins a folder and a relative path, both with `/`; null where it leads out of the root. */
function join(folder: string, path: string): string | null {
  const parts: string[] = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
