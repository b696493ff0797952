import type { FinderInput } from "../input.ts";
import { nameOf } from "../shell/paths.ts";
import { shebangOf } from "../shell/script-file.ts";
import { TOOLS } from "../shell/wrappers.ts";

const PYTHON = /python|pip|venv|virtualenv|activate|\bpy\b|\.pyw?\b|requirements|\bbuild\b/i;
const WORD = /[\w.+-]+/g;

/**
 * Whether a makefile's text can concern Python at all: it names Python, something that an
 * environment or the repository brings and that Python runs, a source, or the folder build/.
 */
export function concernsIn(input: FinderInput): (text: string) => boolean {
  const names = new Set<string>([...TOOLS, ...input.consoleScripts]);
  for (const path of [...input.accounted, ...input.environments]) names.add(nameOf(path));
  const scripts = new Map<string, string[]>();
  for (const path of input.tree) {
    const name = nameOf(path);
    if (name.includes(".")) continue;
    scripts.set(name, [...(scripts.get(name) ?? []), path]);
  }
  const runsPython = (path: string) => shebangOf(path, input).kind !== "other";
  return (text) => {
    if (PYTHON.test(text)) return true;
    const words = new Set(text.match(WORD));
    return [...words].some(
      (word) => names.has(word) || (scripts.get(word)?.some(runsPython) ?? false),
    );
  };
}
