import type { FileFacts } from "./file-facts.ts";
import { folderOf, nameOf } from "./interest.ts";
import type { Member, Project, Source } from "./scan-data.ts";

/** The projects that own these sources, and the members among them, sorted by path. */
export function projectsOf(sources: readonly Source[], facts: readonly FileFacts[]): Project[] {
  const members = membersOf(facts);
  const owned = Map.groupBy(
    sources.filter(({ role }) => role !== "central"),
    ({ project }) => project,
  );
  return [...new Set([...owned.keys(), ...members.keys()])].sort().map((path) => ({
    path,
    sources: (owned.get(path) ?? []).map((source) => source.path),
    member: members.get(path) ?? null,
  }));
}

/** Where metadata is looked for first: a pyproject.toml wins over the older files. */
const ORDER = ["pyproject.toml", "setup.cfg", "setup.py"];

function membersOf(facts: readonly FileFacts[]): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const name of ORDER) {
    for (const { path, metadata } of facts) {
      if (nameOf(path) !== name || !metadata?.name || members.has(folderOf(path))) continue;
      const { version, requiresPython } = metadata;
      members.set(folderOf(path), { name: metadata.name, version, requiresPython, file: path });
    }
  }
  return members;
}
