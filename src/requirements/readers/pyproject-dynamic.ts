import type { Group } from "../declaration.ts";
import { normalizeName } from "../name.ts";
import { stringUnder, type TomlFile, type TomlValue, tableUnder, under } from "./toml.ts";

/**
 * Reads what takes the place of `[project] dependencies` where these are dynamic: the files that
 * setuptools or Hatch's requirements-txt hook read. Where nothing tells, that is a note.
 */
export function readDynamic(toml: TomlFile): void {
  const before = toml.found.references.length;
  const setuptools = tableUnder(toml.root, "tool", "setuptools", "dynamic");
  addFiles(toml, under(setuptools, "dependencies", "file"), { kind: "main", name: null });
  for (const [name, { value }] of tableUnder(setuptools, "optional-dependencies").entries) {
    const files = value.kind === "table" ? under(value, "file") : undefined;
    addFiles(toml, files, { kind: "optional", name: normalizeName(name) });
  }
  const hatch = tableUnder(toml.root, "tool", "hatch", "metadata", "hooks", "requirements_txt");
  addFiles(toml, under(hatch, "files"), { kind: "main", name: null });
  addFiles(toml, under(hatch, "filename"), { kind: "main", name: null });
  for (const [name, { value }] of tableUnder(hatch, "optional-dependencies").entries) {
    addFiles(toml, value, { kind: "optional", name: normalizeName(name) });
  }
  if (toml.found.references.length > before) return;
  const dynamic = under(toml.root, "project", "dynamic");
  if (dynamic?.kind !== "array" || tableUnder(toml.root, "tool", "poetry").entries.size > 0) return;
  for (const item of dynamic.items) {
    if (item.kind !== "string" || !/^(optional-)?dependencies$/.test(item.value)) continue;
    const backend = stringUnder(toml.root, "build-system", "build-backend") ?? "setuptools";
    const place = toml.place(item);
    // With setuptools they stand in setup.py or setup.cfg, which are read for themselves.
    if (backend.startsWith("setuptools")) {
      toml.found.notes.push({ ...place, message: `${item.value} stand in setup.py or setup.cfg` });
    } else if (backend.startsWith("pbr")) {
      toml.found.notes.push({ ...place, message: "pbr takes them from requirements.txt" });
    } else {
      const reason = `${item.value} are computed by ${backend} when the project is built`;
      toml.found.notUnderstood.push({ ...place, reason });
    }
  }
}

function addFiles(toml: TomlFile, files: TomlValue | undefined, group: Group): void {
  for (const item of files?.kind === "array" ? files.items : [files]) {
    if (item?.kind !== "string") continue;
    const reference = { kind: "include", target: item.value, ...toml.place(item) } as const;
    toml.found.references.push(group.kind === "main" ? reference : { ...reference, group });
  }
}
