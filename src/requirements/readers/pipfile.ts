import type { Group, Located, Reading } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { parseMarker, printMarker } from "../marker.ts";
import { isValidName, normalizeName } from "../name.ts";
import { parseSpecifierSet, writtenSpecifiers } from "../specifier.ts";
import { parseVersion } from "../version.ts";
import { reading } from "./findings.ts";
import {
  readToml,
  stringUnder,
  type TomlEntry,
  type TomlFile,
  type TomlTable,
  tableUnder,
  under,
} from "./toml.ts";
import { linkOf, type PackageLink } from "./toml-link.ts";
import { extrasOf } from "./toml-strings.ts";

/** Tables of a Pipfile that hold no packages; every other one is a category of them. */
const notPackages = new Set(["source", "requires", "scripts", "pipenv", "pipfile", "build-system"]);

/** Keys of a package's table that are conditions on the environment. */
const conditions = [
  "os_name sys_platform platform_machine platform_python_implementation platform_release",
  "platform_system platform_version python_version python_full_version implementation_name",
  "implementation_version",
].flatMap((line) => line.split(" "));

/** Reads a Pipfile: packages of every category, the Python it requires, its sources. Never throws. */
export function readPipfile(file: string, text: string): Reading {
  const toml = readToml(file, text);
  for (const [category, { value }] of toml.root.entries) {
    if (notPackages.has(category) || value.kind !== "table") continue;
    const group = groupOf(category);
    for (const [name, entry] of value.entries) readPackage(toml, name, entry, group);
  }
  readSources(toml);
  return reading(file, "Pipfile", toml.found, {
    name: null,
    version: null,
    requiresPython: pythonOf(toml),
  });
}

function groupOf(category: string): Group {
  if (category === "packages") return { kind: "main", name: null };
  return { kind: "group", name: category === "dev-packages" ? "dev" : normalizeName(category) };
}

function readPackage(toml: TomlFile, name: string, entry: TomlEntry, group: Group): void {
  const { value } = entry;
  const place = toml.place(entry);
  const refuse = (reason: string) => toml.found.notUnderstood.push({ ...place, reason });
  if (!isValidName(name)) return void refuse(`${JSON.stringify(name)} is no package name`);
  if (value.kind !== "string" && value.kind !== "table") {
    return void refuse("a package is a version or a table");
  }
  const table = value.kind === "table" ? value : null;
  const version = value.kind === "string" ? value.value : (stringUnder(value, "version") ?? "*");
  const specifier = specifierOf(version);
  const marker = table === null ? null : markerOf(table);
  const extras = table === null ? [] : extrasOf(table);
  if (specifier === null) return void refuse(`${JSON.stringify(version)} is no version specifier`);
  if (marker === undefined) return void refuse("its marker is not understood");
  if (extras === null) return void refuse("extras are a list of names");
  const from = table === null ? null : linkIn(table);
  const link = from?.link ?? null;
  const said = { name, specifier: link === null ? specifier : "", extras, marker, link };
  const editable = from?.editable ?? false;
  toml.found.declarations.push({ file: toml.file, ...place, ...said, editable, hashes: [], group });
  const index = table?.entries.get("index");
  if (index !== undefined) {
    toml.found.notes.push({
      ...toml.place(index),
      message: "Pipenv takes this package from one index only",
    });
  }
}

/** A Pipfile's `*` is any version; a version alone is that one. */
function specifierOf(version: string): string | null {
  if (version.trim() === "*") return "";
  if (parseVersion(version) !== null) return `==${version.trim()}`;
  const set = parseSpecifierSet(version);
  return isFailure(set) ? null : writtenSpecifiers(set);
}

/** `markers` and the keys that are conditions, joined; undefined where one is not understood. */
function markerOf(table: TomlTable): string | null | undefined {
  const texts: string[] = [];
  const written = stringUnder(table, "markers") ?? stringUnder(table, "marker");
  if (written !== null) texts.push(written);
  for (const key of conditions) {
    const condition = stringUnder(table, key);
    if (condition !== null) texts.push(`${key} ${condition}`);
  }
  if (texts.length === 0) return null;
  const marker = parseMarker(
    texts.length === 1 ? texts[0]! : texts.map((text) => `(${text})`).join(" and "),
  );
  return isFailure(marker) ? undefined : printMarker(marker);
}

/** `path` and `git` as elsewhere; `file` may be a URL; Mercurial and others beside git. */
function linkIn(table: TomlTable): PackageLink | null {
  const link = linkOf(table);
  if (link !== null) return link;
  for (const vcs of ["hg", "svn", "bzr"]) {
    const url = stringUnder(table, vcs);
    const ref = stringUnder(table, "ref");
    if (url !== null) {
      const address = url.startsWith(`${vcs}+`) ? url : `${vcs}+${url}`;
      return { link: ref === null ? address : `${address}@${ref}`, editable: false };
    }
  }
  return null;
}

function pythonOf(toml: TomlFile): Located | null {
  const requires = tableUnder(toml.root, "requires");
  const full = under(requires, "python_full_version");
  const short = under(requires, "python_version");
  const value = full?.kind === "string" ? full : short;
  if (value?.kind !== "string" || parseVersion(value.value) === null) return null;
  const bound = value === full ? `==${value.value}` : `==${value.value}.*`;
  return { value: bound, span: toml.place(value).span };
}

/** The first source is the index, unless it is the public one; the others come on top. */
function readSources(toml: TomlFile): void {
  const sources = under(toml.root, "source");
  for (const [at, source] of (sources?.kind === "array" ? sources.items : []).entries()) {
    const url = source.kind === "table" ? under(source, "url") : undefined;
    // The public index carries this name in every Pipfile that Pipenv writes.
    const isPublic = source.kind === "table" && stringUnder(source, "name") === "pypi";
    if (url?.kind !== "string" || isPublic) continue;
    const name = at === 0 ? "index-url" : "extra-index-url";
    toml.found.options.push({ name, value: url.value, ...toml.place(url) });
  }
}
