import type { Finding, Resolution } from "../commands/resolve.ts";
import { place } from "../consolidation/claim.ts";
import type { Suggestion } from "../consolidation/conflict.ts";
import type { Output } from "./output.ts";
import { count, paint, table } from "./output.ts";

/** What the resolver says, for people: all that it found, and the fixes that were proved. */
export function printResolution(
  { tool, findings, pins }: Resolution,
  undecided: number,
  output: Output,
): void {
  output.print();
  if (findings.length === 0 || pins.length > 0) {
    const what = findings.length + undecided === 0 ? "it" : "the rest";
    output.print(paint("green", `${tool} resolves ${what}: ${count(pins.length, "package")}.`));
    if (undecided > 0) output.print("What is undecided was not asked about.");
  }
  for (const finding of findings) printFinding(finding, output);
}

/** Whether the resolver said nothing of any declaration: then nothing was found, and nothing is known. */
export function gaveNoAnswer({ findings }: Resolution): boolean {
  return (
    findings.length > 0 &&
    findings.every(({ conflict, lines }) => conflict.kind === "unknown" && lines.length === 0)
  );
}

function titleOf({ conflict, lines }: Finding): string {
  if (conflict.kind === "unknown" && lines.length > 0) return "Out of reach";
  return lines.map(({ name }) => name).join(" and ") || "The resolver's word";
}

function printFinding(finding: Finding, output: Output): void {
  const { conflict, words, suggestions } = finding;
  output.print(paint(["bold", "yellow"], titleOf(finding)));
  output.print(`  ${conflict.sentence}`);
  const rows = conflict.claims.map((claim) => [place(claim), claim.words]);
  for (const line of table(rows, "    ")) output.print(line);
  if (conflict.claims.length === 0) {
    for (const line of words.text.split("\n").slice(-12)) output.print(paint("dim", `    ${line}`));
  }
  if (conflict.kind === "unknown") {
    const files = new Set(conflict.claims.map(({ file }) => file));
    for (const file of files) {
      const option = `--leave-out "${file}=it could not be fetched"`;
      output.print(`    ${paint("cyan", option)}  leaves it out, with that reason`);
    }
  }
  for (const suggestion of suggestions) {
    output.print(`  ${paint("green", "fix")}: ${suggestion.title}`);
    output.print(`    ${paint("cyan", suggestionFlags(suggestion).map(quoted).join(" "))}`);
    for (const { claim, gets } of suggestion.changes) {
      output.print(
        paint(
          "dim",
          `    ${claim.project ?? claim.file} asked for ${claim.wants} and gets ${gets}`,
        ),
      );
    }
  }
  output.print();
}

/** The words of a command line that take a suggestion. */
export function suggestionFlags({ decisions, buildConstraint, python }: Suggestion): string[] {
  return [
    ...decisions.flatMap(({ name, requirement }) => ["--decide", `${name}=${requirement}`]),
    ...(buildConstraint === null ? [] : ["--build-constraint", buildConstraint]),
    ...(python === null ? [] : ["--python", python]),
  ];
}

function quoted(word: string): string {
  return /^[\w.=,/-]+$/.test(word) ? word : `"${word}"`;
}
