import type { FinderInput } from "../input.ts";
import type { ShellJob } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import type { Ran, Said } from "./model.ts";
import { joined } from "./paths.ts";
import { ANY_START } from "./place.ts";
import { stepOf } from "./step.ts";
import { nameAt } from "./unwrap.ts";
import { HERE, HOME, literal, ROOT, UNKNOWN } from "./value.ts";
import { walkJob } from "./walk.ts";
import type { Walked } from "./walking.ts";

/**
 * Walks through a job from where its shells start, as far as that can be told: of the folders where
 * a script may be started, only those are possible in which the files lie that it names.
 */
export function walkFromKnownStarts(job: ShellJob, input: FinderInput, outer: Variables): Walked {
  let starts = job.parts.map(({ start }) => start);
  let walked = walkJob(job, input, outer, starts);
  if (!job.script) return walked;
  for (let round = 0; round < 3; round += 1) {
    const found = possible(walked, starts[0] ?? [], input);
    const next = found ?? (starts[0]!.length > 1 ? starts[0]! : []);
    if (next.length === starts[0]!.length && next.every((one) => starts[0]!.includes(one))) break;
    starts = starts.map(() => next);
    walked = walkJob(job, input, outer, starts);
    if (found === null) break;
  }
  return walked;
}

/** The starts in which all files that the text names exist; null where no file tells. */
function possible(
  walked: Walked,
  starts: readonly string[],
  input: FinderInput,
): readonly string[] | null {
  let left: readonly string[] | null = null;
  for (const ran of walked.ran) {
    for (const said of tellingWords(ran, input)) {
      const there = startsWith(said, ran, input);
      if (there.length === 0) continue;
      const both: readonly string[] = (left ?? starts).filter((start) => there.includes(start));
      // Files of different places: no start has them all.
      if (both.length === 0) return null;
      left = both;
    }
  }
  return left;
}

/** Words that name files which have to be there. */
function tellingWords(ran: Ran, input: FinderInput): readonly Said[] {
  const { act } = stepOf(ran, input);
  const args = ran.words.slice(ran.main + 1);
  // A name without a folder is looked for on PATH, whatever lies here.
  const program = ran.words
    .slice(ran.main, ran.main + 1)
    .filter(({ value }) => value.texts.every((text) => text.includes("/")));
  switch (act.kind) {
    case "python": {
      const { mode, word, text } = act.python;
      if (mode === "script" && word !== null) return [word, ...program];
      return mode === "module" && text !== null ? [...modulePaths(text), ...program] : program;
    }
    case "pip":
      return args.filter((_, i) => /^-\w*r$|^--requirement$/.test(args[i - 1]?.word.text ?? ""));
    case "create":
      return act.target === null ? [] : [act.target];
    case "activate":
      return [act.said];
    case "program":
      return [...program, ...args.filter(hasFolder)];
    case "tool":
      return args.filter(({ word }) => /\.py$/.test(word.text));
    default: {
      const name = nameAt(ran.words, ran.main) ?? "";
      if (/^(cd|pushd|source|\.|bash|sh|zsh)$/.test(name)) return args;
      if (/^(\[|test)$/.test(name)) return args.filter(({ word }) => /v?env\/?$/.test(word.text));
      return /^(echo|printf|mkdir|rm|touch)$/.test(name) ? [] : args.filter(hasFolder);
    }
  }
}

/** The files of a module, as words: it has to be there from where Python starts. */
function modulePaths(module: string): readonly Said[] {
  const path = module.replaceAll(".", "/");
  const word = { text: path, pos: 0, end: 0 };
  return /^\w+(\/\w+)*$/.test(path)
    ? [`${path}.py`, `${path}/__main__.py`].map((text) => ({
        word,
        parts: undefined,
        value: literal(text),
      }))
    : [];
}

function hasFolder({ word }: Said): boolean {
  return /^[\w.][^:=]*\/./.test(word.text);
}

/** The starts from which a word names something that is there. */
function startsWith({ value }: Said, { place }: Ran, input: FinderInput): readonly string[] {
  const { tree, folders, accounted, environments } = input;
  const { texts, open } = value;
  if (open || texts.some((text) => NO_PLACE.test(text) || text.includes(UNKNOWN))) return [];
  const isThere = (path: string): boolean => {
    const env = /^(.*)\/(?:bin|Scripts)\/[^/]+$/.exec(path)?.[1];
    if (tree.has(path) || folders.has(path) || accounted.has(path)) return true;
    if (environments.has(path)) return true;
    return env !== undefined && environments.has(env);
  };
  return place.pairs
    .filter(({ folder }) =>
      texts.every((text) => {
        const path = joined(folder, text);
        return path !== null && path !== "" && isThere(path);
      }),
    )
    .flatMap(({ start }) => (start === ANY_START ? [] : [start]));
}

/** Absolute paths, options, and what names no place of its own. */
const NO_PLACE = new RegExp(`^([${ROOT}${HERE}${HOME}/-]|\\.?$)`);
