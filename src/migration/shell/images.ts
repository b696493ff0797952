import type { FinderInput } from "../input.ts";
import { folderOf, joined, nameOf } from "./paths.ts";

/** Where an image or a container runs a script of the repository: `Dockerfile:LINE`; null if none. */
export function imageThatRuns(path: string, { files }: FinderInput): string | null {
  for (const { path: file, kind, text } of files) {
    if (kind !== "docker" && kind !== "compose") continue;
    if (!text.includes(nameOf(path))) continue;
    for (const [i, line] of text.split("\n").entries()) {
      if (/^\s*#/.test(line)) continue;
      const words = line.match(/[\w./@+-]+/g) ?? [];
      if (words.some((word) => names(word, path, folderOf(file)))) return `${file}:${i + 1}`;
    }
  }
  return null;
}

/** Whether a word of a Dockerfile names a script: from its folder, the root, or where it is copied. */
function names(word: string, path: string, folder: string): boolean {
  if (nameOf(word) !== nameOf(path)) return false;
  if (joined(folder, word) === path || joined("", word) === path) return true;
  const inside =
    folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
  if (inside === null) return false;
  return word === inside || word.endsWith(`/${inside}`);
}

/** Scripts that by their name start an image. */
export function isEntryPoint(path: string): boolean {
  return /^(docker-?)?entry-?point([._-].*)?$/i.test(nameOf(path));
}

/** Whether a text is a template that another tool fills in: what it becomes lies elsewhere. */
export function isTemplate(path: string, text: string): boolean {
  const control = /^(?:end|else|if|range|with)$/;
  const found = [...text.matchAll(/\{\{-?\s*([A-Za-z_]\w*)[\w.]*\s*(?:\|[^}]*)?\}\}/g)];
  return (
    path.includes("{{") || /\{%-?\s+\w/.test(text) || found.some(([, name]) => !control.test(name!))
  );
}
