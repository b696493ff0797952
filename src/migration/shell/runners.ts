import { forEachChild, parse, type SyntaxNode } from "unbash";
import type { ShellJob } from "./job.ts";

/**
 * Functions that run the words they are given, as in `run() { echo "+ $*"; "$@"; }`: how many words
 * of their own stand before the command.
 */
export function runnersOf(job: ShellJob): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (job.path.endsWith(".bats")) found.set("run", 0);
  for (const { fragment } of job.parts) {
    if (!fragment.text.includes("@")) continue;
    const visit = (node: SyntaxNode): void => {
      if (node.type === "Function") {
        const words = wordsBefore(node.body);
        if (words !== null) found.set(node.name.text, words);
      }
      forEachChild(node, visit);
    };
    visit(parse(fragment.text));
  }
  return found;
}

function wordsBefore(body: SyntaxNode): number | null {
  let words: number | null = null;
  let shifts = 0;
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Function") return;
    if (node.type === "Command" && node.name !== undefined) {
      if (node.name.text === "shift") shifts += 1;
      const index = [node.name, ...node.args].findIndex(({ text }) => ALL.test(text));
      const before = [node.name, ...node.args].slice(0, Math.max(index, 0)).map(({ text }) => text);
      if (index >= 0 && before.every((text) => /^(exec|time|command|env|eval)$/.test(text))) {
        const from = /:(\d+)/.exec([node.name, ...node.args][index]!.text)?.[1];
        words ??= from === undefined ? shifts : Number(from) - 1;
      }
    }
    forEachChild(node, visit);
  };
  visit(body);
  return words;
}

const ALL = /^"?\$(?:[@*]|\{[@*](?::\d+)?\})"?$/;
