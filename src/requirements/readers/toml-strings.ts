import type { Group } from "../declaration.ts";
import { isFailure } from "../failure.ts";
import { isValidName } from "../name.ts";
import { parseRequirement } from "../requirement.ts";
import { requested } from "./pip-requirement.ts";
import type { TomlFile, TomlTable, TomlValue } from "./toml.ts";
import { under } from "./toml.ts";
import type { PackageLink } from "./toml-link.ts";

/** Where another table of the same file takes a package of a group from; null: from an index. */
export type LinkFor = (name: string, group: Group) => PackageLink | null;

/** Reads a list of PEP 508 requirements. What is no string goes to `other`, or is not understood. */
export function readList(
  toml: TomlFile,
  list: TomlValue | undefined,
  group: Group,
  linkFor: LinkFor,
  other?: (item: TomlValue) => boolean,
): void {
  if (list === undefined) return;
  if (list.kind !== "array") {
    toml.found.notUnderstood.push({
      ...toml.place(list),
      reason: "expected a list of requirements",
    });
    return;
  }
  for (const item of list.items) {
    if (item.kind === "string") readOne(toml, item.value, item, group, linkFor);
    else if (other?.(item) !== true) {
      toml.found.notUnderstood.push({
        ...toml.place(item),
        reason: "expected a requirement in quotes",
      });
    }
  }
}

function readOne(
  toml: TomlFile,
  text: string,
  item: TomlValue,
  group: Group,
  linkFor: LinkFor,
): void {
  const place = toml.place(item);
  const parsed = parseRequirement(text);
  if (isFailure(parsed)) {
    toml.found.notUnderstood.push({ ...place, reason: parsed.message });
    return;
  }
  const said = requested(parsed);
  const from = said.link === null ? linkFor(parsed.name, group) : null;
  toml.found.declarations.push({
    file: toml.file,
    ...place,
    ...said,
    link: from?.link ?? said.link,
    editable: from?.editable ?? false,
    hashes: [],
    group,
  });
}

/** The `extras` of a dependency's table, sorted, or null where they are no list of names. */
export function extrasOf(table: TomlTable): string[] | null {
  const list = under(table, "extras");
  if (list === undefined) return [];
  if (list.kind !== "array") return null;
  const names = list.items.map((item) => (item.kind === "string" ? item.value : ""));
  return names.every(isValidName) ? [...new Set(names)].sort() : null;
}
