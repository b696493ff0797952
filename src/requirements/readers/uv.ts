import type { Group } from "../declaration.ts";
import { normalizeName } from "../name.ts";
import type { LinkFor } from "./pep508.ts";
import {
  stringUnder,
  type TomlEntry,
  type TomlFile,
  type TomlTable,
  tableUnder,
  under,
} from "./toml.ts";
import { linkOf } from "./toml-link.ts";
import { readList } from "./toml-strings.ts";

/**
 * Where `[tool.uv.sources]` takes packages from, for the declarations of the same file. An index
 * becomes a note; a member of the workspace needs no link, its name says enough.
 */
export function uvLinks(toml: TomlFile): LinkFor {
  const tables = new Map<string, readonly TomlTable[]>();
  for (const [name, entry] of tableUnder(toml.root, "tool", "uv", "sources").entries) {
    const sources = sourcesOf(toml, entry);
    if (sources !== null) tables.set(normalizeName(name), sources);
  }
  return (name, group) => {
    const fitting = tables.get(normalizeName(name))?.find((table) => concerns(table, group));
    return fitting === undefined ? null : linkOf(fitting);
  };
}

/** A source may be for one extra or one group only. */
function concerns(table: TomlTable, group: Group): boolean {
  const extra = stringUnder(table, "extra");
  const only = stringUnder(table, "group");
  if (extra !== null) return group.kind === "optional" && group.name === normalizeName(extra);
  return only === null || (group.kind === "group" && group.name === normalizeName(only));
}

function sourcesOf(toml: TomlFile, entry: TomlEntry): readonly TomlTable[] | null {
  const { value } = entry;
  const tables = value.kind === "array" ? value.items : [value];
  const sources: TomlTable[] = [];
  for (const table of tables) {
    if (table.kind !== "table") {
      toml.found.notUnderstood.push({ ...toml.place(entry), reason: "a source is a table" });
      return null;
    }
    sources.push(table);
    const index = table.entries.get("index");
    if (index === undefined) continue;
    toml.found.notes.push({
      ...toml.place(entry),
      message: "uv takes this package from one index only",
    });
  }
  // Two places for one package by marker: no declaration of ours can carry both.
  const linked = sources.filter((table) => linkOf(table) !== null);
  if (linked.every((table) => !table.entries.has("marker"))) return sources;
  const reason = "a source that depends on a marker";
  toml.found.notUnderstood.push({ ...toml.place(entry), reason });
  return null;
}

/** Reads what else `[tool.uv]` declares: dev-dependencies, limits, indexes. */
export function readUv(toml: TomlFile, linkFor: LinkFor): void {
  const uv = tableUnder(toml.root, "tool", "uv");
  readList(toml, under(uv, "dev-dependencies"), { kind: "group", name: "dev" }, linkFor);
  for (const kind of ["constraint", "override", "exclude", "build-constraint"]) {
    const list = under(uv, `${kind}-dependencies`);
    if (list?.kind !== "array") continue;
    for (const item of list.items) {
      const message = `uv's ${kind}-dependencies: this requires nothing by itself`;
      toml.found.notes.push({ ...toml.place(item), message });
    }
  }
  readIndexes(toml, uv);
}

function readIndexes(toml: TomlFile, uv: TomlTable): void {
  const indexes = under(uv, "index");
  for (const index of indexes?.kind === "array" ? indexes.items : []) {
    const url = index.kind === "table" ? under(index, "url") : undefined;
    if (index.kind !== "table" || url?.kind !== "string") continue;
    const standard = under(index, "default");
    const name =
      standard?.kind === "other" && standard.value === true ? "index-url" : "extra-index-url";
    toml.found.options.push({ name, value: url.value, ...toml.place(url) });
  }
  for (const key of ["index-url", "extra-index-url", "find-links"]) {
    const value = under(uv, key);
    for (const item of value?.kind === "array" ? value.items : [value]) {
      if (item?.kind === "string")
        toml.found.options.push({ name: key, value: item.value, ...toml.place(item) });
    }
  }
}
