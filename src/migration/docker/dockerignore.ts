import ignore from "ignore";
import type { FinderInput } from "../input.ts";
import { lineStart } from "../lines.ts";
import { resolvedFrom } from "../paths.ts";
import { placesOf } from "../places.ts";
import { folderOf, relativeTo } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import { isIgnoreFileOf } from "./ignore-file.ts";
import { type Instruction, instructionsOf } from "./instructions.ts";

const VENV = "build/python/venv";

/**
 * Offers a line for the central venv where an image copies a whole folder that holds it, and nothing
 * in the file leaves it out.
 */
export function dockerignoreSites(path: string, text: string, input: FinderInput): readonly Site[] {
  const folder = folderOf(path);
  if (folder !== "" && !VENV.startsWith(`${folder}/`)) return [];
  const venv = relativeTo(folder, VENV);
  if (leavesOut(text, venv) || !copiesAll(path, venv, input)) return [];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const ended = text === "" || text.endsWith("\n");
  const line = ended ? `${venv}/${eol}` : `${eol}${venv}/`;
  return [
    {
      ...placesOf(path, text).at(lineStart(text, Math.max(text.length - 1, 0))),
      kind: "offer",
      reason: "The context holds the central venv, and the image would get a copy of it.",
      edits: [{ start: text.length, end: text.length, text: line }],
      alternative: null,
      listed: [],
      names: [],
      stillNames: [],
      creates: [],
    },
  ];
}

/** Whether Docker leaves the folder out: its patterns are anchored, else they are as git's. */
function leavesOut(text: string, folder: string): boolean {
  const patterns = text.split(/\r?\n/).flatMap((line) => {
    const pattern = line.trim();
    if (pattern === "" || pattern.startsWith("#")) return [];
    const [, not, rest] = /^(!?)(?:\.?\/)*(.*)$/.exec(pattern)!;
    return [`${not}/${rest}`];
  });
  try {
    return ignore().add(patterns).ignores(`${folder}/`);
  } catch {
    return true; // patterns that nobody can read: nothing is offered
  }
}

/** Whether a Dockerfile that this file counts for copies a folder in which the venv lies. */
function copiesAll(path: string, venv: string, input: FinderInput): boolean {
  const { tree, files, textOf } = input;
  const known = new Map(files.map((file) => [file.path, file.text]));
  const all = new Set([...tree, ...known.keys()]);
  all.add(folderOf(path) === "" ? "Dockerfile" : `${folderOf(path)}/Dockerfile`);
  return [...all].some((dockerfile) => {
    if (!isIgnoreFileOf(path, dockerfile)) return false;
    const text = known.get(dockerfile) ?? textOf(dockerfile);
    if (text === null) return false;
    const instructions = instructionsOf(text);
    // A Dockerfile further down may as well be built from its own folder.
    const here =
      folderOf(dockerfile) === folderOf(path) || copiesFrom(folderOf(path), instructions, input);
    return here && instructions.some((one) => copiesVenv(one, venv));
  });
}

function copiesFrom(
  folder: string,
  instructions: readonly Instruction[],
  { tree, folders }: FinderInput,
): boolean {
  return instructions.some(
    ({ name, words }) =>
      /^(COPY|ADD)$/.test(name) &&
      words.slice(0, -1).some(({ value }) => {
        const source = resolvedFrom(folder, value);
        return source !== null && source !== folder && (tree.has(source) || folders.has(source));
      }),
  );
}

function copiesVenv({ name, flags, words }: Instruction, venv: string): boolean {
  if (name !== "COPY" && name !== "ADD") return false;
  if (flags.some(({ value }) => value.startsWith("--from="))) return false;
  return words.slice(0, -1).some(({ value }) => {
    const source = value.replace(/^[./]+|\/+$/g, "");
    return source === "" || source === "*" || venv.startsWith(`${source}/`);
  });
}
