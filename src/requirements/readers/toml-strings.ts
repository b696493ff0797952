import type { Group, Located } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { isValidName } from "../name.ts";
import { parseSpecifierSet } from "../specifier.ts";
import { type LinkFor, readPep508 } from "./pep508.ts";
import { type TomlFile, type TomlTable, type TomlValue, under } from "./toml.ts";

/** Reads a list of PEP 508 requirements. What is no string goes to `other`, or is not understood. */
export function readList(
  toml: TomlFile,
  list: TomlValue | undefined,
  group: Group,
  linkFor: LinkFor,
  other?: (item: TomlValue) => boolean,
): void {
  if (list === undefined) return;
  const { file, found } = toml;
  if (list.kind !== "array") {
    found.notUnderstood.push({ ...toml.place(list), reason: "expected a list of requirements" });
    return;
  }
  for (const item of list.items) {
    const place = toml.place(item);
    if (item.kind === "string") readPep508(item.value, place, { file, group, found, linkFor });
    else if (other?.(item) !== true) {
      found.notUnderstood.push({ ...place, reason: "expected a requirement in quotes" });
    }
  }
}

/** The `extras` of a dependency's table, sorted, or null where they are no list of names. */
export function extrasOf(table: TomlTable): string[] | null {
  const list = under(table, "extras");
  if (list === undefined) return [];
  if (list.kind !== "array") return null;
  const names = list.items.map((item) => (item.kind === "string" ? item.value : ""));
  return names.every(isValidName) ? [...new Set(names)].sort() : null;
}

/** The specifiers of Python that stand under a path of keys, or null. */
export function pythonUnder(toml: TomlFile, ...path: readonly string[]): Located | null {
  const value = under(toml.root, ...path);
  if (value?.kind !== "string") return null;
  const place = toml.place(value);
  const set = parseSpecifierSet(value.value);
  if (!isFailure(set)) return { value: value.value, span: place.span };
  toml.found.notUnderstood.push({ ...place, reason: `requires-python: ${set.message}` });
  return null;
}
