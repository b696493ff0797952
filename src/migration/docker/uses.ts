import type { FinderInput } from "../input.ts";
import { resolvedFrom } from "../paths.ts";
import { installsOf, type RunWord } from "./installs.ts";
import { type DockerWord, type Instruction, instructionsOf } from "./instructions.ts";
import { begunStage, type Copied, copy, found, inside, type Stage } from "./stages.ts";

/** A word by which an image gets an accounted source. */
export interface CopyUse extends DockerWord {
  readonly source: string;
  readonly instruction: Instruction;
  /** Whether the word has to follow where the file is replaced by another. */
  readonly follows: boolean;
}

/** A pip command that installs an accounted source. */
export interface InstallUse {
  readonly source: string;
  readonly file: DockerWord;
  readonly start: number;
  readonly end: number;
  readonly command: number;
  readonly others: readonly string[];
  /** Whether the file has another name in the image once it is replaced. */
  readonly renamed: boolean;
}

/** How a Dockerfile uses the accounted sources, seen from one build context. */
export interface Uses {
  readonly copies: readonly CopyUse[];
  readonly installs: readonly InstallUse[];
  /** `rm` of a source after its installation. */
  readonly removed: readonly { source: string; word: DockerWord; renamed: boolean }[];
  /** Words that do something else with a source. */
  readonly unclear: readonly { source: string }[];
  /** How many paths of the file exist in the context, and how many do not. */
  readonly there: number;
  readonly missing: number;
  /** The Python of the image as major.minor, where its name tells. */
  readonly python: string | null;
}

/** What has been seen of a Dockerfile so far. */
interface Seen {
  readonly text: string;
  readonly context: string;
  readonly input: FinderInput;
  readonly stages: Stage[];
  readonly copies: CopyUse[];
  readonly installs: InstallUse[];
  readonly removed: { source: string; word: DockerWord; renamed: boolean }[];
  readonly unclear: { source: string }[];
  readonly args: Map<string, string>;
  readonly versions: Set<string>;
  there: number;
  missing: number;
}

/** Reads a Dockerfile as if it were built with this folder (`` is the root) as its context. */
export function usesIn(text: string, context: string, input: FinderInput): Uses {
  const seen: Seen = {
    ...{ text, context, input, stages: [], copies: [], installs: [], removed: [], unclear: [] },
    ...{ args: new Map(), versions: new Set(), there: 0, missing: 0 },
  };
  for (const one of instructionsOf(text)) {
    if (one.name === "ARG") for (const { value } of one.words) noteArgument(value, seen.args);
    if (one.name === "FROM") {
      seen.stages.push(begunStage(one, seen.stages));
      const version = pythonOf(one.words[0]?.value ?? "", seen.args);
      if (version !== null) seen.versions.add(version);
      continue;
    }
    const stage = seen.stages.at(-1);
    if (stage === undefined) continue;
    if (one.name === "WORKDIR") stage.workdir = inside(stage.workdir, one.words[0]?.value ?? "");
    else if (one.name === "COPY" || one.name === "ADD") seeCopy(one, stage, seen);
    else if (one.name === "RUN") seeRun(one, stage, seen);
  }
  const { copies, installs, removed, unclear, there, missing, versions } = seen;
  const python = versions.size === 1 ? [...versions][0]! : null;
  return { copies, installs, removed, unclear, there, missing, python };
}

function noteCopied({ from, folder, word, instruction, origin }: Copied, seen: Seen): void {
  if (folder || !seen.input.accounted.has(from)) return;
  const follows = origin === null || renames(origin);
  seen.copies.push({ ...word, source: from, instruction, follows });
}

function seeCopy(one: Instruction, stage: Stage, seen: Seen): void {
  const before = stage.copied.length;
  copy(one, seen.context, stage, seen.stages, seen.input);
  const added = stage.copied.slice(before);
  for (const copied of added) noteCopied(copied, seen);
  if (one.flags.some(({ value }) => value.startsWith("--from="))) return;
  for (const { value, start } of one.words.slice(0, -1)) {
    if (/[$*?]|^\.?\/?$|^[a-z]+:\/\/|^<</.test(value)) continue;
    if (added.some(({ word }) => word.start === start)) seen.there++;
    else seen.missing++;
  }
}

function seeRun(one: Instruction, stage: Stage, seen: Seen): void {
  const { text, context, input, installs, removed, unclear } = seen;
  const mounted = mounts(text, one, context, stage, input);
  for (const copied of mounted) noteCopied(copied, seen);
  const view: Stage = { ...stage, copied: [...stage.copied, ...mounted] };
  const look = (word: RunWord) => sourceOf(view, word, input);
  const run = installsOf(text, one);
  for (const install of run.installs) {
    const hit = look(install.file);
    if (hit === null) seen.missing++;
    else seen.there++;
    if (hit !== null && input.accounted.has(hit.path)) {
      installs.push({ ...install, source: hit.path, renamed: renames(hit.copied) });
      continue;
    }
    // A file that nothing accounts for, in the same command: hashes in the one refuse the other.
    const beside = run.installs.filter(({ command }) => command === install.command);
    for (const { file } of beside) unclear.push(...asUnclear(look(file)));
  }
  for (const [i, word] of run.others.entries()) {
    const hit = look(word);
    if (hit === null || !input.accounted.has(hit.path)) continue;
    const command = run.others.slice(0, i).findLast(({ value }) => /^[a-z]+$/.test(value));
    const use = { source: hit.path, word, renamed: renames(hit.copied) };
    if (command?.value === "rm") removed.push(use);
    else unclear.push(use);
  }
}

function asUnclear(hit: { path: string } | null): { source: string }[] {
  return hit === null ? [] : [{ source: hit.path }];
}

/** Whether a file that comes this way has another name in the image once it is replaced. */
function renames({ named, folder, origin }: Copied): boolean {
  if (folder) return true;
  return !named && (origin === null || renames(origin));
}

function sourceOf(
  stage: Stage,
  { value, folder }: RunWord,
  input: FinderInput,
): { path: string; copied: Copied } | null {
  if (folder === null && !value.startsWith("/")) return null;
  const absolute = folder === null || folder === "" || value.startsWith("/");
  const hit = found(stage, absolute ? value : `${folder}/${value}`);
  if (hit === null) return null;
  return input.accounted.has(hit.path) || input.tree.has(hit.path) ? hit : null;
}

/** What `--mount=type=bind,source=…` lends to one RUN. */
function mounts(
  text: string,
  instruction: Instruction,
  context: string,
  stage: Stage,
  input: FinderInput,
): readonly Copied[] {
  return instruction.flags.flatMap(({ value, start }) => {
    if (!value.startsWith("--mount=") || /(^|[=,])from=/.test(value)) return [];
    const source = /(?:^|[=,])(?:source|src)=([^,]+)/.exec(value);
    const target = /(?:^|[=,])(?:target|dst|destination)=([^,]+)/.exec(value)?.[1];
    if (source === null || target === undefined) return [];
    const from = resolvedFrom(context, source[1]!);
    if (from === null || !(input.accounted.has(from) || input.tree.has(from))) return [];
    const at = start + source.index + source[0].length - source[1]!.length;
    const word = { value: source[1]!, start: at, end: at + source[1]!.length };
    if (text.slice(word.start, word.end) !== word.value) return [];
    const place = inside(stage.workdir, target);
    return [{ inside: place, from, folder: false, word, instruction, named: true, origin: null }];
  });
}

function noteArgument(value: string, args: Map<string, string>): void {
  const [, name, text] = /^(\w+)=(.*)$/s.exec(value) ?? [];
  if (name !== undefined) args.set(name, text!.replace(/^(["'])(.*)\1$/, "$2"));
}

function pythonOf(image: string, args: ReadonlyMap<string, string>): string | null {
  const written = image.replace(
    /\$\{?(\w+)(?::-([^}]*))?\}?/g,
    (_, name, other) => args.get(name) ?? other ?? "",
  );
  return /(?:^|\/)python:(\d+\.\d+)/.exec(written)?.[1] ?? null;
}
