import type { Group, Located } from "../declaration.ts";
import { isValidName, normalizeName } from "../name.ts";
import type { Place } from "./findings.ts";
import { poetryRanges } from "./poetry-constraint.ts";
import { poetryMarker } from "./poetry-marker.ts";
import { unitedRange } from "./poetry-union.ts";
import { pythonBound } from "./python-bound.ts";
import {
  stringUnder,
  type TomlFile,
  type TomlTable,
  type TomlValue,
  tableUnder,
  under,
} from "./toml.ts";
import { linkOf, type PackageLink } from "./toml-link.ts";
import { extrasOf } from "./toml-strings.ts";

/** Names (normalised) that a standard table of the same file declares for a group, by group name. */
export type Standard = ReadonlyMap<string, ReadonlySet<string>>;

/** Poetry's group of the main dependencies, as a key of `Standard`. */
export const MAIN = "";

/**
 * Reads Poetry's tables: dependencies, dev-dependencies and groups. Where `[project]` or
 * `[dependency-groups]` declare a group, Poetry takes only sources from its own table, so that what
 * stands there becomes a note. Returns what the tables say of Python.
 */
export function readPoetry(toml: TomlFile, standard: Standard): Located | null {
  const poetry = tableUnder(toml.root, "tool", "poetry");
  const main = tableUnder(poetry, "dependencies");
  readTable(toml, main, (name) => mainGroup(poetry, name), standard.get(MAIN));
  const dev = standard.get("dev");
  readTable(
    toml,
    tableUnder(poetry, "dev-dependencies"),
    () => ({ kind: "group", name: "dev" }),
    dev,
  );
  for (const [name, { value }] of tableUnder(poetry, "group").entries) {
    if (value.kind !== "table") continue;
    const group: Group = { kind: "group", name: normalizeName(name) };
    readTable(toml, tableUnder(value, "dependencies"), () => group, standard.get(group.name!));
  }
  readSources(toml, poetry);
  return pythonOf(toml, main);
}

/** Where Poetry's table for a group takes a package from that a standard table declares. */
export function poetryLink(toml: TomlFile, name: string, group: Group): PackageLink | null {
  const poetry = tableUnder(toml.root, "tool", "poetry");
  const groups = [...tableUnder(poetry, "group").entries].flatMap(([written, { value }]) =>
    value.kind === "table" && normalizeName(written) === group.name
      ? [tableUnder(value, "dependencies")]
      : [],
  );
  for (const table of group.kind === "group" ? groups : [tableUnder(poetry, "dependencies")]) {
    for (const [written, { value }] of table.entries) {
      if (value.kind === "table" && normalizeName(written) === normalizeName(name))
        return linkOf(value);
    }
  }
  return null;
}

function pythonOf(toml: TomlFile, main: TomlTable): Located | null {
  const python = [...main.entries].find(([name]) => name.toLowerCase() === "python")?.[1].value;
  if (python?.kind !== "string") return null;
  const ranges = poetryRanges(python.value);
  if ("message" in ranges) {
    toml.found.notUnderstood.push({ ...toml.place(python), reason: ranges.message });
    return null;
  }
  const value = pythonBound(ranges);
  return value === "" ? null : { value, span: toml.place(python).span };
}

/** An optional dependency belongs to the first extra that lists it. */
function mainGroup(poetry: TomlTable, name: string): Group {
  const entry = tableUnder(poetry, "dependencies").entries.get(name)?.value;
  const optional = entry?.kind === "table" ? under(entry, "optional") : undefined;
  if (optional?.kind !== "other" || optional.value !== true) return { kind: "main", name: null };
  for (const [extra, { value }] of tableUnder(poetry, "extras").entries) {
    if (value.kind !== "array") continue;
    const listed = value.items.some(
      (item) => item.kind === "string" && normalizeName(item.value) === normalizeName(name),
    );
    if (listed) return { kind: "optional", name: normalizeName(extra) };
  }
  return { kind: "optional", name: null };
}

function readTable(
  toml: TomlFile,
  table: TomlTable,
  groupOf: (name: string) => Group,
  standard: ReadonlySet<string> | undefined,
): void {
  for (const [name, entry] of table.entries) {
    if (name.toLowerCase() === "python") continue;
    const place = toml.place(entry);
    if (!isValidName(name)) {
      toml.found.notUnderstood.push({
        ...place,
        reason: `${JSON.stringify(name)} is no package name`,
      });
    } else if (standard !== undefined) {
      const message = standard.has(normalizeName(name))
        ? "Poetry takes only the source from here: the package is declared by the standard table"
        : "Poetry does not read this: the standard table declares the group without it";
      toml.found.notes.push({ ...place, message });
    } else if (entry.value.kind === "array") {
      for (const item of entry.value.items)
        readOne(toml, name, item, toml.place(item), groupOf(name));
    } else readOne(toml, name, entry.value, place, groupOf(name));
  }
}

function readOne(toml: TomlFile, name: string, value: TomlValue, place: Place, group: Group): void {
  const refuse = (reason: string) => toml.found.notUnderstood.push({ ...place, reason });
  if (value.kind !== "string" && value.kind !== "table") {
    refuse("a dependency is a constraint or a table");
    return;
  }
  const table = value.kind === "table" ? value : null;
  const read = (key: string) => (table === null ? null : stringUnder(table, key));
  const from = table === null ? null : linkOf(table);
  const constraint = value.kind === "string" ? value.value : (read("version") ?? "*");
  const ranges = poetryRanges(from === null ? constraint : "*");
  if ("message" in ranges) {
    refuse(ranges.message);
    return;
  }
  const specifier = ranges.length > 1 ? unitedRange(ranges) : ranges[0]!;
  if (specifier === null) {
    refuse(`one requirement cannot say "or": ${ranges.join(" || ")}`);
    return;
  }
  const marker = poetryMarker(read("markers"), read("python"), read("platform"));
  const extras = table === null ? [] : extrasOf(table);
  if ("message" in marker) refuse(marker.message);
  else if (extras === null) refuse("extras are a list of names");
  else {
    const said = { name, specifier, extras, ...marker, link: from?.link ?? null };
    const editable = from?.editable ?? false;
    toml.found.declarations.push({
      file: toml.file,
      ...place,
      ...said,
      editable,
      hashes: [],
      group,
    });
    if (table !== null) noteRest(toml, table);
  }
}

/** What a dependency's table says that no requirement can carry. */
function noteRest(toml: TomlFile, table: TomlTable): void {
  const source = table.entries.get("source");
  if (source !== undefined) {
    toml.found.notes.push({
      ...toml.place(source),
      message: "Poetry takes this package from one index only",
    });
  }
  const early = table.entries.get("allow-prereleases");
  if (early?.value.kind === "other" && early.value.value === true) {
    toml.found.notes.push({
      ...toml.place(early),
      message: "Poetry takes pre-releases of this package",
    });
  }
}

/** Poetry's own indexes; the first that is no supplement replaces the default one. */
function readSources(toml: TomlFile, poetry: TomlTable): void {
  const sources = under(poetry, "source");
  if (sources?.kind !== "array") return;
  let first = true;
  for (const source of sources.items) {
    const url = source.kind === "table" ? under(source, "url") : undefined;
    if (source.kind !== "table" || url?.kind !== "string") continue;
    const priority = stringUnder(source, "priority") ?? "primary";
    const main = first && (priority === "primary" || priority === "default");
    if (main) first = false;
    const name = main ? "index-url" : "extra-index-url";
    toml.found.options.push({ name, value: url.value, ...toml.place(url) });
  }
}
