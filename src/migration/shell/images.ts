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

/** Where a line starts a script of the repository in a container: `FILE:LINE`; null if none does. */
export function containerThatRuns(path: string, { files }: FinderInput): string | null {
  const name = nameOf(path);
  for (const { path: file, kind, text } of files) {
    if (kind === "document" || !text.includes(name) || !CONTAINER_RUNS.test(text)) continue;
    let line = 1;
    for (const one of text.split(/(?<!\\)\n/)) {
      const run = CONTAINER_RUNS.exec(one);
      const words = run === null ? [] : one.slice(run.index).match(/[\w./@+-]+/g);
      if (words?.some((word) => word === path || `/${word}`.endsWith(`/${path}`)))
        return `${file}:${line}`;
      line += one.split("\n").length;
    }
  }
  return null;
}

const CONTAINER_RUNS =
  /\b(?:docker|podman|nerdctl|docker-compose|lxc|singularity|apptainer)\b[^\n;|&]*?\b(?:run|exec)\b/;

/** Scripts whose path says that they run in a container. */
export function isOfContainer(path: string): boolean {
  return /(^|[/._-])(docker|podman|containers?|lxc|lxd|vagrant)([/._-]|$)/i.test(path);
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
