import type { FinderInput } from "../input.ts";
import { CENTRAL, VENV } from "../shell/paths.ts";
import type { Wanted } from "./agree.ts";
import { placeOf } from "./environments.ts";
import { spotsOf } from "./expansion.ts";
import type { Program } from "./program.ts";
import type { Run, RunLine } from "./run.ts";
import { fromHere } from "./write.ts";

/** A word among targets or prerequisites that stands for something which a migration moves. */
export interface Word {
  readonly run: Run;
  readonly line: RunLine;
  /** In the run's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The environment that it is or lies in, from the root; null where it is a source. */
  readonly environment: string | null;
  /** Whether it is the environment's folder itself, written out: then it is a name that people type. */
  readonly typed: boolean;
  /** The path from the root. */
  readonly place: string;
}

/** The words of a run of targets or prerequisites that are in an environment, or are accounted sources. */
export function wordsOf(
  run: Run,
  environments: ReadonlySet<string>,
  input: FinderInput,
): readonly Word[] {
  return [...run.text.matchAll(/[^\s"';&|()]+/g)].flatMap((match) => {
    const [text] = match;
    const [start, end] = [match.index, match.index + text.length];
    const line = run.lines.findLast((one) => one.start <= start) ?? run.lines[0]!;
    const place = placeOf(run.program, text);
    if (place === null) return [];
    const environment =
      [...environments].find((one) => place === one || place.startsWith(`${one}/`)) ?? null;
    if (environment === null && !input.accounted.has(place)) return [];
    const typed = place === environment && literal(line, start, end);
    return [{ run, line, start, end, text, environment, typed, place }];
  });
}

/** The change that makes a word follow the central venv, or name the central file. */
export function followed(word: Word, program: Program): Wanted {
  const { run, line, start, environment, text, place } = word;
  const kept = environment === null ? 0 : place.length - environment.length;
  const end = word.end - kept;
  const path = environment === null ? `${CENTRAL}/requirements.txt` : VENV;
  const change = { start, end, text: fromHere(program, path) };
  const full = { start, end: word.end, text: change.text + text.slice(text.length - kept) };
  return { run, line, ...change, sure: true, full };
}

/** Whether the characters stand in the file as they are. */
function literal({ expansion, start: from }: RunLine, start: number, end: number): boolean {
  return spotsOf(expansion, start - from, end - from).some(
    ({ through, start: first, end: last }) => through.length === 0 && last - first === end - start,
  );
}

/** Whether a word is what `$@` or the like became. */
export function isAutomatic({ line, start }: Word): boolean {
  const at = start - line.start;
  const piece = line.expansion.pieces.find((one) => one.start <= at && at < one.end);
  const [use] = piece?.through ?? [];
  return use !== undefined && /^\$\(?[@<^+]/.test(use.origin.text.text.slice(use.from, use.to));
}
