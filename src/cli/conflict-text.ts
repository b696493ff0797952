import { place } from "../consolidation/claim.ts";
import type { Conflict, ConflictChoice } from "../consolidation/conflict.ts";
import type { Output } from "./output.ts";
import { paint, table } from "./output.ts";

/** A conflict for people: who wants what, where that stands, and what to type to settle it. */
export function printConflict(conflict: Conflict, output: Output): void {
  const { name, marker, claims, sentence } = conflict;
  output.print();
  output.print(paint(["bold", "yellow"], marker === null ? name : `${name} (${marker})`));
  output.print(`  ${onLines(sentence, claims.map(place))}`);
  const others = claims.filter(({ clashes }) => !clashes);
  if (others.length > 0) {
    output.print(paint("dim", "  declared as well:"));
    for (const line of table(
      others.map((claim) => [place(claim), claim.wants]),
      "    ",
    ))
      output.print(paint("dim", line));
  }
  const answers = answersTo(conflict).map(({ option, leadsTo }) => [
    paint("cyan", option),
    leadsTo,
  ]);
  for (const line of table(answers, "    ")) output.print(line);
}

/** The same sentence with each place that it names at the start of a line. */
function onLines(sentence: string, places: readonly string[]): string {
  return [...new Set(places)].reduce(
    (text, where) =>
      text.replaceAll(`, ${where} `, `,\n  ${where} `).replaceAll(`: ${where} `, `:\n  ${where} `),
    sentence,
  );
}

/** What can be answered, as options of a command line, and what each answer leads to. */
export function answersTo({ name, choices }: Conflict): {
  readonly option: string;
  readonly leadsTo: string;
}[] {
  const named = choices.filter(({ of }) => of === null);
  const taken = new Set(named.map(({ requirement }) => requirement));
  const sides = choices.filter(({ of, requirement }) => of !== null && !taken.has(requirement));
  return [...named, ...sides].map((choice) => ({
    option: choice.leavesOut
      ? choice.leavesOut.map(leaveOutOption).join(" ")
      : decideOption(`${name}=${answerOf(choice)}`),
    leadsTo: choice.requirement === null ? leadsTo(choice) : `takes ${choice.requirement}`,
  }));
}

function leadsTo({ title, leavesOut }: ConflictChoice): string {
  return leavesOut ? title.replace(/, leave .*$/s, "").replace(/^Keep/, "keeps") : title;
}

function leaveOutOption({ path, reason }: { readonly path: string; readonly reason: string }) {
  return `--leave-out "${path}=${reason}"`;
}

/** A side has no word of its own; its requirement says which one is meant. */
function answerOf({ choice, of, requirement }: ConflictChoice): string {
  return of === null || requirement === null ? choice : requirement;
}

/** The option as it has to be typed in a shell, which would expand a `${VAR}` between `"`. */
function decideOption(answer: string): string {
  const quote = answer.includes("$") ? "'" : '"';
  const word = /^[\w.=-]+$/.test(answer) ? answer : quote + answer + quote;
  return answer.startsWith("-") ? `--decide=${word}` : `--decide ${word}`;
}
