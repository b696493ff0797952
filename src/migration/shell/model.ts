import type { AndOr, Command, Statement, Word } from "unbash";
import type { Fragment } from "../fragment.ts";
import type { ShellPart } from "./job.ts";
import type { Variables } from "./known-variables.ts";
import type { Place } from "./place.ts";
import type { Value } from "./value.ts";

/** Statements that stand side by side. */
export interface List {
  readonly statements: readonly Statement[];
  readonly fragment: Fragment;
  readonly part: ShellPart;
  /** `part` for the text as a whole; `body` where at least one statement must stay. */
  readonly kind: "part" | "body";
  /** Only perhaps run: a branch, a loop. */
  readonly conditional: boolean;
  /** What runs in one go, one after the other: a part's group, or a function. */
  readonly flow: unknown;
  readonly within: Spot | null;
}

/** Where a command stands among others. */
export interface Spot {
  readonly list: List;
  readonly index: number;
  readonly chain: { readonly node: AndOr; readonly index: number } | null;
  /** One of several commands of a pipeline, or negated: it cannot be taken out alone. */
  readonly piped: boolean;
}

/** A word of a command, with what it may be. */
export interface Said {
  readonly word: { readonly text: string; readonly pos: number; readonly end: number };
  readonly parts: Word["parts"];
  readonly value: Value;
}

/** A command that the shell runs, and all that is known there. */
export interface Ran {
  readonly node: Command;
  readonly fragment: Fragment;
  readonly part: ShellPart;
  readonly spot: Spot;
  readonly place: Place;
  readonly variables: Variables;
  readonly words: readonly Said[];
  /** Which of the words is the command, behind `env`, `sudo` and the like. */
  readonly main: number;
  readonly wrappers: readonly string[];
  /** What the text that it stands in is wrapped in, as in `sudo bash -c "…"`. */
  readonly around: readonly string[];
  /** The environment that is active, if any. */
  readonly active: Active | null;
  /** Inside a quoted string that another shell runs. */
  readonly quoted: "single" | "double" | null;
  readonly inFunction: boolean;
  /** `command` where its words are one that runs here; else they are looked into or left. */
  readonly form: "command" | "text" | "elsewhere" | "asking";
}

/** An environment that was activated. */
export interface Active {
  readonly by: Ran;
  readonly kind: "venv" | "conda";
}
