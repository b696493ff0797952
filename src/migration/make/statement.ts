import type { Operator } from "./assignment.ts";
import type { Text } from "./text.ts";

/** Which branch of which conditionals a statement stands in, outermost first. */
export type Branch = readonly { readonly conditional: Conditional; readonly number: number }[];

/** `ifeq … else … endif`: its branches count from 0. */
export interface Conditional {
  readonly id: number;
  /** The condition of each branch as written; null for a plain `else`. */
  readonly tests: (Text | null)[];
}

interface Common {
  /** From 1. */
  readonly line: number;
  readonly branch: Branch;
}

/** A variable gets a value. */
export interface Assignment extends Common {
  readonly is: "assignment";
  readonly name: Text;
  readonly operator: Operator;
  readonly value: Text;
  readonly exported: boolean;
  /** The targets that it holds for, as written; null where it holds for all. */
  readonly targets: Text | null;
  /** Whether it is a `define`, whose value may have several lines. */
  readonly lines: boolean;
}

/** A line of a recipe, with the marks (`@`, `-`, `+`) that stand before its command. */
export interface RecipeLine extends Common {
  readonly command: Text;
  /** The whole line in the file, prefix and line end included. */
  readonly start: number;
  readonly next: number;
}

/** A rule. */
export interface Rule extends Common {
  readonly is: "rule";
  readonly targets: Text;
  /** Where the rule's line begins in the file. */
  readonly start: number;
  readonly prerequisites: Text;
  readonly orderOnly: Text | null;
  /** The target pattern of a static pattern rule. */
  readonly pattern: Text | null;
  readonly doubleColon: boolean;
  readonly recipe: RecipeLine[];
}

/** Another makefile is read in. */
export interface Include extends Common {
  readonly is: "include";
  readonly paths: Text;
}

/** `export` or `unexport`, of all variables where it names none. */
export interface Export extends Common {
  readonly is: "export";
  readonly names: Text;
  readonly undone: boolean;
}

/** A line that only expands something: `$(eval …)`, `$(info …)`, a call. */
export interface Bare extends Common {
  readonly is: "bare";
  readonly text: Text;
}

/** The test of a conditional: it refers to variables as any other text does. */
export interface Test extends Common {
  readonly is: "test";
  readonly text: Text;
}

export type Statement = Assignment | Rule | Include | Export | Bare | Test;

/** Something that make itself would refuse. */
export interface Problem {
  readonly line: number;
  readonly what: string;
}

/** What a makefile says, in order. */
export interface Reading {
  readonly path: string;
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}
