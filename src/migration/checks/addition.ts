import type { Edit } from "../site.ts";

/** The command that every check is: what a teammate types too. */
export const CHECK = "build/python/setup.py check";

/** A check that could be added to one file. */
export interface Addition {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** What is added, in a few words; for what cannot be added, what stands there. */
  readonly what: string;
  /** One sentence: why there, or what a person does. */
  readonly reason: string;
  /** What is inserted into the file's text, or the text of a new file; none: a person adds it. */
  readonly edits: readonly Edit[];
  /** Whether it is made unless a person says otherwise. */
  readonly advised: boolean;
}

/** A file's decoded text. */
export interface CheckFile {
  readonly path: string;
  readonly text: string;
}

/** Whether the check is called outside comments. */
export function hasCheck({ text }: CheckFile): boolean {
  return /^[^#\n]*\bbuild[/\\]python[/\\]setup\.py["']?\s+check\b/m.test(text);
}

/** How a command calls setup.py to build, as `python3 ../build/python/setup.py`; null: it does not. */
export function buildCall(command: string): string | null {
  const found =
    /(?:[\w./"'${}-]*\bpy(?:thon)?[\d.]*["']?(?:\s+-\d[\d.]*)?\s+)?[\w./"'${}-]*\bbuild\/python\/setup\.py["']?(?=\s|$|;|&)(?![ \t]+\w)/.exec(
      command.replaceAll(/\\\r?\n/g, " "),
    );
  return found?.[0] ?? null;
}
