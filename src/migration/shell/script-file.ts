import type { FinderInput } from "../input.ts";
import { sameVersion } from "./words.ts";

/** What a script's first line says. */
export type Shebang =
  | { readonly kind: "python"; readonly options: readonly string[] }
  | { readonly kind: "report"; readonly reason: string }
  | { readonly kind: "other" };

/** Reads the first line of a file of the tree. */
export function shebangOf(path: string, input: FinderInput): Shebang {
  const first = /^#!\s*(.*?)\s*\r?$/m.exec(
    (input.textOf(path) ?? "").slice(0, 300).split("\n", 1)[0]!,
  );
  if (first === null) return { kind: "other" };
  const words = first[1]!.split(/\s+/);
  if (/(^|\/)env$/.test(words[0]!)) {
    words.shift();
    while (words[0] !== undefined && /^(-S|--split-string=?|\w+=.*|-[iv]+)$/.test(words[0]))
      words.shift();
    if (words[0]?.startsWith("-S")) words[0] = words[0].slice(2);
  }
  const [program = "", ...options] = words;
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (/^(uv|uvx|pipx|pdm|hatch|poetry)$/.test(name)) {
    return {
      kind: "report",
      reason: `${path} brings its own environment (its first line starts ${name}).`,
    };
  }
  const python = /^python(\d+(?:\.\d+)*)?$/.exec(name);
  if (python === null) return { kind: "other" };
  const version = python[1] ?? null;
  if (version?.startsWith("2")) return { kind: "report", reason: `${path} is Python 2.` };
  if (version !== null && version !== "3" && !sameVersion(version, input.python)) {
    return {
      kind: "report",
      reason: `The first line of ${path} names Python ${version}; the central venv has ${input.python}.`,
    };
  }
  return { kind: "python", options };
}
