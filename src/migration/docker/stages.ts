import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import type { DockerWord, Instruction } from "./instructions.ts";

/** A file or folder of the build context that an image gets. */
export interface Copied {
  /** Where it lies in the image: an absolute path, `$VAR` in it as written. */
  readonly inside: string;
  /** What it is in the repository, relative to the root. */
  readonly from: string;
  readonly folder: boolean;
  /** The word that names it, and the instruction; its file keeps its name unless `named`. */
  readonly word: DockerWord;
  readonly instruction: Instruction;
  /** Whether the instruction gives the file its name in the image. */
  readonly named: boolean;
  /** Where it was copied from, where that was another stage. */
  readonly origin: Copied | null;
}

/** What a stage holds so far. */
export interface Stage {
  readonly name: string | null;
  workdir: string;
  readonly copied: Copied[];
}

/** A path of the image, `..` and `.` taken away. */
export function inside(workdir: string, path: string): string {
  const whole = /^([/\\]|[A-Za-z]:|\$)/.test(path) ? path : `${workdir}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split(/[/\\]/)) {
    if (part === ".." && parts.length > 0) parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The stage that a FROM begins; one that goes on from another holds what that one held. */
export function begunStage({ words }: Instruction, stages: readonly Stage[]): Stage {
  const name = /^as$/i.test(words[1]?.value ?? "") ? (words[2]?.value ?? null) : null;
  const base = stageNamed(stages, words[0]?.value ?? "");
  return { name, workdir: base?.workdir ?? "/", copied: [...(base?.copied ?? [])] };
}

function stageNamed(stages: readonly Stage[], name: string): Stage | null {
  const number = /^\d+$/.test(name) ? stages[Number(name)] : undefined;
  const found = stages.findLast((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return found ?? number ?? null;
}

/** Notes what a COPY or ADD brings into a stage, seen from a build context. */
export function copy(
  instruction: Instruction,
  context: string,
  stage: Stage,
  stages: readonly Stage[],
  input: FinderInput,
): void {
  const { flags, words } = instruction;
  const from = flags.find(({ value }) => value.startsWith("--from="))?.value.slice(7);
  const target = words.at(-1);
  if (target === undefined || words.length < 2) return;
  for (const word of words.slice(0, -1)) {
    const origin = from === undefined ? null : found(stageNamed(stages, from), word.value);
    if (from !== undefined && origin === null) continue;
    const path =
      origin?.path ??
      resolvedFrom(context, word.value.replace(/^[/\\]+/, "./").replace(/[*?].*$/, ""));
    if (path === null || (word.value.includes("*") && origin === null && path !== context))
      continue;
    const isFile = input.accounted.has(path) || input.tree.has(path);
    const folder = !isFile && holds(input, path);
    if (!isFile && !folder) continue;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const place = inside(stage.workdir, target.value);
    const asFolder = folder || words.length > 2 || isFolder(target.value, place, stages, stage);
    stage.copied.push({
      inside: folder || !asFolder ? place : inside(place, name),
      from: path,
      folder,
      word,
      instruction,
      named: !asFolder,
      origin: origin?.copied ?? null,
    });
  }
}

function holds({ accounted, folders }: FinderInput, folder: string): boolean {
  if (folders.has(folder)) return true;
  for (const one of accounted) if (one.startsWith(`${folder}/`)) return true;
  return false;
}

/** Whether a file copied there keeps its name: a target with `/`, a folder in use, or no file's name. */
function isFolder(written: string, place: string, stages: readonly Stage[], stage: Stage): boolean {
  if (/[/\\]$|(^|[/\\])\.{1,2}$/.test(written)) return true;
  if (
    [...stages, stage].some(({ workdir }) => workdir === place || workdir.startsWith(`${place}/`))
  )
    return true;
  return !/\.[A-Za-z0-9]+$/.test(place);
}

/** What a path of a stage is in the repository: the latest that was copied there. */
export function found(
  stage: Stage | null,
  path: string,
): { readonly path: string; readonly copied: Copied } | null {
  if (stage === null) return null;
  const place = inside(stage.workdir, path);
  for (const copied of stage.copied.toReversed()) {
    if (!copied.folder && copied.inside === place) return { path: copied.from, copied };
    const below = copied.inside === "/" ? "/" : `${copied.inside}/`;
    if (!copied.folder || (!place.startsWith(below) && place !== copied.inside)) continue;
    const rest = place.slice(below.length);
    return { path: resolvedFrom(copied.from, rest) ?? copied.from, copied };
  }
  return null;
}
