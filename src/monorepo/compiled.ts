import { posix } from "node:path";
import type { FileFacts } from "./file-facts.ts";
import { folderOf } from "./interest.ts";

/**
 * Where the inputs of a compiled file may lie, for each input the nearest first: the command in
 * the head ran in the file's own folder, in one above, or at the root.
 */
function inputCandidates({ path, compiled }: FileFacts): string[][] {
  if (compiled === null) return [];
  const folders = compiled.certain ? foldersAbove(folderOf(path)) : [folderOf(path)];
  return compiled.inputs.map((input) => {
    const places = folders.map((folder) => posix.normalize(posix.join(folder, input)));
    return places.filter((place) => place !== path && !/^(\.\.)?(\/|$)/.test(place));
  });
}

/** Whether a file is there and says something, is there not, or is not known yet. */
export type Presence = "there" | "absent" | "unknown";

/** The file that a compiled one was compiled from; null where none of them is there. */
export function inputOf(fact: FileFacts, presenceOf: (path: string) => Presence): string | null {
  const found = inputCandidates(fact).map((places) =>
    places.find((place) => presenceOf(place) === "there"),
  );
  return found.find((place) => place !== undefined) ?? null;
}

/** The places where its inputs are to be looked for next, given what is known so far. */
export function inputsToTry(fact: FileFacts, presenceOf: (path: string) => Presence): string[] {
  return inputCandidates(fact).flatMap((places) => {
    const next = places.find((place) => presenceOf(place) !== "absent");
    return next !== undefined && presenceOf(next) === "unknown" ? [next] : [];
  });
}

/** The places where its inputs were looked for, the one where each was found included. */
export function inputsTried(fact: FileFacts, presenceOf: (path: string) => Presence): string[] {
  return inputCandidates(fact).flatMap((places) => {
    const last = places.findIndex((place) => presenceOf(place) === "there");
    return last < 0 ? places : places.slice(0, last + 1);
  });
}

/** What is known of the files that were read. */
export function presenceIn(facts: readonly FileFacts[]): (path: string) => Presence {
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  return (path) => {
    const fact = byPath.get(path);
    if (fact === undefined) return "unknown";
    if (fact.reading !== null || fact.metadata !== null) return "there";
    return fact.reason === null && fact.aliasOf === null ? "unknown" : "absent";
  };
}

function foldersAbove(folder: string): string[] {
  return folder === "." ? ["."] : [folder, ...foldersAbove(folderOf(folder))];
}
