import { namesIn, type Program, programOf, rulesOf } from "./program.ts";
import { readMakefile } from "./read.ts";
import type { Rule } from "./statement.ts";

/**
 * The line of a rule whose target make would take for a file or folder of that name, or null.
 * Such a target silently stops working once a folder of its name exists.
 */
export function unphonyTarget(text: string, target: string): number | null {
  const reading = readMakefile("Makefile", text);
  return (
    unphonyRule(
      programOf(reading, [""], () => []),
      target,
    )?.rule.line ?? null
  );
}

/** The first rule for such a target, with its file. */
export function unphonyRule(
  program: Program,
  target: string,
): { readonly rule: Rule; readonly path: string } | null {
  if (phonyTargets(program).has(target)) return null;
  return rulesOf(program).find(({ targets }) => targets.includes(target)) ?? null;
}

/** The targets that make never looks for as files. */
export function phonyTargets(program: Program): ReadonlySet<string> {
  const phony = rulesOf(program).filter(({ targets }) => targets.includes(".PHONY"));
  return new Set(phony.flatMap(({ rule, path }) => namesIn(program, path, rule.prerequisites)));
}
