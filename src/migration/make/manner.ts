import { expandPlainly, namesIn, type Program, rulesOf } from "./program.ts";
import type { Run } from "./run.ts";
import type { Assignment, Branch } from "./statement.ts";

/** How make runs the commands of a run. */
export interface Manner {
  /** `.ONESHELL`: one shell for the whole recipe. */
  readonly oneShell: boolean;
  /** Why its call sites are only offered; null where they are not. */
  readonly offer: string | null;
  /** What it is written in where that is no shell of POSIX's; null where it is one. */
  readonly foreign: string | null;
}

/** Shells that read what the engine reads. */
const POSIX = /(^|[/\s])(ba|da|z|k|a|mk)?sh(\.exe)?(\s|$)/;

export function mannerOf(run: Run): Manner {
  const { program, kind, rule, complete, lines } = run;
  const shell = shellOf(program, rule?.targets ?? []);
  return {
    oneShell: kind === "recipe" && lines.length > 0 && has(program, ".ONESHELL"),
    offer: offerOf(kind, complete, rule?.rule.branch ?? []),
    foreign: shell === null || POSIX.test(shell) ? null : shell,
  };
}

function offerOf(kind: Run["kind"], complete: boolean, branch: Branch): string | null {
  if (kind === "call") {
    return "It runs whenever make starts; before the venv is built, what it gives is silently empty.";
  }
  if (!complete) return "Its variables may have more values than were looked at.";
  if (onWindows(branch)) return "It runs on Windows, where it was not tried.";
  return null;
}

/** Whether a branch is only read on Windows. */
export function onWindows(branch: Branch): boolean {
  return branch.some(({ conditional, number }) => {
    const test = conditional.tests[number];
    const earlier = conditional.tests.slice(0, number);
    const names = (text: string | undefined) => /Windows_NT|WINDIR|COMSPEC/i.test(text ?? "");
    return names(test?.text) && !earlier.some((one) => names(one?.text));
  });
}

/** Whether a special target such as `.ONESHELL` is there. */
export function has(program: Program, target: string): boolean {
  return rulesOf(program).some(({ targets }) => targets.includes(target));
}

/** What SHELL is set to, for these targets or for all; null where it is not set. */
function shellOf(program: Program, targets: readonly string[]): string | null {
  const set = program.definitions.filter(({ assignment: { name, targets: of }, origin }) => {
    if (name.text !== "SHELL") return false;
    return of === null || namesIn(program, origin.path, of).some((one) => targets.includes(one));
  });
  const last = set.findLast(({ assignment }) => assignment.targets !== null) ?? set.at(-1);
  return last ? expandPlainly(program, last.origin).text.trim() : null;
}

/**
 * Which of a program's variables its commands may read from their environment: those that it exports
 * by name, and all where it exports all and calls make again.
 */
export function exportedNames(program: Program): (definition: Assignment) => boolean {
  const names = new Set<string>();
  let all = has(program, ".EXPORT_ALL_VARIABLES");
  for (const { statement, path } of program.statements) {
    if (statement.is === "assignment" && statement.exported) names.add(statement.name.text);
    if (statement.is !== "export" || statement.undone) continue;
    const named = namesIn(program, path, statement.names);
    if (named.length === 0) all = true;
    for (const name of named) names.add(name);
  }
  const calls = program.readings.some(({ text }) => /\$[({]MAKE[)}]|\bmake\s+-C\b/.test(text));
  return ({ name }) => (all && calls) || names.has(name.text);
}
