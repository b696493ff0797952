import type { ParsedScript, SyntaxNode, Word } from "unbash";
import type { Fragment } from "../fragment.ts";
import type { FinderInput } from "../input.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import type { ShellJob, ShellPart } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import type { List, Ran, Said, Spot } from "./model.ts";
import type { Place } from "./place.ts";
import type { State } from "./state.ts";

/** What a walk through a job's text finds, in the order in which it runs. */
export interface Walked {
  readonly ran: readonly Ran[];
  /** Words of `[[ ]]`. */
  readonly tested: readonly Tested[];
  /** What only a person can judge. */
  readonly doubts: readonly Doubt[];
  /** Names of the functions that the text defines. */
  readonly functions: ReadonlySet<string>;
}

export interface Tested {
  readonly said: Said;
  /** The `[[ ]]` that it stands in. */
  readonly node: object;
  readonly fragment: Fragment;
  readonly part: ShellPart;
  readonly spot: Spot;
  readonly place: Place;
  readonly variables: Variables;
}

export interface Doubt {
  readonly fragment: Fragment;
  readonly offset: number;
  readonly reason: string;
}

/** What a walk has found so far, and what it keeps in mind; it lives as long as the walk. */
export interface Walk {
  readonly job: ShellJob;
  readonly input: FinderInput;
  readonly ran: Ran[];
  readonly tested: Tested[];
  readonly doubts: Doubt[];
  readonly functions: Map<string, Deferred>;
  /** Functions that run the words they are given. */
  readonly runners: ReadonlyMap<string, number>;
  /** Functions whose bodies are still to be walked, and traps. */
  readonly pending: Deferred[];
  readonly traps: (() => void)[];
  /** How often the shell itself went somewhere. */
  moves: number;
  /** Not while a loop is tried out. */
  recording: boolean;
  /** Where the shell of the part started. */
  start: Place;
  /** Walks through a text; through the commands inside of a word. */
  readonly script: (tree: ParsedScript, state: State, where: Where, kind: List["kind"]) => State;
  readonly substitutions: (word: SyntaxNode, state: State, where: Where) => void;
}

/** A function that the text defines. */
export interface Deferred {
  readonly name: string;
  readonly walk: (state: State) => void;
  readonly moves: boolean;
  readonly calls: Place[];
}

/** Where a walk is: the text, and what surrounds it. */
export interface Where {
  readonly fragment: Fragment;
  readonly part: ShellPart;
  readonly quoted: "single" | "double" | null;
  readonly inFunction: boolean;
  readonly conditional: boolean;
  readonly flow: unknown;
  /** A shell of its own: where it goes does not matter outside. */
  readonly apart: boolean;
  readonly outer: Spot | null;
  /** What the text around it is wrapped in, as in `sudo bash -c`. */
  readonly wrappers: readonly string[];
  readonly script: string | null;
}

export function doubt(w: Walk, { fragment }: Where, offset: number, reason: string): void {
  if (w.recording) w.doubts.push({ fragment, offset, reason });
}

export function conditional(where: Where): Where {
  return { ...where, conditional: true };
}

export function scope(state: State, where: Where): Scope {
  return { variables: state.variables, place: state.place, script: where.script };
}

export function said(word: Word, state: State, where: Where): Said {
  return { word, parts: word.parts, value: evaluate(word, scope(state, where)) };
}
