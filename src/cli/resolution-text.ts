import type { Finding, Resolution } from "../commands/resolve.ts";
import { place } from "../consolidation/claim.ts";
import type { Suggestion } from "../consolidation/conflict.ts";
import type { Output } from "./output.ts";
import { count, paint, table } from "./output.ts";

/** What the resolver says, for people: all that it found, and the fixes that were proved. */
export function printResolution({ tool, findings, pins }: Resolution, output: Output): void {
  output.print();
  if (findings.length === 0) {
    output.print(paint("green", `${tool} resolves it: ${count(pins.length, "package")}.`));
  }
  for (const finding of findings) printFinding(finding, output);
}

function titleOf({ lines }: Finding): string {
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
