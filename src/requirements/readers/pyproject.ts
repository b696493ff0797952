import type { Group, Reading } from "../declaration.ts";
import { normalizeName } from "../name.ts";
import { reading } from "./findings.ts";
import type { LinkFor } from "./pep508.ts";
import { MAIN, poetryLink, readPoetry, type Standard } from "./poetry.ts";
import { readDynamic } from "./pyproject-dynamic.ts";
import { readGroups } from "./pyproject-groups.ts";
import { readLine } from "./requirements-line.ts";
import { readToml, stringUnder, type TomlFile, tableUnder, under } from "./toml.ts";
import { pythonUnder, readList } from "./toml-strings.ts";
import { readUv, uvLinks } from "./uv.ts";

const main: Group = { kind: "main", name: null };

/**
 * Reads a pyproject.toml: `[project]` (PEP 621), `[dependency-groups]` (PEP 735), `[build-system]`,
 * and the tables of Poetry, uv, PDM, Hatch and setuptools. A file that is no TOML gives one entry
 * in `notUnderstood` with the place where it breaks. Never throws.
 */
export function readPyproject(file: string, text: string): Reading {
  const toml = readToml(file, text);
  const { root, found } = toml;
  const fromUv = uvLinks(toml);
  const linkFor: LinkFor = (name, group) => fromUv(name, group) ?? poetryLink(toml, name, group);
  readList(toml, under(root, "project", "dependencies"), main, linkFor);
  for (const [name, { value }] of tableUnder(root, "project", "optional-dependencies").entries) {
    readList(toml, value, { kind: "optional", name: normalizeName(name) }, linkFor);
  }
  const groupIncludes = readGroups(toml, linkFor);
  const standard = standardNames(toml);
  readList(toml, under(root, "build-system", "requires"), { kind: "build", name: null }, linkFor);
  const poetryPython = readPoetry(toml, standard);
  readUv(toml, linkFor);
  readPdm(toml);
  readHatch(toml);
  readDynamic(toml);
  const metadata = {
    name: stringUnder(root, "project", "name") ?? stringUnder(root, "tool", "poetry", "name"),
    version:
      stringUnder(root, "project", "version") ?? stringUnder(root, "tool", "poetry", "version"),
    requiresPython: pythonUnder(toml, "project", "requires-python") ?? poetryPython,
  };
  const read = reading(file, "pyproject.toml", found, metadata);
  return groupIncludes.length === 0 ? read : { ...read, groupIncludes };
}

/** What the standard tables declare, so that Poetry's own tables only add sources to it. */
function standardNames({ root, found }: TomlFile): Standard {
  const names = new Map<string, Set<string>>();
  const project = tableUnder(root, "project");
  if (project.entries.has("dependencies") || project.entries.has("optional-dependencies")) {
    names.set(MAIN, new Set());
  }
  for (const name of tableUnder(root, "dependency-groups").entries.keys()) {
    names.set(normalizeName(name), new Set());
  }
  for (const { name, group } of found.declarations) {
    names.get(group.kind === "group" ? group.name! : MAIN)?.add(normalizeName(name!));
  }
  return names;
}

/** PDM's development groups hold lines as pip reads them. */
function readPdm(toml: TomlFile): void {
  for (const [name, { value }] of tableUnder(toml.root, "tool", "pdm", "dev-dependencies")
    .entries) {
    for (const item of value.kind === "array" ? value.items : []) {
      if (item.kind !== "string") continue;
      const group: Group = { kind: "group", name: normalizeName(name) };
      readLine(toml.file, item.value, () => toml.place(item), group, toml.found);
    }
  }
}

/** Hatch's environments, each a group of its name. */
function readHatch(toml: TomlFile): void {
  for (const [name, { value }] of tableUnder(toml.root, "tool", "hatch", "envs").entries) {
    if (value.kind !== "table") continue;
    const group: Group = { kind: "group", name: normalizeName(name) };
    readList(toml, under(value, "dependencies"), group, () => null);
    readList(toml, under(value, "extra-dependencies"), group, () => null);
  }
}
