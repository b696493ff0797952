import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { PYTHONPATH } from "./layout.ts";

/**
 * The folders that the runner puts on PYTHONPATH, absolute, in its order and each once: the root,
 * then the lines of pythonpath.txt, read as run.py reads them.
 */
export async function runnerImportRoots(root: string): Promise<string[]> {
  const text = await readFile(join(root, ...PYTHONPATH.split("/")), "utf8").catch(() => "");
  const folders = importRootLines(text).map((line) => (isAbsolute(line) ? line : join(root, line)));
  return [...new Set([root, ...folders])];
}

/** The folders that a pythonpath.txt names, as written but for `./` and a last `/`. */
export function importRootLines(text: string): string[] {
  return text.split("\n").flatMap((raw) => {
    const line = raw.trim();
    if (line.startsWith("#")) return [];
    let folder = line.replace(/[ \t\r\f\v]#.*$/s, "").trimEnd();
    while (folder.length > 1 && /^\.\/|\/$/.test(folder)) folder = folder.replace(/^\.\/|\/$/, "");
    return folder === "" || folder === "." ? [] : [folder];
  });
}
