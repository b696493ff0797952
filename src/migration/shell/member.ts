import { normalizeName } from "../../requirements/name.ts";
import type { FinderInput } from "../input.ts";

/** The name of the package whose metadata lies in a folder; null where it cannot be read. */
export function memberName(folder: string, { textOf, tree }: FinderInput): string | null {
  const prefix = folder === "" ? "" : `${folder}/`;
  for (const [file, pattern] of METADATA) {
    if (!tree.has(prefix + file)) continue;
    const name = pattern.exec(textOf(prefix + file) ?? "")?.[1];
    if (name !== undefined) return normalizeName(name);
  }
  return null;
}

const METADATA: readonly (readonly [string, RegExp])[] = [
  ["pyproject.toml", /^\[(?:project|tool\.poetry)\][^[]*?^name\s*=\s*["']([\w.-]+)["']/ms],
  ["setup.cfg", /^\[metadata\][^[]*?^name\s*=\s*([\w.-]+)/ms],
  ["setup.py", /\bname\s*=\s*["']([\w.-]+)["']/],
];
